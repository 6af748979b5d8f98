from odoo import models

from ...rules import indicator, page_map, parts
from .applicant_fields import ASKED

#: Columns of an indicator beside its name and unit, in their order.
CELLS = (*indicator.FIGURES, "source")


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
        """What a part says now, as plain text that can be compared.

        Always in the language of the agency: who asks and who answers may have others.
        """
        case = self.with_context(lang=self.company_id.partner_id.lang or "zh_CN")
        kind, code = parts.split(part)
        return getattr(case, f"_part_of_{kind}")(code)

    def _part_of_chapter(self, code):
        found = self.chapter_ids.filtered(lambda chapter: chapter.code == code)
        return found.text or ""

    def _part_of_evidence(self, _code):
        """One line for each piece, named as on the page of documents."""
        lines, Evidence = [], self.env["award.evidence"]
        kinds = dict(Evidence._fields["kind"]._description_selection(self.env))
        secret = Evidence._fields["is_secret"]._description_string(self.env)
        for one in self.evidence_ids.sorted("id"):
            days = one.valid_from or one.valid_to
            said = (
                one.name,
                one.issuer,
                days and f"{one.valid_from or '…'} – {one.valid_to or '…'}",
                one.codes,
                one.is_secret and secret,
                self._part_of_file(one.file_id),
            )
            lines.append(f"{kinds[one.kind]}: {' · '.join(filter(None, said))}")
        return "\n".join(lines)

    def _part_of_report(self, _code):
        """The file, and the pages of each item."""
        titles = self._chapters()
        lines = [self._part_of_file(self.report_id)]
        lines += [
            f"{titles.get(code, code)}: {page_map.to_text(spans)}"
            for code, spans in self._pages_by_item().items()
        ]
        return "\n".join(filter(None, lines))

    def _part_of_indicator(self, code):
        """One line for each row, each cell with the name of its column."""
        lines = []
        for row in self._indicator_rows().filtered(lambda row: row.code == code):
            cells = [
                f"{row._fields[name]._description_string(self.env)} {row[name]}"
                for name in CELLS
                if row[name]
            ]
            name = f"{row.name or '–'} ({row.unit})" if row.unit else row.name or "–"
            lines.append(f"{name}: {', '.join(cells)}")
        return "\n".join(lines)

    @staticmethod
    def _part_of_file(file):
        """Name of a file, and how its fingerprint begins: another file differs."""
        return f"{file.name} [{file.sha256[:8]}]" if file else ""

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

    def _part_of_fact(self, code):
        asked = self._scheme_of()._requirements(self.class_id)
        requirement = asked.filtered(lambda r: r.code == code)
        facts = self.fact_ids.filtered(
            lambda fact: not fact.is_void and fact._answers(requirement)
        )
        return "\n".join(fact.display_name or "" for fact in facts.sorted("id"))
