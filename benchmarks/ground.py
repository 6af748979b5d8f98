"""The ground all benchmarks stand on: a published scheme, people, their sessions.

What is few is made by the acts of those who may; what is many is laid by `load`.
"""

import base64
from dataclasses import dataclass
from datetime import date, timedelta

import odoo.api

SCHEME = "chengdu_2014"
PASSWORD = "bench-award"
#: login -> groups; `plain` is the ordinary internal user who keeps the contacts.
PEOPLE = {
    "administrator": ("quality_award.group_admin",),
    "head": ("quality_award.group_office_head",),
    "office": ("quality_award.group_office",),
    "reviewer": ("quality_award.group_reviewer",),
    "plain": ("base.group_user", "base.group_partner_manager"),
}
#: Those who come over HTTP; a password hash is slow.
WITH_LOGIN = {"office", "reviewer", "plain"}


@dataclass(frozen=True)
class Ground:
    """Ids of what is shared.

    :param users: login -> user id
    :param stages: kind -> id of the scheme's stage
    """

    company: int
    scheme: int
    award_class: int
    criteria: int
    stages: dict[str, int]
    users: dict[str, int]


def superuser(cursor):
    """For laying data only; nothing is measured as superuser."""
    return odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})


def environment(cursor, uid: int):
    """As a request of that user would have it."""
    return odoo.api.Environment(cursor, uid, {"lang": "zh_CN", "tz": "Asia/Shanghai"})


def lay(registry) -> Ground:
    """Users and the published scheme; found again when they are there already."""
    with registry.cursor() as cursor:
        env = superuser(cursor)
        users = _users(env)
        code, version = SCHEME.split("_")
        scheme = env["award.scheme"].search(
            [("code", "=", code), ("version", "=", version)]
        )
        if not scheme:
            scheme = env["award.scheme"]._import_shipped(SCHEME, env.company)
            _put_in_force(scheme.with_user(users["administrator"]))
        award_class = scheme.class_ids[:1]
        return Ground(
            company=env.company.id,
            scheme=scheme.id,
            award_class=award_class.id,
            criteria=award_class.criteria_id.id,
            stages={stage.kind: stage.id for stage in scheme.stage_ids},
            users=users,
        )


def _put_in_force(scheme):
    """Checked, adopted by the body that the scheme names, and published."""
    scheme.action_check()
    bodies = scheme._adopting_rules().body_id or scheme.body_ids
    scheme.write({
        "adopted_by_id": bodies[:1].id, "adoption_meeting": "1",
        "adoption_number": "1", "adopted_on": date(2010, 1, 5),
        "adoption_document": base64.b64encode(b"%PDF-1.4"),
    })
    scheme.action_adopt()
    scheme.action_publish()


def _users(env) -> dict[str, int]:
    known = env["res.users"].search([("login", "in", list(PEOPLE))])
    users = {user.login: user.id for user in known}
    for login in PEOPLE.keys() - users.keys():
        values = {
            "login": login,
            "name": f"Benchmark, {login}",
            "lang": "zh_CN",
            "tz": "Asia/Shanghai",
            "group_ids": [(6, 0, [env.ref(name).id for name in PEOPLE[login]])],
        }
        if login in WITH_LOGIN:
            values["password"] = PASSWORD
        made = env["res.users"].with_context(no_reset_password=True).create(values)
        users[login] = made.id
    return users


def announce(registry, ground: Ground, closes_in: int = -5) -> int:
    """A new announced edition; its id.

    :param closes_in: days until its window closes, negative when it is closed
    """
    today = date.today()
    with registry.cursor() as cursor:
        env = superuser(cursor)
        term = env["award.edition"].search_count([]) + 1
        edition = env["award.edition"].create(
            {
                "name_zh": f"第{term}届(测量)",
                "name_en": f"Edition {term} (benchmark)",
                "scheme_id": ground.scheme,
                "term": term,
                "award_year": today.year,
                "window_start": f"{today - timedelta(days=30)} 01:00:00",
                "window_end": f"{today + timedelta(days=closes_in)} 09:00:00",
                "continuation_body": "市政府办公室",
                "continuation_number": "测量〔2026〕1号",
                "continuation_date": today - timedelta(days=60),
                "company_id": ground.company,
            }
        )
        edition.action_fill_adoptions()
        edition.adoption_ids.write(
            {
                "number": "测量〔2026〕2号",
                "adopted_on": today - timedelta(days=60),
                "published_on": today - timedelta(days=60),
                "published_in": "https://example.com",
                "published_media": "测量日报",
            }
        )
        edition.with_user(ground.users["head"]).action_announce()
        return edition.id
