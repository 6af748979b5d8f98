"""Whether the time limits of a scheme begin, end, and agree with its figures."""

from .scheme_format import Problem
from .scheme_sections import OWNERS, SECTIONS

#: Event -> kinds of stage in which it happens.
EVENTS = {
    "recommender_receipt": {"recommendation"},
    "office_receipt": {"qualification"},
    "supplement_sent": {"qualification"},
    "site_end": {"site_visit"},
    "last_scoring_end": {"defence"},
    "list_receipt": {"consultation"},
    "letter_receipt": {"consultation"},
    "notice_published": {"notice"},
    "objection_receipt": {"notice"},
    "award_granted": {"award"},
    "edition_announced": {"submission"},
    "window_closed": {"submission"},
    "shortlist_adopted": {"document_review"},
    "order_issued": {"award"},
    "award_expired": {"award"},
    "violation_found": {"award"},
    "notice_closed": {"notice"},
    "approval_given": {"approval"},
    "year_end": {"award"},
}
#: Parameter that repeats the length of a time limit -> (event, unit).
SAME_FIGURE = {
    "notice_days": ("notice_published", "calendar_day"),
    "supplement_working_days": ("supplement_sent", "working_day"),
    "objection_working_days": ("objection_receipt", "working_day"),
    "prize_report_days": ("award_granted", "calendar_day"),
}
#: What a time limit brings about by itself -> events after which it can.
CONSEQUENCES = {
    "deemed_no_comment": {"letter_receipt"},
    "close_notice": {"notice_published"},
    "expire": {"award_granted"},
    "lapse": {"recommender_receipt", "office_receipt", "supplement_sent"},
}
#: Consequence -> (parameter on the same thing, the value that agrees with it).
AGREES = {"deemed_no_comment": ("silence", "no_comment")}
REMIND_DEFAULT = list(SECTIONS["clock_rules"].fields["remind_days"].default)


def _events(scheme):
    """The event of a time limit happens, in the stages of its classes."""
    found = []
    for rule, path in scheme.rows("clock_rules"):
        kinds = EVENTS[rule["start_event"]]
        values = {"code": rule["code"], "event": rule["start_event"]}
        passed = {
            kind
            for award_class in scheme.classes_of(rule) or [None]
            for kind in scheme.kinds_of(award_class)
        }
        if not kinds & passed:
            found.append(Problem("event_never", f"{path}.start_event", values))
    return found


def _owners(scheme):
    """Somebody whom the software knows owes each thing."""
    return [
        Problem("clock_owner", f"{path}.owner_role", {"code": rule["code"]})
        for rule, path in scheme.rows("clock_rules")
        if rule.get("owner_role") not in OWNERS
    ]


def _lengths(scheme):
    found = []
    for rule, path in scheme.rows("clock_rules"):
        values = {"code": rule["code"]}
        if rule["length"] < 1:
            found.append(Problem("length_zero", f"{path}.length", values))
        reminders = rule["remind_days"]
        if reminders != REMIND_DEFAULT and rule["unit"] == "working_day":
            late = [days for days in reminders if days > rule["length"]]
            if late:
                values |= {"days": late[0], "length": rule["length"]}
                found.append(
                    Problem("reminder_before_start", f"{path}.remind_days", values)
                )
        found += _differences(scheme, rule, path)
    return found


def _differences(scheme, rule, path):
    """A figure that is said twice is said alike."""
    found = []
    for code, (event, unit) in SAME_FIGURE.items():
        if rule["start_event"] != event:
            continue
        said = scheme.value(code, stage=rule.get("stage"))
        if code == "notice_days":
            unit = scheme.value("notice_unit", stage=rule.get("stage")) or unit
        if said is not None and unit == rule["unit"] and said != rule["length"]:
            values = {
                "code": rule["code"],
                "parameter": code,
                "said": said,
                "length": rule["length"],
            }
            short = code == "notice_days" and rule["length"] < said
            name = "notice_short" if short else "figures_differ"
            found.append(Problem(name, f"{path}.length", values))
    return found


def _consequences(scheme):
    """A time limit brings about only what can follow, and what the scheme says."""
    found = []
    for rule, path in scheme.rows("clock_rules"):
        what = rule["on_expiry"]
        values = {"code": rule["code"], "event": rule["start_event"]}
        if what != "none" and rule["start_event"] not in CONSEQUENCES[what]:
            found.append(Problem("consequence_misplaced", f"{path}.on_expiry", values))
            continue
        agrees = AGREES.get(what)
        if what == "lapse" and rule["start_event"] == "supplement_sent":
            agrees = ("supplement_lapse", True)
        if agrees and scheme.value(agrees[0]) not in {None, agrees[1]}:
            values["parameter"] = agrees[0]
            found.append(Problem("consequence_differs", f"{path}.on_expiry", values))
    return found


CHECKS = (_events, _owners, _lengths, _consequences)
