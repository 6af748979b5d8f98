import re

from odoo import api, fields, models

from ...rules import scheme_check, scheme_format, scheme_references
from ...rules.refusal import Refusal
from ...rules.scheme_sections import SECTIONS
from .exchange import row_of_record
from .provision import FIELDS

_NO_PATH = re.compile(r"/\s*[:：]\s*")


def _without_path(text):
    """A sentence that begins with an empty place, without it."""
    place = _NO_PATH.match(text)
    rest = text[place.end() :] if place else text
    return rest[:1].upper() + rest[1:]


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

    problem_lines = fields.Json(
        compute="_compute_problem_text", export_string_translation=False
    )
    open_lines = fields.Json(
        compute="_compute_problem_text", export_string_translation=False
    )
    is_sound = fields.Boolean(
        compute="_compute_problem_text", export_string_translation=False
    )

    @api.depends("state", "valid_from", "valid_to")
    def _compute_problem_text(self):
        for scheme in self:
            if not scheme.id or not scheme.is_editable:
                scheme.problem_text = scheme.open_text = False
                scheme.problem_lines = scheme.open_lines = scheme.is_sound = False
                continue
            problems = scheme._problems()
            scheme.problem_text = "\n".join(scheme._problem_texts(problems))
            scheme.problem_lines = scheme._problem_lines(problems)
            points = scheme._open_points()
            scheme.open_text = "\n".join(scheme._problem_texts(points))
            scheme.open_lines = scheme._problem_lines(points)
            scheme.is_sound = not problems and bool(scheme.stage_ids)

    def _problem_lines(self, problems):
        """The sentences, each with the record at fault where it is one.

        The place in the file, which the sentences begin with, is left out: people here
        look for the record, not for the file.

        :return: list of dicts with ``text``, ``model`` and ``id``
        """
        texts = self._problem_texts([problem._replace(path="") for problem in problems])
        lines = []
        for problem, text in zip(problems, texts, strict=True):
            found = self._problem_record(problem)
            line = {"text": _without_path(text), "model": False, "id": False}
            if found:
                line |= {"model": found._name, "id": found.id}
            lines.append(line)
        return lines

    def _problem_record(self, problem):
        """The record at fault, or none where a problem is of the whole.

        :param problem: a `Problem` that `_problems` has returned
        """
        self.ensure_one()
        if not problem.model:
            return None
        for name, field in FIELDS.items():
            section = SECTIONS[name]
            if section.model == problem.model:
                return self[field].filtered(
                    lambda record, section=section: (
                        scheme_format.key_of(section, row_of_record(section, record))
                        == problem.key
                    )
                )[:1]
        criteria = self._used_criteria().get(problem.key[0])
        if problem.model == "award.criterion":
            numbers = criteria.criterion_ids.filtered(
                lambda item: item.number == problem.key[1]
            )
            return numbers[:1] or criteria
        return criteria

    def _problems(self):
        """The contradictions of the scheme, as `rules.scheme_format.Problem`."""
        self.ensure_one()
        parent = self.parent_id._export() if self.parent_id else None
        return scheme_check.check_scheme(
            self._complete_export(), self._exported_criteria(), parent
        )

    def _exported_criteria(self):
        """The criteria that the classes and choices name: key -> complete dict."""
        return {key: used._export() for key, used in self._used_criteria().items()}

    def _used_criteria(self):
        """Key, as `scheme_references.criteria_key` makes it -> the criteria."""
        used = self.class_ids.criteria_id | self.choice_ids.criteria_id
        found = {criteria.code: criteria for criteria in used}
        today = self.env["award.clock"]._today()
        for award_class in self.class_ids.filtered("criteria_latest"):
            if latest := award_class._criteria_on(today):
                key = scheme_references.family_key(award_class.criteria_family)
                found[key] = latest
        return found

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
        """Nothing that contradicts itself goes on; all of it is told."""
        # Whoever changes the criteria at this moment meets this lock.
        used = self.class_ids.criteria_id | self.choice_ids.criteria_id
        used.sudo().lock_for_update(allow_referencing=True)  # sudo: a lock only
        if problems := self._problems():
            text = "\n".join(self._problem_texts(problems))
            return Refusal("scheme_inconsistent", values={"problem": text})
        return None
