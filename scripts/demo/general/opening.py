"""From the files to the announced edition, by the acts of its people."""

import base64
from datetime import date, datetime, time, timedelta

from odoo.addons.quality_award.rules import aftermath, scheme_references

from scripts.demo import acts_filing
from scripts.demo.adoption import put_in_force
from scripts.demo.general import cast_list, entrants, fates, files, rulebook
from scripts.demo.general.run import CannotRun
from scripts.demo.organisations import person_name
from scripts.demo.timetable import Days, to_utc

#: Days from the first act to the closing at most, and from the announcement to the
#: end of the window.
LENGTH, WINDOW = 300, 20
MEMBERS = 9
#: Number of the edition; earlier ones are entries of the register.
TERM = 6


def begin(chain, now):
    """The day of the first act: so late that a first yearly report is due by now."""
    first = now - timedelta(days=LENGTH)
    told = _yearly(chain)
    while told and aftermath.report_dates(
        (first + timedelta(days=LENGTH)).date(), *told
    )[0] >= now.date():
        first -= timedelta(days=60)
    return first.replace(hour=8, minute=0)


def _yearly(chain):
    """(month and day, first year) of the yearly reports of the files, or None."""
    found = {}
    for _path, data in chain:
        for row in data.get("parameters", ()):
            if row["code"] in {"annual_report_due", "annual_report_first"}:
                found[row["code"].removeprefix("annual_report_")] = row.get("value")
        for row in data.get("obligations", ()):
            if row.get("kind") == "annual_report" or "first" in row:
                found |= {"due": row.get("due_month_day") or found.get("due"),
                          "first": row.get("first") or found.get("first")}
    return (found["due"], found.get("first")) if found.get("due") else None


def run(run_):
    """Open an edition: everybody is there, and the window is about to open."""
    _company(run_)
    run_.days.after(run_.today, 1)  # without an official calendar nothing begins
    _schemes(run_)
    _plan(run_)
    cast_list.create(run_)
    _authorities(run_)
    _experts(run_)
    _committee(run_)
    _history(run_)
    _edition(run_)


def _company(run_):
    """The agency, set up in Settings by the database administrator."""
    name = f"{run_.chain[0][1].get('name_zh')}(演示)"
    with run_.cast.desk("admin") as admin:
        if admin.search("res.company", [("name", "=", name)]):
            raise CannotRun(
                "This database holds this demo already. Name a fresh one in which "
                "quality_award has just been installed."
            )
        run_.ids["home"] = admin.env.user.company_id.id
        agency = admin.create("res.company", [{"name": name}])[0]
        admin.env["res.company"].browse(agency).partner_id.write(
            {"tz": "Asia/Shanghai", "lang": "zh_CN"}
        )
        admin.write("res.users", [run_.cast.uids["admin"]], {
            "company_ids": [(4, agency)], "company_id": agency, "tz": "Asia/Shanghai",
            "group_ids": [(4, admin.env.ref("quality_award.group_admin").id)],
        })
        run_.days = Days(admin.env["award.calendar.year"]._calendar())
    run_.ids["company"] = agency


def leave(run_):
    """The administrator goes back to the agency that was there before, if one was."""
    with run_.cast.desk("admin") as admin:
        if run_.ids["home"] != admin.env.ref("base.main_company").id:
            admin.write("res.users", [run_.cast.uids["admin"]], {
                "company_id": run_.ids["home"]})


def _schemes(run_):
    """The administrator uploads each file and publishes the scheme itself."""
    used = files.criteria(run_.chain, scheme_references.criteria_named)
    admin = run_.cast.browser("admin")
    with run_.progress.stage("Files", len(used) + len(run_.chain)) as step:
        for path in used:
            _upload(admin, path)
            step()
        for path, _data in run_.chain:
            scheme = _upload(admin, path)
            step()
        # A regulation alone may be silent where its implementing scheme speaks.
        put_in_force(admin, scheme)
    run_.ids["scheme"] = scheme


