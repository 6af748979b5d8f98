import io

from odoo.exceptions import MissingError
from odoo.tests import TransactionCase, tagged
from odoo.tools.pdf import PdfReader

from odoo.addons.quality_award.models.application.submission import canonical

from .common import KindsVocabulary
from .files import pdf, png, stream

REQUIREMENTS = [
    {"code": "truth", "kind": "declaration", "on_fail": "judge"},
    {"code": "rank", "kind": "rank", "rank_max": 5, "on_fail": "judge"},
]


@tagged("post_install", "-at_install")
class TestApplicationDocuments(KindsVocabulary, TransactionCase):
    """Evidence, commitments, report, indicators; what is handed in of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kinds = cls.new_scheme(
            parameters=[("handling_body_forbidden", None)], requirements=REQUIREMENTS
        )
        cls.edition = cls.open_edition(cls.kinds, term=40)
        cls.case = cls.enter("organisation", user=None)
        cls.door = cls.as_applicant(cls.case)
        cls.result = cls.case._result_items()[:1].number

    def upload(self, kind, *files, part=""):
        taken, refused = self.door._portal_upload(
            self.case.id, kind, part, [stream(*file) for file in files]
        )
        self.assertEqual(refused, [])
        return self.env["award.file"].browse(taken.ids)

    def content(self):
        return self.env["award.submission"]._content_of(self.case)

    def row(self, values, code=None, **more):
        return self.door._portal_save_indicator(
            self.case.id, code or self.result, values, **more
        )

    # -- evidence -----------------------------------------------------------------
    def test_evidence_as_it_is_handed_in(self):
        file = self.upload("evidence", ("证书.pdf", pdf()))
        evidence = self.case.evidence_ids
        codes = list(self.case._chapters())[1:3]
        self.door._portal_save_evidence(
            evidence.id,
            {
                "kind": "certificate",
                "name": "质量管理体系认证证书",
                "issuer": "甲认证中心",
                "valid_from": "2025-01-01",
                "valid_to": "2027-12-31",
                "is_secret": "1",
                "codes": [codes[1], codes[0]],
                "application_id": 1,
                "file_id": 1,
            },
        )
        row = {
            "kind": "certificate",
            "name": "质量管理体系认证证书",
            "issuer": "甲认证中心",
            "from": "2025-01-01",
            "to": "2027-12-31",
            "chapters": codes,
            "secret": True,
            "file": file.sha256,
        }
        self.assertEqual(self.content()["evidence"], [row])
        self.assertEqual(self.content()["files"], {file.sha256: "证书.pdf"})
        self.door._portal_save_evidence(evidence.id, {"kind": "honour"})
        self.assertEqual(
            self.content()["honours"], [{**row, "kind": "honour", "secret": False}]
        )
        self.assertNotIn("evidence", self.content())

    def test_evidence_refused(self):
        self.upload("evidence", ("证书.pdf", pdf()))
        evidence = self.case.evidence_ids
        for values, code in (
            ({"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "days_reversed"),
            ({"valid_from": "tomorrow"}, "value_unknown"),
            ({"kind": "bribe"}, "value_unknown"),
            ({"codes": ["99"]}, "chapter_unknown"),
            ({"name": "x" * 300}, "value_too_long"),
        ):
            with self.subTest(values=values), self.assertRefused(code):
                self.door._portal_save_evidence(evidence.id, values)
        stranger, _number = self._new_applicant()
        door = self.env["award.application"].with_user(stranger)
        for act in (
            lambda: door._portal_save_evidence(evidence.id, {"name": "x"}),
            lambda: door._portal_remove_evidence(evidence.id),
            lambda: door._portal_save_evidence(2**31 - 1, {}),
        ):
            with self.assertRaises(MissingError):
                act()

    def test_evidence_and_its_file_go_together(self):
        file = self.upload("evidence", ("证书.pdf", pdf()))
        with self.assertRefused("file_used"):
            self.door._portal_remove_file(file.id)
        self.door._portal_remove_evidence(self.case.evidence_ids.id)
        self.assertFalse(file.exists())

    # -- commitments ------------------------------------------------------------------
    def test_commitments_keep_text_name_and_time(self):
        texts = [(row["kind"], row["code"]) for row in self.case._commitments()]
        self.assertEqual(texts, [("commitment", "truth"), ("declassification", "")])
        self.door._portal_commit(self.case.id, "commitment", "truth")
        ticked = self.case.commitment_ids
        self.assertEqual(
            (ticked.text, ticked.signed_name, ticked.signed_by_id),
            ("truth", self.door.env.user.name, self.door.env.user),
        )
        self.assertEqual(self.case.fact_ids.mapped("indicator"), ["truth"])
        with self.assertRefused("commitment_ticked"):
            self.door._portal_commit(self.case.id, "commitment", "truth")
        with self.assertRefused("commitment_unknown"):
            self.door._portal_commit(self.case.id, "commitment", "rank")
        self.assertEqual(
            [row["text"] for row in self.content()["commitments"]], ["truth"]
        )
        self.door._portal_uncommit(self.case.id, "commitment", "truth")
        self.assertFalse(self.case.commitment_ids)
        self.assertFalse(self.case.fact_ids)

    def test_statement_needs_its_file(self):
        with self.assertRefused("files_missing"):
            self.door._portal_commit(self.case.id, "declassification", "")
        refused = self.door._portal_commit(
            self.case.id, "declassification", "", [stream("a.pdf", b"<html>")]
        )
        self.assertEqual(len(refused), 1)
        self.assertFalse(self.case.commitment_ids)
        self.door._portal_commit(
            self.case.id, "declassification", "", [stream("脱密审查.pdf", pdf())]
        )
        self.assertEqual(self.case.commitment_ids.file_id.kind, "statement")

    def test_only_signatories_commit(self):
        self.case.applicant_id.member_ids.sudo().can_sign = False
        with self.assertRefused("may_not_sign"):
            self.door._portal_commit(self.case.id, "commitment", "truth")

    def test_proof_of_a_fact(self):
        values = {"kind": "rank", "code": "rank", "rank": "3", "indicator": "产量"}
        self.door._portal_add_fact(self.case.id, values)
        fact = self.case.fact_ids
        refused = self.door._portal_prove(
            self.case.id, fact.id, "rank", [stream("证明.png", png())]
        )
        self.assertEqual((refused, fact.proof_id.name), ([], "证明.png"))
        self.assertEqual(
            self.content()["proofs"],
            [{"fact": fact.display_name, "file": fact.proof_id.sha256}],
        )
        office = self.env["award.fact"].create(
            {"application_id": self.case.id, "kind": "rank", "origin": "office"}
        )
        with self.assertRaises(MissingError):
            self.door._portal_prove(
                self.case.id, office.id, "rank", [stream("a.png", png())]
            )

    # -- the report -----------------------------------------------------------------
    def test_pages_of_the_report_write_items(self):
        titles = self.case._chapters()
        codes = list(titles)
        missing = set(self.case._missing())
        self.assertTrue(set(titles.values()) <= missing)
        with self.assertRefused("report_not_uploaded"):
            self.door._portal_map_pages(self.case.id, {codes[0]: "1"})
        report = self.upload("report", ("自评报告.pdf", pdf(10)))
        self.assertEqual(self.case.report_id, report)
        self.door._portal_map_pages(self.case.id, {codes[0]: "1-2", codes[1]: "4, 6"})
        self.assertEqual(
            missing - set(self.case._missing()), {titles[codes[0]], titles[codes[1]]}
        )
        state = self.case._report_state()
        self.assertEqual(state["in_no_item"], "3, 5, 7-10")
        self.assertEqual(len(state["without"]), len(codes) - 2)
        self.assertEqual(
            self.content()["report"],
            {
                "file": report.id,
                "sha256": report.sha256,
                "count": 10,
                "pages": {codes[0]: [[1, 2]], codes[1]: [[4, 4], [6, 6]]},
            },
        )
        for typed, code in (
            ({codes[0]: "11"}, "page_unknown"),
            ({codes[0]: "x"}, "page_unknown"),
            ({"99": "1"}, "chapter_unknown"),
        ):
            with self.subTest(typed=typed), self.assertRefused(code):
                self.door._portal_map_pages(self.case.id, typed)
        shorter = self.upload("report", ("自评报告.pdf", pdf(4)))
        self.assertEqual(self.case.report_id, shorter)
        self.assertFalse(report.exists())
        self.assertEqual(
            self.case._pages_by_item(), {codes[0]: [[1, 2]], codes[1]: [[4, 4]]}
        )

    def test_submission_with_pages_instead_of_text(self):
        self.upload("report", ("自评报告.pdf", pdf(2)))
        pages = {code: "1-2" for code in self.case._chapters()}
        self.door._portal_map_pages(self.case.id, pages)
        self.assertEqual(self.case._missing(), [])
        self.door._portal_submit(self.case.id)
        version = self.case.submission_ids
        self.assertTrue(self.case.report_id.is_frozen)
        shown = version.content_html
        self.assertEqual(
            shown.count(f"/award/file/{self.case.report_id.id}#page=1"), len(pages)
        )

    # -- indicators -----------------------------------------------------------------
    def test_row_is_kept_exactly(self):
        answer = self.row({"name": "合格率", "unit": "%", "value_1": "98.10"})
        self.assertEqual(answer["revision"], 1)
        answer = self.row(
            {"value_2": "1,098.20", "target": "99"}, row=answer["id"], revision=1
        )
        self.assertEqual(
            (answer["revision"], answer["cells"]),
            (
                2,
                {
                    "name": "合格率",
                    "unit": "%",
                    "value_1": "98.10",
                    "value_2": "1098.20",
                    "value_3": "",
                    "target": "99",
                    "competitor": "",
                    "benchmark": "",
                    "source": "",
                },
            ),
        )
        self.assertIn("<title>合格率 (%)</title>", answer["chart"])
        again = self.row({"target": "99"}, row=answer["id"], revision=1)
        self.assertEqual(again["revision"], 2, "nothing new: no conflict")
        content = self.content()["indicators"]
        table = {"years": ["2023", "2024", "2025"], "rows": [answer["cells"]]}
        self.assertEqual(content, {self.result: table})

    def test_wrong_cells_change_nothing(self):
        answer = self.row({"name": "合格率", "value_1": "1"})
        wrong = self.row(
            {"value_1": "95%", "unit": "x" * 300, "value_2": "7"},
            row=answer["id"],
            revision=1,
        )
        self.assertEqual(wrong["wrong"].keys(), {"value_1", "unit"})
        self.assertEqual(self.case.indicator_ids.value_2, False)

    def test_two_people_on_one_row(self):
        first = self.row({"name": "合格率", "value_1": "1"})
        colleague = self._new_user("t_colleague", "base.group_portal")
        self.case.applicant_id.member_ids.create(
            {"applicant_id": self.case.applicant_id.id, "user_id": colleague.id}
        )
        self.door.with_user(colleague)._portal_save_indicator(
            self.case.id, self.result, {"value_1": "2"}, first["id"], 1
        )
        answer = self.row({"value_1": "3"}, row=first["id"], revision=1)
        self.assertEqual(answer["conflict"]["cells"]["value_1"], "2")
        self.assertEqual(answer["conflict"]["by"], colleague.name)
        self.assertEqual(answer["beside"]["cells"]["value_1"], "3")
        kept = self.content()["indicators"][self.result]["rows"]
        self.assertEqual([row["value_1"] for row in kept], ["2"])
        self.door._portal_choose_indicator(self.case.id, answer["beside"]["id"])
        row = self.case.indicator_ids
        self.assertEqual((row.value_1, row.revision), ("3", 3))

    def test_rows_of_others_and_of_no_item(self):
        mine = self.row({"name": "合格率"})
        with self.assertRefused("file_part_unknown"):
            self.row({"name": "x"}, code="profile")
        stranger = self.enter("organisation")
        door = self.as_applicant(stranger)
        for act in (
            lambda: door._portal_save_indicator(
                self.case.id, self.result, {"name": "x"}
            ),
            lambda: door._portal_save_indicator(
                stranger.id, self.result, {"name": "x"}, mine["id"], 1
            ),
            lambda: door._portal_remove_indicator(stranger.id, mine["id"]),
            lambda: door._portal_choose_indicator(stranger.id, mine["id"]),
        ):
            with self.assertRaises(MissingError):
                act()
        self.assertEqual(self.case.indicator_ids.name, "合格率")

    # -- what readers get ------------------------------------------------------------
    def test_version_without_parts_keeps_its_hash(self):
        """Keys with nothing to say are left out."""
        self.assertEqual(
            self.content().keys(), {"class", "applicant", "profile", "chapters"}
        )
        self.assertNotIn('"files"', canonical(self.content()))

    def test_page_of_a_version(self):
        file = self.upload("evidence", ("证书.pdf", pdf()))
        values = {"name": "<script>1</script>", "is_secret": "1"}
        self.door._portal_save_evidence(self.case.evidence_ids.id, values)
        self.row({"name": "合格率", "value_1": "1", "source": "<img src=x>"})
        self.submit(self.case)
        preview = self.door._portal_preview(self.case.id)
        shown = self.case.submission_ids.content_html
        self.assertEqual(str(preview), str(shown))
        self.assertIn(f'href="/award/file/{file.id}"', shown)
        self.assertIn("Trade Secret", shown)
        self.assertIn('<svg xmlns="http://www.w3.org/2000/svg" role="img"', shown)
        self.assertNotIn("<script>", shown)
        self.assertNotIn("<img", shown)

    def test_query_counts_of_the_page(self):
        """One file or many: the same number of questions."""
        self.upload("evidence", ("1.png", png(1)))
        self.submit(self.case)
        one = self.queries_of_the_page()
        again = self.enter("organisation")
        self.case, self.door = again, self.as_applicant(again)
        self.upload("evidence", *[(f"{n}.png", png(n)) for n in range(12)])
        self.submit(self.case)
        self.assertEqual(self.queries_of_the_page(), one)

    def queries_of_the_page(self):
        self.env.flush_all()
        self.env.invalidate_all()
        version = self.env["award.submission"].browse(self.case.submission_ids.id)
        before = self.env.cr.sql_log_count
        self.assertTrue(version.content_html)
        return self.env.cr.sql_log_count - before

    def test_handling_body_takes_paper_in(self):
        self.recommend(self.submit(self.case))
        entry = self.env["award.intake"].with_user(self.roles["handling"]).create(
            {"version_code": self.case.submission_ids.version_code, "copies": 5}
        )
        self.assertEqual(
            (entry.number, entry.title, entry.sudo().application_id),
            (1, self.case.applicant_id.name, self.case),
        )
        self.assertEqual(self.case.paper_received_at, entry.received_at)
        self.assertEqual(entry.receiver_id, self.roles["handling"])

    # -- the printed version -----------------------------------------------------------
    def test_printed_pages_carry_the_code(self):
        self.upload("report", ("自评报告.pdf", pdf(2)))
        draft = self.door._portal_print(self.case.id)
        pages = self.texts_of(draft._printed())
        self.assertGreater(len(pages), 2)
        self.assertNotIn("DOCTYPE", pages[0])
        for text in pages:
            self.assertIn("草稿", text)
        self.submit(self.case)
        version = self.door._portal_print(self.case.id)
        self.assertEqual(version, self.case.submission_ids)
        pages = self.texts_of(version._printed())
        for number, text in enumerate(pages, 1):
            self.assertIn(version.version_code, text)
            self.assertIn(f"{number} / {len(pages)}", text)
            self.assertNotIn("草稿", text)

    def texts_of(self, data):
        return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]

    def test_without_the_program_the_browser_prints(self):
        self.patch(
            self.env.registry["ir.actions.report"],
            "get_wkhtmltopdf_state",
            lambda self: "install",
        )
        self.submit(self.case)
        version = self.case.submission_ids
        with self.assertRefused("print_missing"):
            version._printed()
        page = str(version._print_page())
        self.assertTrue(page.startswith("<!DOCTYPE html>"))
        self.assertIn(version.version_code, page)
        self.assertIn("<svg", page)
