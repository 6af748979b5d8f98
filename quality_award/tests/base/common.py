"""Shared by the tests of the floor: one record of any model, people of any role."""

import json
import uuid
from itertools import count

from odoo import fields
from odoo.tests import TransactionCase

from odoo.addons.quality_award.rules.lifecycle import GROUP_ROLES, LIFECYCLES

from ..common import credit_code

NUMBERS = count(50_000)
#: What a required field needs beyond a value of its type.
VALUES = {
    "award.ban": {"for_ever": True},
    "award.calendar.year": {"year": 2098},
    "award.calendar.day": {"date": "2098-01-06"},
    "award.agency.day": {"date": "2098-01-06"},
    "award.parameter": {"code": "quota_max", "value": "6"},
    "award.scheme": {"timezone": "Asia/Shanghai"},
    "award.condition.override": {"standing": "banned"},
    "award.list.line": {"outcome": "in"},
    "award.question": {"public_question": "Q", "answer": "A"},
    "award.sharing": {"secrets_left_out": True},
    "award.supplement.line": {"part": "report"},
}
#: What acts write, and the tests with lifted rights give at once.
WRITTEN_BY_ACTS = {"award.question": {"published_at": "2026-03-01 00:00:00"}}
#: Fields that need not be there, and say to which case a record belongs.
POINTING = {"award.outbox.message": "application_id"}
#: What must be there before, beyond what the fields of a model point to.
BEFORE = {
    "award.appraisal": "award.defence.score",
    "award.notice.proof": "award.list.line",
}


def our_models(env):
    """Names of the stored models of the addon, in alphabetical order."""
    return sorted(
        name
        for name, model in env.registry.items()
        if name.startswith("award.") and not model._abstract and not model._transient
    )


class Factory:
    """Makes records with nothing but what their models require, for one agency.

    Every record that another needs is made once and shared, so that a whole
    dossier of one agency hangs together.
    """

    def __init__(self, env, company, made=()):
        self.env = env(su=True)
        self.company = company
        self.made = dict(made)

    def one(self, model):
        """The record of `model` of this agency, made when first asked for."""
        if model not in self.made:
            self.made[model] = self.env[model].browse()  # a loop ends here
            self.made[model] = self._shared(model) or self.new(model)
        return self.made[model]

    def _shared(self, model):
        """The record that all agencies have in common, where there is one."""
        if model != "award.calendar.year":
            return None
        return self.env[model].search([("year", "=", VALUES[model]["year"])])

    def new(self, model, **values):
        if model in BEFORE:
            self.one(BEFORE[model])
        Model = self.env[model].with_company(self.company)
        values = WRITTEN_BY_ACTS.get(model, {}) | values
        made = Model.create(self.values(model, **values))
        return self.env[model].browse(made.id)  # without the company in its context

    def values(self, model, **values):
        """What a new record of `model` needs, as `create` takes it."""
        Model = self.env[model].with_company(self.company)
        defaults = Model.default_get(list(Model._fields))
        needed = VALUES.get(model, {}) | values
        if model == "award.applicant":
            needed.setdefault("credit_code", credit_code(next(NUMBERS)))
        if model == "award.ban" and "recommender_id" not in needed:
            needed.setdefault("applicant_id", self.one("award.applicant").id)
        if model == "award.edition":
            needed.setdefault("term", next(NUMBERS))
        if model == "award.transfer" and "to_class_id" not in needed:
            target = self.new(
                "award.class", code=f"other{next(NUMBERS)}", entry="transfer"
            )
            needed["to_class_id"] = target.id
        if model == "award.submission":
            code = f"{next(NUMBERS):012X}"
            needed.setdefault("version_code", f"{code[:4]}-{code[4:8]}-{code[8:]}")
        if model == "award.intake":  # the paper carries the code of a version
            version = self.one("award.submission")
            needed.setdefault("version_code", version.version_code)
        if model == "award.stage.omission" and "stage_id" not in needed:
            number = next(NUMBERS)
            left = {"code": f"left{number}", "sequence": number, "optional": True}
            needed["stage_id"] = self.new("award.stage", **left).id
        for name, field in Model._fields.items():
            if name in needed or name in defaults:
                continue
            if not self._is_needed(field) and name != POINTING.get(model):
                continue
            needed[name] = self._value(name, field)
        if "company_id" in Model._fields and not Model._fields["company_id"].related:
            needed.setdefault("company_id", self.company.id)
        return needed

    @staticmethod
    def _is_needed(field):
        typed = not field.related and (not field.compute or not field.readonly)
        return field.required and field.store and typed

    def _value(self, name, field):
        if field.comodel_name == "res.users":
            return self.env.user.id
        if field.comodel_name == "res.company":
            return self.company.id
        if field.type == "many2one":
            return self.one(field.comodel_name).id
        if field.type == "selection":
            return field.get_values(self.env)[0]
        return {
            "char": f"{name} {uuid.uuid4().hex[:6]}",
            "text": name,
            "integer": 1,
            "date": fields.Date.today(),
            "datetime": fields.Datetime.now(),
            "boolean": False,
            "binary": b"dGVzdA==",
            "many2one_reference": 1,
        }[field.type]


class FloorCase(TransactionCase):
    """An agency with one person for each role, and a second agency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency = cls.env["res.company"].create({"name": "Agency A"})
        cls.agency_b = cls.env["res.company"].create({"name": "Agency B"})
        cls.env.user.company_ids |= cls.agency | cls.agency_b
        cls.factory = Factory(cls.env, cls.agency)
        cls.users = cls._people(cls.agency)

    def setUp(self):
        super().setUp()
        # What one test makes is gone with it.
        cls = type(self)
        self.factory = Factory(self.env, cls.agency, cls.factory.made)

    @classmethod
    def _people(cls, company):
        """One user for each role of the addon, as a dict role -> user."""
        users = cls.env["res.users"].create(
            [
                {
                    "name": role,
                    "login": f"{role}-{company.id}",
                    "company_id": company.id,
                    "company_ids": company.ids,
                    "group_ids": cls.env.ref(f"quality_award.group_{role}").ids,
                }
                for role in GROUP_ROLES
            ]
        )
        return dict(zip(GROUP_ROLES, users, strict=True))

    @classmethod
    def _portal_user(cls, company):
        return cls.env["res.users"].create(
            {
                "name": "Portal",
                "login": f"portal-{company.id}",
                "company_id": company.id,
                "company_ids": company.ids,
                "group_ids": cls.env.ref("base.group_portal").ids,
            }
        )

    def entries(self, model=None):
        """The access log as dicts, oldest first."""
        self.env.cr.execute("SELECT entry FROM award_access_log ORDER BY id")
        found = [json.loads(entry) for (entry,) in self.env.cr.fetchall()]
        return [e for e in found if model in {None, e["model"]}]

    def new_entries(self, function, model=None):
        """What `function` leaves in the access log."""
        before = len(self.entries(model))
        function()
        return self.entries(model)[before:]

    def guarded_models(self):
        return sorted(LIFECYCLES)