def _upload(admin, path):
    wizard = admin.create("award.scheme.import", [{
        "source": "file", "file_name": path.name,
        "file": base64.b64encode(path.read_bytes()).decode(),
    }])
    return admin.call("award.scheme.import", "action_import", wizard)["res_id"]


# -- days and entrants -----------------------------------------------------------------
def _plan(run_):
    """The days up to the end of the window, and who applies for what."""
    days, first = run_.days, run_.today
    announce = days.after(first, 15)
    window_end = days.after(announce + timedelta(days=WINDOW), 0)
    run_.ids |= {
        "announce": announce, "window_end": window_end,
        "filed_on": days.before(window_end, 2),
    }
    with run_.cast.desk("admin") as admin:
        run_.book = rulebook.read(admin, run_.ids["scheme"])
        for one in run_.book.classes:
            award_class = admin.env["award.class"].browse(one.id)
            criteria = award_class.criteria_id or award_class.choice_ids.criteria_id
            if award_class.criteria_latest:
                criteria = admin.env["award.criteria"].search([
                    ("family", "=", award_class.criteria_family)])
            one.total = min(criteria.mapped("total"), default=0)
    _refuse_what_is_missing(run_.book)
    run_.entrants = fates.plan(run_.book, run_.small)


def _refuse_what_is_missing(book):
    """Say in words what this driver cannot do with a scheme."""
    for award_class in book.classes:
        for stop in award_class.stops:
            if stop.parallel and stop.kind != "public_evaluation":
                raise CannotRun(
                    f"Stage {stop.code} ({stop.kind}) runs beside another one; only "
                    "a public evaluation is driven that way."
                )
            earlier = [one for one in award_class.way
                       if one.code in award_class.lists
                       and one.sequence < stop.sequence]
            if stop.kind == "consultation" and not earlier:
                raise CannotRun(
                    f"Stage {stop.code} consults before any list is adopted; that is "
                    "not driven yet."
                )


# -- authorities and experts ---------------------------------------------------------
def _authorities(run_):
    """The office registers trades and recommenders with their people."""
    run_.ids["trades"] = run_.create("office_a", "award.trade", [
        {"code": code, "name_zh": zh, "name_en": en}
        for code, zh, en, *_rest in entrants.TRADES
    ])
    found = []
    for number, (body, keys) in enumerate(run_.ids["recommending"]):
        found += run_.create("office_a", "award.recommender", [{
            "name_zh": f"{body['name_zh']}{number + 1}",
            "name_en": f"{body['name_en']} {number + 1}",
            "territory": "示范区", "body_id": body["id"],
            "member_ids": [
                (0, 0, {"user_id": run_.cast.uids[key], f"can_{step}": True})
                for key, step in zip(keys, cast_list.STEPS, strict=True)
            ],
        }])
    run_.ids["recommenders"] = found


def _experts(run_):
    """The office enters the pools; leaders first in each panel."""
    end = run_.today + timedelta(days=900)
    rows = [
        (key, "reviewer", place == 0)
        for keys in run_.ids["panels"].values() for place, key in enumerate(keys)
    ] + [(key, "deliberator", False) for key in run_.ids["judges"]]
    with run_.at("office_b") as office:
        made = office.create("award.expert", [
            {
                "name": person_name(1200 + number), "user_id": run_.cast.uids[key],
                "pool_kind": pool, "employer": f"演示院校{number:03d}",
                "background": "高等院校", "city": "本市", "is_leader_grade": leads,
                "training_until": str(end), "standing": "active",
            }
            for number, (key, pool, leads) in enumerate(rows)
        ])
    run_.ids["experts"] = {row[0]: id_ for row, id_ in zip(rows, made, strict=True)}


