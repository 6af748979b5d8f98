"""Before the announcement: people, scheme, authorities, pools, committee, history."""

from datetime import date, timedelta

from odoo.addons.quality_award.rules import clock

from scripts.demo import organisations, people, scores, tables
from scripts.demo.adoption import put_in_force
from scripts.demo.finals import Weighing
from scripts.demo.timetable import Figures

AGENCY = "成都市政府质量奖评审办公室(演示)"
SCHEME_FILES = ("chengdu_2012", "chengdu_2014")
SCHEME = ("chengdu", "2014")
#: Number of the edition that is run; earlier ones are register entries.
TERM = 6
ONE = 1


def refuse_unless_fresh(world):
    """The run begins in a database in which the addon has just been installed."""
    with world.cast.desk("admin") as admin:
        if admin.search("res.company", [("name", "=", AGENCY)]):
            raise SystemExit(
                "This database holds a demo already. Drop it, or name a fresh one in "
                "which quality_award has just been installed."
            )


def company(world):
    """The agency, set up in Settings by the database administrator."""
    with world.cast.desk("admin") as admin:
        agency = admin.create("res.company", [{"name": AGENCY}])[0]
        admin.env["res.company"].browse(agency).partner_id.write(
            {"tz": "Asia/Shanghai", "lang": "zh_CN"}
        )
        award_admin = admin.env.ref("quality_award.group_admin").id
        admin.write("res.users", [world.cast.uids["admin"]], {
            "company_ids": [(4, agency)], "company_id": agency,
            "group_ids": [(4, award_admin)], "tz": "Asia/Shanghai",
        })
    world.ids["company"] = agency


def users(world):
    """Everybody but the applicants; who has a login gets a password and a session."""
    shown = people.login_specs()
    rest = people.district_specs([row[:2] for row in _districts(world)])
    rest += people.expert_specs(world.funnel)
    with world.progress.stage("Users of every role", len(shown) + len(rest)) as step:
        world.cast.create(shown, world.ids["company"])
        step(len(shown))
        world.cast.open_sessions(shown)
        world.cast.create(rest, world.ids["company"])
        step(len(rest))


def schemes(world):
    """The administrator imports the shipped schemes and publishes them."""
    with world.progress.stage("Schemes", len(SCHEME_FILES)) as step:
        for name in SCHEME_FILES:
            with world.cast.desk("admin") as admin:
                scheme = admin.env["award.scheme"]._import_shipped(name).id
            put_in_force(world.cast.at("admin", web=True), scheme)
            step()
    world.ids["scheme"] = scheme
    with world.cast.desk("admin") as admin:
        _read_scheme(world, admin.env["award.scheme"].browse(scheme))


def _read_scheme(world, scheme):
    """Take the figures the plan needs from the published scheme."""
    rules = {rule.code: rule.length for rule in scheme.clock_rule_ids}
    world.figures = Figures(
        **{
            code: rules[code]
            for code in ("recommendation", "qualification", "supplement", "composite",
                         "consultation", "consultation_reply", "notice", "objection")
        },
        site_days_min=scheme._value("site_days_min"),
        site_days_max=scheme._value("site_days_max"),
        notice_first_day=scheme._value("notice_first_day") or "exclude",
    )
    award_class = scheme.class_ids[:1]
    world.ids["class"] = award_class.id
    world.ids["stages"] = {
        stage.code: (stage.id, stage.kind) for stage in scheme.stage_ids
    }
    world.weighing = Weighing(
        document=scheme._value("weight_document"),
        site=scheme._value("weight_site"),
        defence=scheme._value("weight_defence"),
        combiner=scheme._value("defence_combiner"),
        defence_max=scheme._value("defence_max"),
        threshold=scheme._value("threshold", award_class=award_class),
    )
    world.figures_of_prize = scheme._value("prize_amount")
    items = award_class.criteria_id._items().sorted("sequence")
    world.items = [scores.Item(i.number, i.kind, i.points) for i in items]
    world.ids["items"] = items.ids
    world.item_names = {i.number: i.name_zh for i in items}
    world.lock_terms = scheme._value("reapply_lock_terms") or 0
    bodies = {body.code: body.id for body in scheme.body_ids}
    world.ids["bodies"] = bodies
    world.in_force = (scheme.valid_from, scheme.valid_to)


def _districts(world):
    if not world.small:
        return tables.DISTRICTS
    return [row for row in tables.DISTRICTS if row[0] in organisations.SMALL_DISTRICTS]


