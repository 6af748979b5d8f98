from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ReviewCommon

SECRET = ("award.sheet", "award.sheet.line")
CASE_MODELS = (
    "award.submission",
    "award.assignment",
    "award.sheet",
    "award.sheet.line",
    "award.consensus",
    "award.consensus.line",
)


@tagged("post_install", "-at_install")
class TestReviewBlind(ReviewCommon):
    """Exactly who sees what, through every door of the ORM."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cases = cls.cases_at("document_review", 2)
        cls.mine = cls.staffed("甲组", cls.cases[0])
        cls.theirs = cls.staffed("乙组", cls.cases[1])
        for panel in (cls.mine, cls.theirs):
            cls.declare_none(panel)
        cls.lead, cls.user, cls.third = cls.members(cls.mine)
        cls.score(cls.mine, 45, lock=False)
        cls.score(cls.theirs, 70, lock=False)
        cls.own = cls.sheets(cls.mine, cls.user)

    def seen(self, model, user):
        return self.env[model].with_user(user).search([])

    def everything(self, model, panels=None):
        panels = panels or (self.mine | self.theirs)
        paths = {
            "award.sheet.line": "sheet_id.panel_id",
            "award.consensus.line": "consensus_id.panel_id",
        }
        domain = [(paths.get(model, "panel_id"), "in", panels.ids)]
        if model == "award.submission":
            return panels.assignment_ids.submission_id
        return self.env[model].search(domain)

    def lock(self, panel):
        for user in self.members(panel):
            self.sheets(panel, user).with_user(user).action_lock()

    # -- exact sets ----------------------------------------------------------------
    def test_sets_over_time(self):
        mine = self.sheets(self.mine)
        both = mine | self.sheets(self.theirs)
        for model, of in (
            ("award.sheet", lambda sheets: sheets),
            ("award.sheet.line", lambda sheets: sheets.line_ids),
        ):
            with self.subTest(model, when="scoring"):
                self.assertEqual(self.seen(model, self.user), of(self.own))
                for user in (self.office, self.head, self.supervisor):
                    self.assertFalse(self.seen(model, user))
        self.lock(self.mine)
        self.lock(self.theirs)
        for model, of in (
            ("award.sheet", lambda sheets: sheets),
            ("award.sheet.line", lambda sheets: sheets.line_ids),
        ):
            with self.subTest(model, when="locked"):
                self.assertEqual(self.seen(model, self.user), of(self.own))
                self.assertEqual(self.seen(model, self.office), of(both))
                self.assertFalse(self.seen(model, self.supervisor))
        self.open_consensus(self.mine)
        for model, of in (
            ("award.sheet", lambda sheets: sheets),
            ("award.sheet.line", lambda sheets: sheets.line_ids),
        ):
            with self.subTest(model, when="opened"):
                self.assertEqual(self.seen(model, self.user), of(mine))
                self.assertEqual(self.seen(model, self.lead), of(mine))
                self.assertEqual(self.seen(model, self.office), of(both))
                self.assertEqual(self.seen(model, self.supervisor), of(mine))
                for user in self.members(self.theirs):
                    self.assertFalse(self.seen(model, user) & of(mine))

    def test_one_missing_lock_keeps_all_closed(self):
        for user in (self.lead, self.user):
            self.sheets(self.mine, user).with_user(user).action_lock()
        self.assertFalse(self.seen("award.sheet", self.office))
        self.assertEqual(
            self.seen("award.sheet", self.lead).expert_id.user_id, self.lead
        )
        sheet = self.sheets(self.mine, self.third).with_user(self.third)
        sheet.action_lock()
        self.assertEqual(self.seen("award.sheet", self.office), self.sheets(self.mine))

    def test_panel_sets(self):
        """Members see their own panel, case and colleagues, and no other."""
        for model, expected in (
            ("award.panel", self.mine),
            ("award.panel.member", self.mine.member_ids),
            ("award.assignment", self.mine.assignment_ids),
            ("award.submission", self.mine.assignment_ids.submission_id),
            ("award.expert", self.mine.member_ids.expert_id),
            ("award.interest", self.interests(self.mine, self.user)),
        ):
            with self.subTest(model):
                self.assertEqual(self.seen(model, self.user).ids, expected.ids)

    def test_roles_without_review(self):
        """Who has no right on the models is refused outright."""
        for role in ("committee", "approver", "finance", "recommender_sign"):
            for model in SECRET:
                with self.subTest(role, model=model), self.assertRaises(AccessError):
                    self.seen(model, self.roles[role])
        for role in ("committee", "approver", "recommender_sign"):
            with self.assertRaises(AccessError):
                self.seen("award.expert", self.roles[role])

    # -- doors ---------------------------------------------------------------------
    def doors(self, lines):
        """Named reads of score lines; each returns the percentages that came out."""
        model = lines.browse()
        own = [("id", "in", lines.ids)]
        return {
            "read": lambda: [row["percent"] for row in lines.read(["percent"])],
            "web_read": lambda: [
                row["percent"] for row in lines.web_read({"percent": {}})
            ],
            "search_read": lambda: [
                row["percent"] for row in model.search_read(own, ["percent"])
            ],
            "web_search_read": lambda: [
                row["percent"]
                for row in model.web_search_read(own, {"percent": {}})["records"]
            ],
            "export_data": lambda: [
                row[0] for row in lines.export_data(["percent"])["datas"]
            ],
            "export_path": lambda: [
                row[0]
                for row in lines.sudo()
                .sheet_id.sudo(False)
                .export_data(["line_ids/percent"])["datas"]
            ],
            "array_agg": lambda: [
                value
                for row in model.formatted_read_group(own, [], ["percent:array_agg"])
                for value in row["percent:array_agg"] or []
            ],
            "group": lambda: [
                row["percent:max"]
                for row in model.formatted_read_group(
                    own, ["sheet_id"], ["percent:max"]
                )
            ],
            "name_search": lambda: [
                id_ for id_, _name in model.name_search("", own, limit=None)
            ],
            "search_value": lambda: model.search([*own, ("percent", ">", 0)]).ids,
            "mapped": lambda: lines.mapped("percent"),
            "copy_data": lambda: [vals["percent"] for vals in lines.copy_data()],
        }

    def came_out(self, door):
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                return door()
        except AccessError:
            return []

    def test_every_door(self):
        """Each door gives the owner his scores, and a stranger nothing."""
        lines = self.own.line_ids
        export = self.env.ref("base.group_allow_export")
        foreign = {
            "leader": self.lead,
            "other panel": self.members(self.theirs)[0],
            "office": self.office,
            "head": self.head,
            "supervisor": self.supervisor,
            "committee": self.roles["committee"],
        }
        export.user_ids |= self.env["res.users"].union(self.user, *foreign.values())
        for name in self.doors(lines):
            with self.subTest(name, who="owner"):
                door = self.doors(lines.with_user(self.user))[name]
                self.assertTrue(self.came_out(door))
            for who, user in foreign.items():
                with self.subTest(name, who=who):
                    door = self.doors(lines.with_user(user))[name]
                    self.assertEqual(self.came_out(door), [])

    def test_order_and_grouping_of_visible_records(self):
        """Sorting or grouping what one sees tells nothing of what one does not."""
        both = self.cases_at("document_review", 2)
        self.mine.action_assign(self.submissions(both).ids)
        self.declare_none(self.mine, [self.user])
        Submission = self.env["award.submission"].with_user(self.user)
        found = Submission.search([])
        self.assertEqual(len(found), 3)
        for order in ("title", "trade_id", "edition_id", "criteria_id"):
            self.assertEqual(set(Submission.search([], order=order)), set(found))
        for path in ("application_id", "application_id.name"):
            with self.assertRaises(AccessError):
                Submission.search([], order=path)
            with self.assertRaises(AccessError):
                Submission.formatted_read_group([], [path], ["__count"])
        Sheet = self.env["award.sheet"].with_user(self.user)
        groups = Sheet.formatted_read_group([], ["expert_id"], ["__count"])
        self.assertEqual([row["__count"] for row in groups], [3])

    def test_names_are_neutral(self):
        """An error, or a many2one, on a hidden record names nothing of it."""
        title = self.own.title
        for record in (
            self.own,
            self.own.line_ids[0],
            self.interests(self.mine, self.user),
            self.mine.assignment_ids,
        ):
            name = record.with_user(self.members(self.theirs)[0]).sudo().display_name
            self.assertNotIn(title, name)
        expert = self.mine.member_ids[0].sudo().expert_id
        stranger = self.members(self.theirs)[0]
        shown = expert.with_user(stranger).sudo().display_name
        self.assertEqual(shown, f"#{expert.id}")
        self.assertEqual(expert.with_user(self.user).display_name, expert.name)

    def test_personal_data(self):
        """Identity and bank are for finance alone."""
        expert = self.mine.member_ids[0].sudo().expert_id
        expert.write({"identity_number": "510100190001010012", "bank_account": "0"})
        finance = expert.with_user(self.roles["finance"])
        self.assertEqual(finance.identity_number, "510100190001010012")
        for user in (self.office, self.supervisor, self.user):
            for name in ("identity_number", "bank_account"):
                with self.assertRaises(AccessError):
                    expert.with_user(user).read([name])
        with self.assertRaises(AccessError):
            expert.with_user(self.user).read(["phone"])

    # -- recusal -------------------------------------------------------------------
    def recuse(self):
        interest = self.interests(self.mine, self.user)
        interest.with_user(self.user).write({"kind": "employed"})
        interest.with_user(self.user).action_declare()
        return interest

    def test_recusal_closes_the_case_at_once(self):
        self.lock(self.mine)
        self.open_consensus(self.mine)
        for model in CASE_MODELS:
            self.assertTrue(self.seen(model, self.user), model)
        own = self.own.with_user(self.user)
        kept, lines = own.submission_id, own.line_ids
        interest = self.recuse()
        for model in CASE_MODELS:
            with self.subTest(model):
                self.assertFalse(self.seen(model, self.user))
        for record in (own, lines, kept):
            with self.assertRaises(AccessError):
                record.read()
        interest.with_user(self.office).action_confirm()
        for model in CASE_MODELS:
            self.assertFalse(self.seen(model, self.user), model)
        mine = self.sheets(self.mine) - self.own
        self.assertEqual(self.seen("award.sheet", self.lead), mine)

    def test_recused_cannot_score(self):
        own = self.own.with_user(self.user)
        line = own.line_ids[0]
        line.write({"percent": 50})
        interest = self.recuse()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            line.write({"percent": 55})
        with self.assertRefused("case_closed_to_you"):
            own.sudo().action_lock()
        interest.with_user(self.office).action_dismiss("不构成利害关系")
        line.write({"percent": 55})
        own.action_lock()

    def test_suspended_expert_sees_nothing(self):
        self.assertTrue(self.seen("award.sheet", self.user))
        self.own.expert_id.standing = "suspended"
        self.env.invalidate_all()
        for model in CASE_MODELS:
            self.assertFalse(self.seen(model, self.user), model)

    def test_reopened_panel_closes(self):
        self.assertTrue(self.seen("award.sheet", self.user))
        self.mine.with_user(self.head).action_reopen("调整组员")
        for model in CASE_MODELS:
            self.assertFalse(self.seen(model, self.user), model)

    def test_office_counts_without_seeing(self):
        case = self.mine.assignment_ids.with_user(self.office)
        self.assertEqual((case.member_count, case.locked_count), (3, 0))
        self.sheets(self.mine, self.user).with_user(self.user).action_lock()
        case.invalidate_recordset()
        self.assertEqual((case.member_count, case.locked_count), (3, 1))
        status = {row["expert_id"]: row["sheet"] for row in case.sheet_status}
        self.assertEqual(status[self.own.expert_id.id], "locked")
        self.assertEqual(sorted(status.values()), ["draft", "draft", "locked"])
        self.assertNotIn("45", case.status_text)
        with self.assertRaises(AccessError):
            self.mine.assignment_ids.with_user(self.lead).read(["sheet_status"])

    def test_other_agency(self):
        """A second agency's office and experts see nothing of the first."""
        company = self.env["res.company"].create({"name": "Second Agency"})
        office = self._new_user("office_b", "quality_award.group_office", company)
        reviewer = self._new_user("expert_b", "quality_award.group_reviewer", company)
        self.lock(self.mine)
        self.open_consensus(self.mine)
        models = (*CASE_MODELS, "award.panel", "award.expert", "award.interest")
        for model in models:
            with self.subTest(model):
                self.assertTrue(self.seen(model, self.office))
                self.assertFalse(self.seen(model, office))
                self.assertFalse(self.seen(model, reviewer))

    def test_reading_leaves_its_entry(self):
        own = self.own.with_user(self.user)
        with self.assertLogged("award.sheet", own.ids, "read"):
            own.web_read({"title": {}})
        with self.assertLogged("award.sheet", own.ids, "search_read"):
            own.search_read([], ["title"])
