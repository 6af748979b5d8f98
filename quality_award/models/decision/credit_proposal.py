from odoo import fields, models

from ..application.fact import FIELDS


class AwardCreditRound(models.Model):
    """Whom a new round asks about what: proposed, for the officer to take away from."""

    _inherit = "award.credit.round"

    def _propose_asked(self):
        """As the last round of the same scheme asked, else by its requirements."""
        # All before any is written: rounds made together do not follow one another.
        proposed = {
            one: one._asked_last() or one._asked_by_requirements() for one in self
        }
        for one, pairs in proposed.items():
            one.ask_ids = [
                fields.Command.create({"body_id": body.id, "field": field})
                for body, field in pairs
            ]

    def _departments(self):
        return self._scheme_of().body_ids.filtered(
            lambda body: body.role == "department"
        )

    def _asked_last(self):
        """Pairs of the last round, its departments found by their codes.

        Each version of a scheme has departments of its own.

        :return: list of (award.body, subject)
        """
        last = self.search(
            [
                ("id", "!=", self.id),
                ("edition_id.scheme_id.code", "=", self._scheme_of().code),
                ("company_id", "=", self.company_id.id),
                ("ask_ids", "!=", False),
            ],
            limit=1,
        )
        asked = {(ask.body_id.code, ask.field) for ask in last.ask_ids}
        return [
            (body, field)
            for body in self._departments()
            for field, _label in FIELDS
            if (body.code, field) in asked
        ]

    def _asked_by_requirements(self):
        """Pairs of each department and the subjects that the requirements look at.

        A subject whose word is the code of a department is that department's alone.
        Which department keeps the records on any other subject cannot be known here:
        each is asked, and the officer deletes what does not apply.

        :return: list of (award.body, subject)
        """
        departments = self._departments()
        codes, subjects = set(departments.mapped("code")), self._subjects_looked_at()
        return [
            (body, field)
            for body in departments
            for field in subjects
            if field == body.code or field not in codes
        ]

    def _subjects_looked_at(self):
        """Subjects of the requirements without incidents, for the classes of the cases.

        A requirement that names no subject looks at all of them.

        :return: list of keys of `FIELDS`, in their order
        """
        scheme = self._scheme_of()
        classes = self.application_ids.class_id or scheme.class_ids
        looked_at = set()
        for award_class in classes:
            for record in scheme._requirements(award_class):
                if record.kind == "no_incident":
                    named = record._word_list("fields")
                    looked_at |= set(named or dict(FIELDS))
        return [field for field, _label in FIELDS if field in looked_at]


class AwardQualification(models.Model):
    _inherit = "award.qualification"

    def action_credit_check(self):
        """A round over the cases of the checks chosen."""
        self.check_access("read")
        return self.application_id.action_credit_check()
