from odoo import api, models

from .evidence import KINDS
from .file import UPLOADS


class AwardApplication(models.Model):
    """What the pages of documents and of indicators show."""

    _inherit = "award.application"

    def _portal_tabs(self, writing):
        """Adds documents and, where results are asked for, the indicators."""
        pages = super()._portal_tabs(writing)
        own = [("documents", self.env._("Documents"))]
        if self._result_items():
            own.append(("indicators", self.env._("Indicators")))
        added = [
            {"tab": tab, "address": f"/my/award/{self.id}/{tab}", "label": label}
            for tab, label in own
        ]
        names = [page["tab"] for page in pages]
        place = names.index("chapters") + 1 if "chapters" in names else len(pages)
        return [*pages[:place], *added, *pages[place:]]

    def _portal_address(self, part):
        """Evidence, report and indicators have pages of their own."""
        page = {
            "evidence": "documents#award_evidence",
            "report": "documents#award_report",
            "indicator": "indicators",
        }.get(part.partition(":")[0])
        if page:
            return f"/my/award/{self.id}/{page}"
        return super()._portal_address(part)

    def _portal_frame(self):
        """What the frame of each page of the application asks for."""
        writing = self._portal_open_parts() is None
        return {
            "case": self,
            "edition": self.edition_id,
            "is_writing": writing,
            "tabs": self._portal_tabs(writing),
            "kept": [],
            "opened": self._portal_opened_rows(),
        }

    def _portal_opened(self, part):
        """Whether a part may be written now, for showing its buttons."""
        parts = self._portal_open_parts()
        return parts is None or part in parts

    @api.model
    def _portal_documents(self, application):
        """Everything the page of documents shows.

        :return: dict: frame, `limits` by kind of file, `evidence`, `kinds`,
            `chapters`, `commitments`, `report` (as `_report_state`), `version`,
            `scans`, `intakes`, and what may be written
        """
        case = self._portal_case(application)
        File = case.env["award.file"]
        case._portal_seen(case, case.evidence_ids, case.commitment_ids, case.file_ids)
        Evidence = case.env["award.evidence"]
        return {
            **case._portal_frame(),
            "limits": {kind: File._limits(kind) for kind in UPLOADS},
            "files_count": len(case.file_ids),
            "files_max": File._files_max(),
            "evidence": case.evidence_ids.sorted("id"),
            "kinds": [
                (kind, label)
                for kind, label in Evidence._fields["kind"]._description_selection(
                    case.env
                )
                if kind in dict(KINDS)
            ],
            "labels": {
                name: Evidence._fields[name]._description_string(case.env)
                for name in Evidence._fields
            },
            "chapters": case._chapters(),
            "commitments": case._commitments(),
            "may_sign": "applicant" in case._roles_on()[case.id],
            "report": case._report_state(),
            "evidence_open": case._portal_opened("evidence"),
            "report_open": case._portal_opened("report"),
            "version": case._current_submission().get(case.id),
            "scans": case._sealed_scans(),
            "paper_counts": case._paper_counts(),
            "intakes": case.intake_ids.filtered(lambda one: not one.is_corrected),
            "can_print": case.env["award.submission"]._can_print(),
        }

    @api.model
    def _portal_indicators(self, application):
        """Everything the page of indicators shows; frame and `_indicator_state`."""
        case = self._portal_case(application)
        case._portal_seen(case, case.indicator_ids)
        Row = case.env["award.indicator"]
        state = case._indicator_state()
        for table in state["tables"]:
            table["open"] = case._portal_opened(f"indicator:{table['code']}")
        return {
            **case._portal_frame(),
            **state,
            "labels": {
                name: Row._fields[name]._description_string(case.env)
                for name in Row._fields
            },
        }

    @api.model
    def _portal_print(self, application):
        """The version in force, or the draft while the application is written.

        :return: award.submission, kept or not
        """
        case = self._portal_case(application)
        Submission = case.env["award.submission"]
        writing = case._portal_open_parts() is None
        version = None if writing else case._current_submission().get(case.id)
        if version:
            case._portal_seen(version)
            return version
        case._portal_seen(case, case.chapter_ids)
        return Submission._draft_of(case)
