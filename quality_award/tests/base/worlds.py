"""The world in which the access matrix is walked: records of each role and stage."""

import csv
from collections import defaultdict
from pathlib import Path

from odoo.tools import SQL

from odoo.addons.quality_award.rules.scheme_sections import SECTIONS

from .common import Factory, FloorCase, our_models

MATRIX = Path(__file__).parents[1] / "access_matrix.csv"
#: What belongs to one panel and its people; the rest of the world is shared.
OF_A_PANEL = {
    "award.assignment",
    "award.consensus",
    "award.consensus.line",
    "award.defence",
    "award.defence.score",
    "award.expert",
    "award.interest",
    "award.panel",
    "award.panel.member",
    "award.panel.report",
    "award.sheet",
    "award.sheet.line",
    "award.submission",
    "award.undertaking",
    "award.visit",
    "award.visit.voice",
}
SCORED = ("award.sheet", "award.sheet.line")
OF_THE_REGULATION = {section.model for section in SECTIONS.values()} | {
    f"award.{name}"
    for name in (
        "band calendar.day calendar.year criteria criterion scheme trade"
    ).split()
}
#: What must differ from the record that is there already.
ANOTHER = {
    "award.agency.day": {"date": "2098-01-07"},
    "award.body.successor": {"since": "2098-01-07"},
    "award.calendar.day": {"date": "2098-01-07"},
    "award.calendar.year": {"year": 2097},
    "award.word": {"code": "plaque"},
}


def cells():
    with MATRIX.open(newline="") as stream:
        return [tuple(row.values()) for row in csv.DictReader(stream)]


