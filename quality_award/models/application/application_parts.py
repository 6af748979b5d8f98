from odoo import models

from ...rules import parts
from .applicant_fields import ASKED


class AwardApplication(models.Model):
    """The parts of an application that may be asked for one by one, and their words."""

    _inherit = "award.application"

    def _parts(self):
        """All parts of the case in the order of the form: dict code -> label."""
        self.ensure_one()
        subject = self.applicant_id.subject
        found = {
            f"field:{name}": self._portal_label(subject, name)
            for name in ASKED[subject]
        }
        found |= {
            f"chapter:{code}": title for code, title in self._chapters().items()
        }
        found["report"] = self.env._("Self-assessment Report as a PDF File")
        found |= {
            f"indicator:{item.number}": self.env._(
                "Indicators: %(item)s", item=item.display_name
            )
            for item in self.criteria_id._items().sorted("sequence")
            if item.kind == "result"
        }
        found["evidence"] = self.env._("Evidence")
        found |= {
            f"fact:{requirement.code}": self.env._(
                "Condition: %(condition)s", condition=requirement.display_name
            )
            for requirement in self._scheme_of()._requirements(self.class_id)
        }
        return found

    def _part_text(self, part):
        """What a part says now, as plain text that can be compared."""
        kind, code = parts.split(part)
        if kind == "field":
            return self._part_of_field(code)
        if kind == "chapter":
            found = self.chapter_ids.filtered(lambda chapter: chapter.code == code)
            return found.text or ""
        if kind == "fact":
            return self._part_of_facts(code)
        content = self.env["award.submission"]._content_of(self)
        said = content.get(kind if kind in parts.WHOLE else f"{kind}s") or {}
        if kind == "indicator":
            said = said.get(code) if isinstance(said, dict) else None
        return "\n".join(self._part_lines(said))

    def _part_of_field(self, name):
        applicant = self.applicant_id
        field, value = applicant._fields[name], applicant[name]
        if field.type == "boolean":
            return self.env._("Yes") if value else self.env._("No")
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value) or ""
        if field.type == "many2one":
            return value.display_name or ""
        return str(value or "")

    def _part_of_facts(self, code):
        asked = self._scheme_of()._requirements(self.class_id)
        requirement = asked.filtered(lambda r: r.code == code)
        facts = self.fact_ids.filtered(
            lambda fact: not fact.is_void and fact._answers(requirement)
        )
        return "\n".join(fact.display_name or "" for fact in facts.sorted("id"))

    def _part_lines(self, said):
        """A piece of a frozen version as lines `name: value`."""
        if isinstance(said, dict):
            for key, value in said.items():
                if isinstance(value, (dict, list)):
                    yield f"{key}:"
                    yield from (f"  {line}" for line in self._part_lines(value))
                elif value not in (None, "", False):
                    yield f"{key}: {value}"
        elif isinstance(said, (list, tuple)):
            for value in said:
                yield from self._part_lines(value)
        elif said not in (None, "", False):
            yield str(said)
