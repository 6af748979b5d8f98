from odoo import api, fields, models

from ...rules import scheme_check, scheme_format
from ...rules.refusal import Refusal


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    problem_text = fields.Text(
        "Contradictions",
        compute="_compute_problem_text",
        help="What must be corrected before the scheme can be published.",
    )
    open_text = fields.Text(
        "Left Open",
        compute="_compute_problem_text",
        help="What the stages need and the scheme does not say.",
    )

    @api.depends("state", "valid_from", "valid_to")
    def _compute_problem_text(self):
        for scheme in self:
            if not scheme.id or scheme.state != "draft":
                scheme.problem_text = scheme.open_text = False
                continue
            scheme.problem_text = "\n".join(scheme._problem_texts(scheme._problems()))
            scheme.open_text = "\n".join(scheme._problem_texts(scheme._open_points()))

    def _problems(self):
        """The contradictions of the scheme, as `rules.scheme_format.Problem`."""
        self.ensure_one()
        criteria = {c.code: c._export() for c in self.class_ids.criteria_id}
        return scheme_check.check_scheme(self._complete_export(), criteria)

    def _open_points(self):
        """What the scheme leaves open, as `rules.scheme_format.Problem`."""
        self.ensure_one()
        return scheme_check.open_points(self._complete_export())

    def _complete_export(self):
        """The export, with an empty code where a class has no criteria yet."""
        data = self._export()
        for row in data["classes"]:
            row.setdefault("criteria", "")
        return data

    def _guard_consistent(self):
        """Nothing that contradicts itself is published; all of it is told."""
        # Whoever changes the criteria at this moment meets this lock.
        # sudo: locked only, nothing is read
        self.class_ids.criteria_id.sudo().lock_for_update(allow_referencing=True)
        if problems := self._problems():
            text = "\n".join(self._problem_texts(problems))
            return Refusal("scheme_inconsistent", values={"problem": text})
        return None

    def _after_publish(self):
        """Note what was published; the database refuses any other value later."""
        for scheme in self:
            scheme.content_hash = scheme_format.content_hash(scheme._export())