def authorities(world):
    """The office registers trades and recommenders with their people."""
    bodies = world.ids["bodies"]
    rows = _districts(world)
    with world.cast.at("office_a", web=True) as office:
        trades = office.create("award.trade", [
            {"code": code, "name_zh": zh, "name_en": en}
            for code, zh, en, *_counts in tables.TRADES
        ])
        world.ids["trades"] = {
            row[0]: id_ for row, id_ in zip(tables.TRADES, trades, strict=True)
        }
        found = office.create("award.recommender", [
            {
                "name_zh": organisations.district_name(code, world.historic),
                "name_en": en,
                "territory": organisations.district_name(code, world.historic),
                "body_id": bodies["hitech" if code == "gaoxin" else "district"],
                "member_ids": [
                    (0, 0, {"user_id": world.cast.uids[key], f"can_{step}": True})
                    for key, step in zip(
                        people.district_keys(code), ("prepare", "check", "sign"),
                        strict=True)
                ],
            }
            for code, _zh, en, *_counts in rows
        ])
    world.ids["recommenders"] = {
        row[0]: id_ for row, id_ in zip(rows, found, strict=True)
    }


def experts(world):
    """The office enters the pools; members of the panels and judges have users."""
    funnel, rng = world.funnel, world.rng("experts")
    large = funnel.pool > 50
    pools = (
        ("reviewer", people.reviewer_keys(funnel), funnel.pool),
        ("deliberator", people.judge_keys(funnel), 48 if large else funnel.judges),
        ("observer", [], 18 if large else 2),
    )
    with world.cast.desk("office_b") as office:
        made = {}
        for pool, with_user, count in pools:
            named = [*with_user, *[None] * max(count - len(with_user), 0)]
            ids = office.create("award.expert", [
                _expert(world, rng, number, pool, key)
                for number, key in enumerate(named)
            ])
            made |= {key: id_ for key, id_ in zip(named, ids, strict=True) if key}
    world.ids["experts"] = made


def _expert(world, rng, number, pool, key):
    """Values of one expert; who is called has valid training and is in standing."""
    [background] = rng.choices(*zip(*tables.BACKGROUNDS, strict=True))
    [city] = rng.choices(*zip(*tables.CITIES, strict=True))
    start = world.timetable.start
    trained = key or rng.random() < 0.9
    leads = number % world.funnel.panel_size == 0 if key else rng.random() < 0.15
    return {
        "name": person(world, key) if key else organisations.person_name(2000 + number),
        "user_id": world.cast.uids[key] if key else False,
        "pool_kind": pool,
        "employer": f"演示{background}{number:03d}",
        "background": background,
        "city": city,
        "is_leader_grade": leads,
        "training_until": str(start + timedelta(days=700 if trained else -90)),
        "standing": "active" if key or rng.random() > 0.02 else "suspended",
        "phone": f"000-0001-{number:04d}",
    }


def person(world, key):
    """Name of a person of the cast, without the title of a login."""
    names = {spec.key: spec.name for spec in (
        *people.login_specs(), *people.expert_specs(world.funnel))}
    return names[key].split("(")[0]


def committee(world):
    """The office proposes the roster; its head registers the approval."""
    world.go("committee")
    members = [
        {
            "name": organisations.person_name(1800 + number),
            "sequence": number,
            "office": "head" if number == 0 else "deputy" if number < 3 else "member",
            "standing_for": ("government", "scholar", "quality_expert")[number % 3],
            "user_id": world.cast.uids["committee"] if number == 4 else False,
        }
        for number in range(world.funnel.committee)
    ]
    year = world.timetable.start.year
    with world.cast.at("office_a", web=True) as office:
        roster = office.create("award.committee", [{
            "scheme_id": world.ids["scheme"],
            "name_zh": f"第{TERM}届评审委员会(演示)",
            "name_en": f"Award Committee, edition {TERM} (demonstration)",
            "approval_number": f"演示函〔{year}〕1号",
            "approved_on": str(world.timetable["committee"].date()),
            "published_at": "https://example.com/demo/committee",
            "member_ids": [(0, 0, values) for values in members],
        }])[0]
    world.cast.at("head", web=True).call("award.committee", "action_approve", [roster])
    world.ids["committee"] = roster


def history(world):
    """Two earlier editions as register entries, one with the later repeat winner."""
    start = world.timetable.start
    repeat = world.organisation(world.repeat.case.key)
    gap = world.lock_terms + ONE
    rows = []
    for term, first in ((TERM - gap, repeat), (TERM - ONE, None)):
        on = date(start.year - 2 * (TERM - term), 12, 20)
        winners = [first] if first else []
        winners += [
            organisations.former(number + 100 * term, world.ids["trades"])
            for number in range(world.funnel.historic - len(winners))
        ]
        rows += [(term, on, winner) for winner in winners]
    with world.cast.desk("office_a") as office:
        owners = office.create("award.applicant", [
            winner.values(world.ids["trades"])
            | ({"member_ids": [(0, 0, {"user_id": world.cast.uids[
                people.applicant_key(winner.key)]})]} if winner is repeat else {})
            for _term, _on, winner in rows
        ])
        awards = office.create("award.award", [
            {
                "title": winner.name, "applicant_id": owner,
                "class_code": "organisation", "scheme_code": SCHEME[0],
                "term": term, "award_year": on.year, "awarded_on": str(on),
                "valid_until": str(clock.corresponding_day(on, 48)),
            }
            for (term, on, winner), owner in zip(rows, owners, strict=True)
        ])
    world.ids["historic"] = awards
