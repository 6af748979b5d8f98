from lxml import etree

from odoo.tests import tagged

from .common import ReviewCommon

MENUS = (
    "menu_my_undertakings menu_my_declarations menu_panels menu_declarations "
    "menu_undertakings menu_expert_pool menu_my_sheets menu_assignments menu_sheets "
    "menu_consensus menu_panel_reports menu_visits menu_my_defence_scores "
    "menu_defences menu_composites menu_ranking"
).split()
#: role -> menus of experts and review that it has
SEEN = {
    "office": "menu_panels menu_declarations menu_undertakings menu_expert_pool "
    "menu_assignments menu_sheets menu_consensus menu_panel_reports menu_visits "
    "menu_defences menu_composites menu_ranking",
    "supervisor": "menu_panels menu_declarations menu_undertakings menu_expert_pool "
    "menu_assignments menu_sheets menu_consensus menu_panel_reports menu_visits "
    "menu_defences menu_composites menu_ranking",
    "leader": "menu_my_undertakings menu_my_declarations menu_panels menu_my_sheets "
    "menu_assignments menu_consensus menu_panel_reports menu_visits",
    "deliberator": "menu_my_undertakings menu_my_declarations menu_my_defence_scores "
    "menu_defences",
    "observer": "menu_my_undertakings",
    "committee": "menu_composites menu_ranking",
    "finance": "menu_expert_pool",
    "approver": "",
    "recommender_sign": "",
}


@tagged("post_install", "-at_install")
class TestReviewDesks(ReviewCommon):
    """Every desk opens for its role, with data in it, and for no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review")
        cls.panel = cls.reviewed("甲组", cls.cases)
        cls.users = {**cls.roles, "leader": cls.leader(cls.panel)}
        composite = cls.env["award.composite"].with_user(cls.office)
        composite.create(
            {
                "edition_id": cls.edition.id,
                "class_id": cls.award_class.id,
                "phase": "document",
            }
        ).action_compute().action_freeze()

    def menu(self, name):
        return self.env.ref(f"quality_award.{name}")

    def test_menus(self):
        for role, names in SEEN.items():
            with self.subTest(role):
                visible = self.env["ir.ui.menu"].with_user(self.users[role])
                visible = visible._visible_menu_ids()
                found = {name for name in MENUS if self.menu(name).id in visible}
                self.assertEqual(found, set(names.split()))

    def specification(self, arch, model):
        """What the web client would ask for to show `arch`."""
        spec = {}
        for node in arch.iter("field"):
            if any(parent.tag == "field" for parent in node.iterancestors()):
                continue
            field = model._fields[node.get("name")]
            below = [child for child in node if child.tag in {"list", "form"}]
            if below:
                comodel = self.env[field.comodel_name]
                inner = self.specification(below[0], comodel)
                spec[field.name] = {"fields": inner}
            elif field.type == "many2one":
                spec[field.name] = {"fields": {"display_name": {}}}
            else:
                spec[field.name] = {}
        return spec

    def open_desk(self, user, action):
        model = self.env[action.res_model].with_user(user)
        modes = [mode for mode in action.view_mode.split(",") if mode != "calendar"]
        listed = action.view_id.id if action.view_id else False
        views = model.get_views(
            [(listed if mode == "list" else False, mode) for mode in modes]
        )["views"]
        counts = []
        for mode in modes:
            arch = etree.fromstring(views[mode]["arch"])
            spec = self.specification(arch, model)
            self.env.invalidate_all()
            counts.append(model.web_search_read([], spec, limit=80)["length"])
        return counts

    def test_every_desk_opens(self):
        for role, names in SEEN.items():
            for name in names.split():
                with self.subTest(role, menu=name):
                    counts = self.open_desk(self.users[role], self.menu(name).action)
                    self.assertEqual(len(set(counts)), 1)

    def test_desks_are_filled(self):
        for role, name, count in (
            ("leader", "menu_my_sheets", 3),
            ("leader", "menu_my_declarations", 1),
            ("leader", "menu_assignments", 1),
            ("leader", "menu_consensus", 1),
            ("leader", "menu_panel_reports", 1),
            ("office", "menu_sheets", 3),
            ("supervisor", "menu_consensus", 1),
            ("committee", "menu_ranking", 1),
        ):
            with self.subTest(role, menu=name):
                counts = self.open_desk(self.users[role], self.menu(name).action)
                self.assertEqual(set(counts), {count})
