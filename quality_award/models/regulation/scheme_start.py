"""A scheme that is written from nothing: the usual procedure as a proposal."""

from odoo import fields, models

from ...rules import scheme_format, scheme_references
from ...rules.refusal import Refusal
from .exchange import read_shipped, shipped_names
from .provision import FIELDS

#: Sections in which the agency has decided something already.
_DECIDED = ("body_ids", "class_ids", "stage_ids")


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    version = fields.Char(default=lambda self: str(fields.Date.today().year))
    can_start = fields.Boolean(
        compute="_compute_can_start", export_string_translation=False
    )

    def _compute_can_start(self):
        """A proposal is made once, for a scheme in which nothing is decided yet."""
        for scheme in self:
            decided = any(scheme[name] for name in _DECIDED)
            scheme.can_start = bool(scheme.id) and scheme.is_editable and not decided

    def action_start(self):
        """Put the usual procedure into an empty scheme, marked as agency decisions.

        Clauses that are there already stay; what is proposed hangs on clauses of its
        own, until people hang it on those of their regulation.

        :raise AwardRefusal: ``scheme_not_empty``
        """
        self.ensure_one()
        self.check_access("write")
        if not self.can_start:
            self._refuse(Refusal("scheme_not_empty"))
        for name in shipped_names("proposals"):
            self._add_proposal(read_shipped("proposals", name))
        return True

    def _add_proposal(self, data):
        content, problems = scheme_format.read_scheme(data, None)
        self._refuse_file(problems)
        criteria, _families = scheme_references.criteria_named(content)
        self._refuse_file(scheme_references.references(content, criteria))
        taken = set(self.clause_ids.mapped("code"))
        # no criteria are known: which ones apply is for the agency to choose
        known = {"criteria": {}, "clauses": {c.code: c.id for c in self.clause_ids}}
        for name in FIELDS:
            rows = content[name]
            if name == "clauses":
                rows = [row for row in rows if row["code"] not in taken]
            before = known.get(name, {})
            self._create_rows(name, rows, known)
            known[name] = {**before, **known.get(name, {})}
        self.invalidate_recordset()