def _committee(run_):
    """The office proposes the roster; its head registers the approval."""
    run_.step(4, 10)
    run_.ids["committee"] = run_.create("office_a", "award.committee", [{
        "scheme_id": run_.ids["scheme"],
        "name_zh": "评审委员会(演示)", "name_en": "Award Committee (demonstration)",
        "approval_number": f"演示函〔{run_.today.year}〕1号",
        "approved_on": str(run_.today),
        "published_at": "https://example.com/demo/committee",
        "member_ids": [(0, 0, {
            "name": person_name(1800 + number), "sequence": number,
            "office": "head" if number == 0 else "member",
            "standing_for": ("government", "scholar", "quality_expert")[number % 3],
            "user_id": run_.cast.uids["committee"] if number == 1 else False,
        }) for number in range(MEMBERS)],
    }])
    run_.call("head", "award.committee", "action_approve", run_.ids["committee"])


def _history(run_):
    """Awards of an earlier edition, where a class asks for one won before."""
    for one in run_.entrants:
        entrants.describe(run_, one, run_.ids["filed_on"])
    asked = [
        (one, need) for one in run_.entrants
        for need in (one.moved_from or one.award_class).needs
        if need.kind == "prior_award" and need is not one.missing
    ]
    if not asked:
        return
    with run_.at("office_a") as office:
        for one, need in asked:
            _former(run_, office, one, need)


def _former(run_, office, one, need):
    """The award that an entrant has won before, as the register tells it."""
    applied, book = one.moved_from or one.award_class, run_.book
    won = next(
        (row for row in book.classes
         if need.prior in {row.code, row.title} and row.subject == applied.subject),
        next((row for row in book.classes if need.prior in {row.code, row.title}),
             applied),
    )
    back = (applied.values["reapply_lock_years"] or 0) + 1
    back = min(back, need.years) if need.years else back
    year = run_.ids["announce"].year - back
    values = {
        name: value for name, value in one.registration.items()
        if name not in {"class_code", "choice_code"}
    }
    owner = office.create("award.applicant", [values | {
        "subject": applied.subject,
        "member_ids": [(0, 0, {"user_id": run_.cast.uids[cast_list.key_of(one)]})],
    }])[0]
    terms = applied.values["reapply_lock_terms"] or 0
    office.create("award.award", [{
        "title": one.name, "applicant_id": owner, "class_code": won.code,
        "scheme_code": book.code, "term": max(TERM - terms - 1, 1),
        "award_year": year, "awarded_on": str(date(year, 6, 20)),
    }])
    run_.ids.setdefault("repeats", set()).add(one.key)


# -- the edition ---------------------------------------------------------------------
def _edition(run_):
    """The head sets it up, records what is adopted, and announces it on its day."""
    announce = run_.ids["announce"]
    opens = datetime.combine(announce, time(9))
    closes = datetime.combine(run_.ids["window_end"], time(17))
    with run_.at("head") as head:
        [scheme] = head.read("award.scheme", [run_.ids["scheme"]], [
            "name_zh", "name_en", "valid_from", "valid_to"])
    run_.go(datetime.combine(run_.days.before(announce, 3), time(10)))
    values = {
        "name_zh": f"{scheme['name_zh']}·{announce.year}年演示届",
        "name_en": f"{scheme['name_en']}: demonstration of {announce.year}",
        "scheme_id": scheme["id"], "term": TERM, "award_year": announce.year,
        "is_demo": True, "window_start": text(opens), "window_end": text(closes),
        **_continuation(scheme, run_.today),
    }
    with run_.at("head") as head:
        edition = head.create("award.edition", [values])[0]
        acts_filing.adopt(head, edition, run_.today)
    run_.go(opens)
    run_.call("head", "award.edition", "action_announce", [edition])
    run_.ids["edition"] = edition


def text(local):
    """A local time as Odoo's clients write it."""
    return to_utc(local).strftime("%Y-%m-%d %H:%M:%S")


def _continuation(scheme, day):
    """A recorded decision to continue the scheme, where it is not in force."""
    first, last = scheme["valid_from"] or "", scheme["valid_to"] or "9999"
    if str(first) <= str(day) < str(last):
        return {}
    return {
        "continuation_body": "主管机关(演示)",
        "continuation_number": f"演示决〔{day.year}〕1号(演示)",
        "continuation_date": str(day),
    }
