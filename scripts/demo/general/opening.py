"""From the files to the announced edition, by the acts of its people."""

import base64
from datetime import timedelta

from odoo.addons.quality_award.rules import scheme_references

from scripts.demo import acts_filing, people
from scripts.demo.adoption import put_in_force
from scripts.demo.general import files
from scripts.demo.organisations import person_name
from scripts.demo.timetable import to_utc

#: Days from the first act to today, and from the announcement to the window's end.
LENGTH, WINDOW = 300, 60
MEMBERS = 9
#: key -> (login, title, group)
ROLES = {
    "office_a": ("office.a", "评审办·甲", "office"),
    "head": ("office.head", "评审办·主任", "office_head"),
}


def run(stage):
    """Open an edition; returns the ids of scheme and edition."""
    _company(stage)
    _people(stage)
    _schemes(stage)
    _committee(stage)
    _edition(stage)


def _company(stage):
    """The agency, set up in Settings by the database administrator."""
    name = f"{stage.chain[0][1].get('name_zh')}(演示)"
    with stage.cast.desk("admin") as admin:
        if admin.search("res.company", [("name", "=", name)]):
            raise SystemExit(
                "This database holds this demo already. Name a fresh one in which "
                "quality_award has just been installed."
            )
        agency = admin.create("res.company", [{"name": name}])[0]
        admin.write("res.users", [stage.cast.uids["admin"]], {
            "company_ids": [(4, agency)], "company_id": agency, "tz": "Asia/Shanghai",
            "group_ids": [(4, admin.env.ref("quality_award.group_admin").id)],
        })
    stage.ids["company"] = agency


def _people(stage):
    specs = [
        people.Spec(key, login, f"{person_name(900 + number)}({title})", group)
        for number, (key, (login, title, group)) in enumerate(ROLES.items())
    ]
    with stage.progress.stage("Users of the office", len(specs)) as step:
        stage.cast.create(specs, stage.ids["company"])
        stage.cast.open_sessions(specs)
        step(len(specs))


def _schemes(stage):
    """The administrator uploads each file and publishes the scheme itself."""
    used = files.criteria(stage.chain, scheme_references.criteria_named)
    admin = stage.cast.browser("admin")
    with stage.progress.stage("Files", len(used) + len(stage.chain)) as step:
        for path in used:
            _upload(admin, path)
            step()
        for path, _data in stage.chain:
            scheme = _upload(admin, path)
            step()
        # A regulation alone may be silent where its implementing scheme speaks.
        put_in_force(admin, scheme)
    stage.ids["scheme"] = scheme


def _upload(admin, path):
    wizard = admin.create("award.scheme.import", [{
        "source": "file", "file_name": path.name,
        "file": base64.b64encode(path.read_bytes()).decode(),
    }])
    return admin.call("award.scheme.import", "action_import", wizard)["res_id"]


def _committee(stage):
    """The office proposes the roster; its head registers the approval."""
    day = (stage.now - timedelta(days=LENGTH - 10)).date()
    stage.clock.go(stage.now - timedelta(days=LENGTH - 10))
    roster = stage.cast.browser("office_a").create("award.committee", [{
        "scheme_id": stage.ids["scheme"],
        "name_zh": "评审委员会(演示)", "name_en": "Award Committee (demonstration)",
        "approval_number": f"演示函〔{day.year}〕1号", "approved_on": str(day),
        "published_at": "https://example.com/demo/committee",
        "member_ids": [(0, 0, {
            "name": person_name(1800 + number), "sequence": number,
            "office": "head" if number == 0 else "member",
            "standing_for": ("government", "scholar", "quality_expert")[number % 3],
        }) for number in range(MEMBERS)],
    }])
    stage.cast.browser("head").call("award.committee", "action_approve", roster)


def _edition(stage):
    """The head sets it up, records what is adopted, and announces it on its day."""
    opens = stage.now - timedelta(days=LENGTH - 20)
    head = stage.cast.browser("head")
    [scheme] = head.read("award.scheme", [stage.ids["scheme"]], [
        "name_zh", "name_en", "valid_from", "valid_to"])
    stage.clock.go(opens - timedelta(days=5))
    values = {
        "name_zh": f"{scheme['name_zh']}·演示届",
        "name_en": f"{scheme['name_en']}: demonstration",
        "scheme_id": scheme["id"], "term": 1, "award_year": opens.year,
        "is_demo": True, "window_start": _text(opens),
        "window_end": _text(opens + timedelta(days=WINDOW)),
        **_continuation(scheme, (opens - timedelta(days=5)).date()),
    }
    edition = head.create("award.edition", [values])[0]
    acts_filing.adopt(head, edition, (opens - timedelta(days=6)).date())
    stage.clock.go(opens)
    head.call("award.edition", "action_announce", [edition])
    stage.ids["edition"] = edition


def _text(local):
    return to_utc(local).strftime("%Y-%m-%d %H:%M:%S")


def _continuation(scheme, day):
    """A recorded decision to continue the scheme, where it is not in force."""
    first, last = scheme["valid_from"] or "", scheme["valid_to"] or "9999"
    if first <= str(day) < last:
        return {}
    return {
        "continuation_body": "主管机关(演示)",
        "continuation_number": f"演示决〔{day.year}〕1号(演示)",
        "continuation_date": str(day),
    }
