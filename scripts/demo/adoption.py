"""From the loaded file of a scheme to the version in force, as its people do it."""

import base64

#: What the clerk attaches in a demonstration: a page that says what it is.
_PAPER = b"%PDF-1.4\n% demonstration: minutes by which the scheme was adopted\n"


def put_in_force(admin, scheme):
    """Check a scheme, record its adoption, and publish it.

    The day of the adoption is the day of the document where the scheme gives one, so
    that it lies before everything that rests on it.

    :param admin: browser session of the administrator
    :param scheme: id of the scheme
    """
    admin.call("award.scheme", "action_check", [scheme])
    admin.write("award.scheme", [scheme], _adoption(admin, scheme))
    admin.call("award.scheme", "action_adopt", [scheme])
    admin.call("award.scheme", "action_publish", [scheme])


def _adoption(admin, scheme):
    [head] = admin.read("award.scheme", [scheme], ["document_date", "valid_from"])
    rules = admin.search(
        "award.adoption.rule", [("scheme_id", "=", scheme), ("subject", "=", "scheme")]
    )
    if rules:
        [rule] = admin.read("award.adoption.rule", rules[:1], ["body_id"])
        body = rule["body_id"]
    else:
        body = admin.search("award.body", [("scheme_id", "=", scheme)])[0]
    day = head["document_date"] or head["valid_from"] or "2010-01-05"
    return {
        "adopted_by_id": body,
        "adoption_meeting": "第一次全体会议(演示)",
        "adoption_number": f"演示决〔{day[:4]}〕1号(演示)",
        "adopted_on": day,
        "adoption_document": base64.b64encode(_PAPER).decode(),
        "adoption_document_name": "adoption.pdf",
    }
