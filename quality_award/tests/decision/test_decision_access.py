from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DecisionCommon


@tagged("post_install", "-at_install")
class TestDecisionAccess(DecisionCommon):
    """Who sees which lists, scores, letters, senders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.final = cls.until_approval([60000, 59000], cls.committee())
        cls.notice = cls.env["award.notice"].search([])
        cls.objection = cls.env["award.objection"].create(
            {
                "notice_id": cls.notice.id,
                "application_id": cls.final.line_ids.application_id[:1].id,
                "sender_name": "李某",
                "statement": "数据不实。",
            }
        )

    def kinds(self, user):
        return set(self.env["award.list"].with_user(user).search([]).mapped("kind"))

    def test_lists_by_role(self):
        everything = {"recommended", "candidate", "proposed", "final"}
        table = [
            (self.office, everything),
            (self.roles["supervisor"], everything),
            (self.committee_user, {"candidate", "proposed", "final"}),
            (self.approver, set()),
        ]
        for user, kinds in table:
            with self.subTest(user=user.login):
                self.assertEqual(self.kinds(user), kinds)
                lines = self.env["award.list.line"].with_user(user).search([])
                self.assertEqual(set(lines.list_id.mapped("kind")), kinds)
        self.submitted_approval(self.final)
        self.assertEqual(self.kinds(self.approver), {"final"})
        for role in ("reviewer", "deliberator", "observer", "finance", "handling"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.kinds(self.roles[role])

    def test_approver_sees_no_score(self):
        self.submitted_approval(self.final)
        line = self.final.line_ids[:1]
        self.assertEqual(
            line.with_user(self.committee_user).read(["score_text"])[0]["score_text"],
            "600.00",
        )
        for name in ("score_text", "score_exact"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                line.with_user(self.approver).read([name])
            with self.subTest(search=name), self.assertRaises(AccessError):
                self.env["award.list.line"].with_user(self.approver).search(
                    [(name, "!=", False)]
                )

    def test_letters_and_senders(self):
        letter = self.env["award.consultation"].search([], limit=1)
        secret = [
            (letter, ["reply_number"]),
            (letter.opinion_ids[:1], ["evidence"]),
            (self.objection, ["sender_name"]),
            (self.objection, ["statement"]),
        ]
        for record, names in secret:
            for user in (self.office, self.roles["supervisor"]):
                record.with_user(user).read(names)
            for user in (self.committee_user, self.approver, self.roles["finance"]):
                with self.subTest(model=record._name, user=user.login):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(names)

    def test_approver_sees_submitted_approvals_only(self):
        approval = self.env["award.approval"].create(
            {"edition_id": self.edition.id, "list_id": self.final.id}
        )
        mine = self.env["award.approval"].with_user(self.approver)
        self.assertEqual(mine.search_count([]), 0)
        approval.with_user(self.head).action_submit()
        self.assertEqual(mine.search([]), approval)

    def test_two_agencies(self):
        other = self.env["res.company"].create({"name": "乙市", "currency_id": 1})
        stranger = self._new_user("t_other", "quality_award.group_office_head", other)
        for model in ("list", "consultation", "meeting", "notice", "approval"):
            with self.subTest(model=model):
                self.assertEqual(
                    self.env[f"award.{model}"].with_user(self.office).search_count([])
                    > 0,
                    model != "approval",
                )
                self.assertEqual(
                    self.env[f"award.{model}"].with_user(stranger).search_count([]), 0
                )
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.final.with_user(stranger).action_send_back("x")

    def test_queries_do_not_grow_with_the_lines(self):
        """The predicate, the moves and the counts: as many queries for 1 as for all."""
        lists = self.env["award.list"].with_user(self.committee_user)
        names = ["is_open_to_me", "allowed_moves", "in_count", "out_count"]
        counts = []
        everything = lists.search([])
        self.assertGreater(len(everything), 1)
        for records in (everything, everything[-1:], everything):  # the first warms
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.fetch(["state", "kind"])
            for name in names:
                records.mapped(name)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1:], [12, 12])

    def test_reads_are_logged(self):
        line = self.final.line_ids[:1]
        with self.assertLogged("award.list.line", line.ids):
            line.with_user(self.committee_user).read(["title"])
        with self.assertLogged("award.objection", self.objection.ids):
            self.objection.with_user(self.office).read(["statement"])

    def test_views_open_for_each_role(self):
        """Every form and list renders for those who have a menu to it."""
        table = {
            "award.list": (self.office, self.committee_user, self.approver),
            "award.consultation": (self.office,),
            "award.committee": (self.office, self.committee_user),
            "award.meeting": (self.office, self.committee_user),
            "award.notice": (self.office, self.committee_user, self.approver),
            "award.objection": (self.office,),
            "award.approval": (self.office, self.approver),
            "award.award": (self.office, self.roles["finance"]),
            "award.prize": (self.office, self.roles["finance"]),
            "award.obligation": (self.office, self.roles["finance"]),
        }
        self.submitted_approval(self.final)
        for model, users in table.items():
            for user in (*users, self.roles["supervisor"]):
                with self.subTest(model=model, user=user.login):
                    views = (
                        self.env[model]
                        .with_user(user)
                        .get_views(
                            [(False, "form"), (False, "list"), (False, "search")]
                        )
                    )
                    names = set(views["models"][model]["fields"])
                    found = self.env[model].with_user(user).search([])
                    shown = [n for n in names if n in found._fields]
                    found.web_read({name: {} for name in shown})
