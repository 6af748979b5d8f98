from odoo.tests import tagged

from ..common import AwardCommon


@tagged("post_install", "-at_install")
class TestApplicationFlow(AwardCommon):
    """A case from registration to acceptance, by the acts of its people."""

    def test_registration_to_acceptance(self):
        case = self.register()
        self.assertEqual(
            (case.state, case.name, case.stage_id.id), ("draft", "/", False)
        )
        self.submit(case)
        self.assertEqual(
            (case.state, case.name, case.stage_id.kind),
            ("submitted", "3-0001", "recommendation"),
        )
        self.recommend(case)
        self.assertEqual(case.stage_id.kind, "qualification")
        self.qualify(case)
        self.assertEqual(
            (case.state, case.stage_id.kind), ("accepted", "document_review")
        )
        rows = case.case_stage_ids.mapped(lambda r: (r.scheme_stage_id.code, r.state))
        self.assertEqual(
            rows,
            [
                ("submission", "passed"),
                ("recommendation", "passed"),
                ("qualification", "passed"),
                ("document_review", "open"),
            ],
        )
