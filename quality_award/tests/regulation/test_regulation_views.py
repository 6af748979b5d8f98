"""What people see: clauses with what they drive, figures in words, menus by role."""

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import LAYER, RegulationCase


@tagged("post_install", "-at_install")
class TestRegulationViews(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme = cls.schemes._import_shipped(LAYER)
        cls.reader = cls.user("regulation_reader", "quality_award.group_reviewer")

    def clause(self, code):
        return self.scheme.clause_ids.filtered(lambda c: c.code == code)

    def test_a_clause_shows_what_it_drives(self):
        clause = self.clause("12-7")
        self.assertEqual(clause.stage_ids.code, "site_visit")
        self.assertEqual(
            set(clause.parameter_ids.mapped("code")),
            {"site_days_min", "site_days_max", "site_days_soft"},
        )
        self.assertIn("Site Visit", clause.drives_text)
        self.assertIn("Days on site at least: 3", clause.drives_text)
        self.assertEqual(self.clause("12-3").clock_rule_ids.code, "recommendation")
        self.assertEqual(
            self.clause("11-1").requirement_ids.mapped("kind"),
            ["years_registered", "legal_person"],
        )
        self.assertIn("No handling body", self.clause("23").drives_text)
        self.assertFalse(self.clause("24").drives_text)

    def test_figures_in_words(self):
        shown = {p.code: p.value_text for p in self.scheme.parameter_ids}
        for code, expected in {
            "threshold": "500.00 points",
            "weight_document": "40 %",
            "prize_amount": "1,000,000 yuan",
            "panel_odd": "Yes",
            "fill_up": "No",
            "vote_pass": "two thirds",
            "quota_max": "6",
        }.items():
            with self.subTest(code=code):
                self.assertEqual(shown[code], expected)

    def test_every_word_of_the_catalogue_has_a_label(self):
        from odoo.addons.quality_award.models.regulation.figures import WORDS
        from odoo.addons.quality_award.rules.parameters import CATALOG
        from odoo.addons.quality_award.rules.values import words_of

        words = {
            word
            for parameter in CATALOG.values()
            for word in words_of(parameter.kind)
        }
        self.assertEqual(words, set(WORDS))

    def test_forms_open_for_readers_and_editors(self):
        for user in (self.reader, self.admin):
            for record in (
                self.scheme,
                self.clause("12-7"),
                self.scheme.class_ids.criteria_id,
                self.env["award.calendar.year"].search([], limit=1),
            ):
                with self.subTest(user=user.login, model=record._name):
                    self.assertEqual(Form(record.with_user(user)).id, record.id)

    def test_readers_cannot_write(self):
        for record in (self.scheme, self.clause("5"), self.scheme.stage_ids[0]):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.reader).write({"code": "x"})
        with self.assertRaises(AccessError):
            self.env["award.scheme.import"].with_user(self.reader).create({})

    def test_menus(self):
        def visible(user):
            menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            names = ["menu_regulation_schemes", "menu_configuration_import"]
            return [self.env.ref(f"quality_award.{name}").id in menus for name in names]

        self.assertEqual(visible(self.reader), [True, False])
        self.assertEqual(visible(self.admin), [True, True])

    def test_display_names_follow_the_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        chinese = self.clause("12-6").with_context(lang="zh_CN")
        self.assertEqual(chinese.display_name, "第十二条第(六)项")
        self.assertEqual(self.clause("12-6").display_name, "Art. 12(6)")
        self.assertTrue(self.scheme.display_name.endswith("(2014)"))

    def test_clauses_are_shown_without_a_query_each(self):
        ids = self.scheme.clause_ids.ids
        self.assertEqual(len(ids), 80)
        counts = []
        for some in (self.scheme.clause_ids.browse(n) for n in (ids[:1], ids)):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("drives_text")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 6)