class AccessWorlds(FloorCase):
    """An agency with one record of each model, and what is whose.

    `world` holds them by (role or None, stage, own), `needed` what it takes to create
    one, `lone` those that nobody hangs on.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["applicant"] = cls._portal_user(cls.agency)
        cls.users["employee"] = cls.env["res.users"].create(
            {
                "name": "Another department",
                "login": "another-department",
                "company_id": cls.agency.id,
                "company_ids": cls.agency.ids,
            }
        )
        cls.versions = 1
        # (role or None, stage, own) -> model -> record
        cls.world = defaultdict(dict)
        cls.makers, cls.needed, cls.lone = {}, {}, {}
        cls._world_of_others()
        for stage in ("to declare", "opened", "recused"):
            cls._world_of_reviewer(stage)
        for stage in ("invited", "not signed"):
            cls._world_of_deliberator(stage)
        cls._world_of_observer()
        cls._world_of_recommender()
        cls._world_of_applicant()
        cls._world_of_lists()
        cls._world_of_locked_scores()
        cls._what_rights_give()
        cls.env.flush_all()

    # -- the worlds ------------------------------------------------------------
    @classmethod
    def _move(cls, record, *states):
        """Bring `record` along `states` by the register, without asking its guards."""
        for state in states:
            cls.env.flush_all()
            cls.env.cr.execute(
                SQL(
                    """INSERT INTO award_transition
                           (model, res_id, move, state_from, state_to, user_id, at)
                       SELECT %s, id, 'test', state, %s, 1, now() FROM %s WHERE id = %s;
                       UPDATE %s SET state = %s WHERE id = %s""",
                    record._name,
                    state,
                    SQL.identifier(record._table),
                    record.id,
                    SQL.identifier(record._table),
                    state,
                    record.id,
                )
            )
            record.invalidate_recordset()

    @classmethod
    def _world_of_others(cls):
        world = cls.world[None, "any", "other"]
        of_consensus = {"award.consensus", "award.consensus.line"}
        for name in our_models(cls.env):
            if name in of_consensus or not cls.env[name]._auto:
                continue
            if name == "award.transition":
                row = cls.factory.one("award.case.stage")
                row.with_user(cls.users["office"])._apply_move("pass")
                world[name] = cls.env[name].search([("res_id", "=", row.id)], limit=1)
            else:
                world[name] = cls.factory.one(name)
        apart = cls._panel()  # a consensus would open the sheets of its case
        for name in of_consensus:
            world[name] = apart.one(name)
        world["award.application"].read(["name"])
        Entry = cls.env["award.access.entry"].with_user(cls.users["supervisor"])
        cls.world[None, "any", "other"]["award.access.entry"] = Entry.sudo().search(
            [("company_id", "=", cls.agency.id)], limit=1
        )

    @classmethod
    def _panel(cls, **expert):
        """A factory with a panel, an expert and a submission of its own."""
        shared = {k: v for k, v in cls.factory.made.items() if k not in OF_A_PANEL}
        made = Factory(cls.env, cls.agency, shared)
        cls.versions += 1
        made.made["award.submission"] = made.new(
            "award.submission", version=cls.versions
        )
        made.made["award.expert"] = made.new("award.expert", **expert)
        return made

    @classmethod
    def _sign(cls, made, user):
        """The undertaking of `user`, the same in all worlds: one for each edition."""
        edition = made.one("award.edition")
        Undertaking = cls.env["award.undertaking"]
        known = Undertaking.search(
            [("user_id", "=", user.id), ("edition_id", "=", edition.id)]
        )
        return known or made.new(
            "award.undertaking", user_id=user.id, edition_id=edition.id
        )

    @classmethod
    def _one_expert(cls, user, pool):
        """A user is one expert in an agency, whatever panel he sits in."""
        Expert = cls.env["award.expert"]
        return Expert.search([("user_id", "=", user.id)]) or Expert.create(
            {
                "name": user.name,
                "user_id": user.id,
                "pool_kind": pool,
                "company_id": cls.agency.id,
            }
        )

    @classmethod
    def _world_of_reviewer(cls, stage):
        user = cls.users["reviewer"]
        made = cls._panel()
        made.made["award.expert"] = cls._one_expert(user, "reviewer")
        panel = made.one("award.panel")
        made.made["award.panel.member"] = made.new("award.panel.member", is_leader=True)
        made.made["award.undertaking"] = cls._sign(made, user)
        cls._move(panel, "confirmed")
        made.one("award.assignment")
        cls._move(
            cls._interest(made),
            *{"opened": ["none"], "recused": ["declared", "confirmed"]}.get(stage, []),
        )
        world = cls.world["reviewer", stage, "own"]
        cls.makers["reviewer", stage] = made
        for name in OF_A_PANEL - {"award.defence", "award.defence.score"}:
            found = cls.env[name]
            if name in SCORED:  # the sheet that the declaration has made
                found = found.search([("submission_id", "=", cls._case(made))]) if (
                    name == "award.sheet"
                ) else found.search(
                    [("sheet_id.submission_id", "=", cls._case(made))], limit=1
                )
            world[name] = found or made.one(name)

    @classmethod
    def _interest(cls, made):
        """The declaration that came with the assignment, or a new one."""
        found = cls.env["award.interest"].search(
            [
                ("expert_id", "=", made.one("award.expert").id),
                ("submission_id", "=", cls._case(made)),
            ]
        )
        if found:
            made.made["award.interest"] = found
        return made.one("award.interest")

    @staticmethod
    def _case(made):
        return made.one("award.submission").id

    @classmethod
    def _world_of_deliberator(cls, stage):
        user = cls.users["deliberator"]
        edition = None
        if stage == "not signed":
            edition = cls.factory.new("award.edition", term=77)
        made = cls._panel()
        made.made["award.expert"] = cls._one_expert(user, "deliberator")
        if edition:
            made.made["award.edition"] = edition
        else:
            made.made["award.undertaking"] = cls._sign(made, user)
        world = cls.world["deliberator", stage, "own"]
        world["award.expert"] = made.one("award.expert")
        for name in ("award.defence", "award.defence.score", "award.submission"):
            world[name] = made.one(name)
        if not edition:
            world["award.undertaking"] = made.one("award.undertaking")

    @classmethod
    def _world_of_observer(cls):
        user = cls.users["observer"]
        world = cls.world["observer", "any", "own"]
        world["award.expert"] = cls._one_expert(user, "observer")
        world["award.undertaking"] = cls._sign(cls.factory, user)

    @classmethod
    def _world_of_recommender(cls):
        shared = {
            name: record
            for name, record in cls.factory.made.items()
            if not name.startswith("award.recommend") and name not in OF_A_PANEL
        }
        made = Factory(cls.env, cls.agency, shared)
        cls.versions += 1
        made.made["award.submission"] = made.new(
            "award.submission", version=cls.versions
        )
        world = cls.world["recommender", "any", "own"]
        world["award.recommender.member"] = made.new(
            "award.recommender.member",
            user_id=cls.users["recommender"].id,
            can_prepare=True,
        )
        world["award.recommendation"] = made.new(
            "award.recommendation", submission_id=made.one("award.submission").id
        )
        for name in ("check", "letter", "notice"):
            name = f"award.recommendation.{name}"
            world[name] = made.new(name)
        for name in ("award.submission", "award.application", "award.applicant"):
            world[name] = made.one(name)

    @classmethod
    def _world_of_applicant(cls):
        world = cls.world["applicant", "any", "own"]
        world["award.applicant.member"] = cls.factory.new(
            "award.applicant.member", user_id=cls.users["applicant"].id
        )
        for name in (
            "applicant", "application", "chapter", "chapter.copy", "submission"
        ):
            world[f"award.{name}"] = cls.factory.one(f"award.{name}")

    @classmethod
    def _world_of_lists(cls):
        def made_of(**values):
            shared = {
                name: record
                for name, record in cls.factory.made.items()
                if not name.startswith(("award.list", "award.appro", "award.composite"))
            }
            made = Factory(cls.env, cls.agency, shared)
            made.made["award.list"] = made.new("award.list", **values)
            return made

        deliberation = cls.factory.new("award.stage", kind="deliberation")
        before = made_of(stage_id=deliberation.id)
        world = cls.world["committee", "before the committee", "own"]
        before.made["award.composite"] = before.new("award.composite", phase="document")
        for name in ("list", "list.line", "composite", "composite.line"):
            world[f"award.{name}"] = before.one(f"award.{name}")
        cls._move(world["award.composite"], "frozen")
        submitted = made_of()
        world = cls.world["approver", "submitted", "own"]
        for name in ("approval", "list", "list.line"):
            world[f"award.{name}"] = submitted.one(f"award.{name}")
        cls._move(world["award.approval"], "pending")
        public = cls.world[None, "public", "other"]
        public["award.committee"] = cls.factory.new("award.committee")
        cls._move(public["award.committee"], "approved")
        notice = public["award.notice"] = cls.factory.new("award.notice")
        public["award.notice.channel"] = cls.factory.new(
            "award.notice.channel", notice_id=notice.id
        )
        cls._move(notice, "published")
        cls.env.cr.execute(
            "UPDATE award_notice SET published_on = '2026-01-01' WHERE id = %s",
            [notice.id],
        )

    @classmethod
    def _world_of_locked_scores(cls):
        for stage in ("all locked", "in consensus"):
            made = cls._panel()
            made.one("award.panel.member")
            made.one("award.assignment")
            cls._move(made.one("award.panel"), "confirmed")
            cls._move(cls._interest(made), "none")
            world = cls.world[None, stage, "other"]
            sheet = cls.env["award.sheet"].search(
                [("submission_id", "=", cls._case(made))]
            )
            if sheet:
                made.made["award.sheet"] = sheet
            for name in SCORED:
                world[name] = made.one(name)
            cls._move(made.one("award.sheet"), "locked")
            if stage == "in consensus":
                made.one("award.consensus")
            else:
                world["award.defence.score"] = made.one("award.defence.score")
                cls._move(world["award.defence.score"], "locked")

    @classmethod
    def _what_rights_give(cls):
        """Where somebody is let in, nothing but a rule of ours shall stop him.

        What he creates has no twin yet, what he deletes nobody hangs on.
        """
        kept = {n: r for n, r in cls.factory.made.items() if n in OF_THE_REGULATION}
        given = {
            (model, operation)
            for _role, model, operation, _stage, own, expected in cells()
            if expected == "yes" and model in cls.factory.made
            and (own == "other" or operation == "create")
        }
        for model, operation in sorted(given):
            shared = {} if model in OF_THE_REGULATION else kept
            fresh = Factory(cls.env, cls.agency, shared)
            if operation == "create":
                cls.needed[model] = fresh.values(model, **ANOTHER.get(model, {}))
            elif operation == "unlink" and model not in ANOTHER:
                cls.lone[model] = fresh.new(model)
