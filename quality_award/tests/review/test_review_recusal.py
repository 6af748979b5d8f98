from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..base.common import Factory, our_models
from .common import ReviewCommon

#: Papers on several cases, and what is only about the award: they name a case and
#: show nothing of its dossier.
OF_SEVERAL = {
    "award.assignment",
    "award.award",
    "award.composite.line",
    "award.consultation.opinion",
    "award.interest",
    "award.list.line",
    "award.notice.proof",
    "award.public.evaluation.line",
    "award.recusal",
}
#: Stay readable, other cases may be theirs too; closed to writing.
READABLE = {"award.applicant", "award.applicant.member"}
#: Blind to the office, closed or not.
BLIND = {"award.defence.score", "award.sheet", "award.sheet.line"}


@tagged("post_install", "-at_install")
class TestReviewRecusal(ReviewCommon):
    """Staff withdraw from a case, too, and are shut out of all that hangs on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.roles["office_second"]
        cls.second_head = cls._new_user("head_b", "quality_award.group_office_head")
        made = Factory(cls.env, cls.company)
        #: A record of each model that closes with its case, by model.
        cls.records = {name: made.one(name) for name in cls.closing()}
        cls.case = cls.records["award.application"]
        cls.other = cls.cases_at("qualification")
        cls.env.invalidate_all()

    @classmethod
    def closing(cls):
        found = our_models(cls.env)
        return [n for n in found if "is_closed_to_me" in cls.env[n]._fields]

    def withdraw(self, user, case=None, **values):
        return self.env["award.recusal"].with_user(user).create(
            {
                "application_id": (case or self.case).id,
                "kind": "family",
                **values,
            }
        )

    def seen(self, user):
        """Models of which the user finds, and can read, the record of the case."""
        self.env.invalidate_all()
        found = set()
        for name, record in self.records.items():
            mine = record.with_user(user)
            by_search = mine.search([("id", "=", record.id)]) == mine
            try:
                by_read = bool(mine.read(["display_name"]))
            except AccessError:
                by_read = False
            self.assertEqual(by_search, by_read, name)
            found |= {name} if by_read else set()
        return found

    # -- closed at once ----------------------------------------------------------------
    def test_staff_withdraw_too(self):
        all_of_it = set(self.records) - BLIND
        self.assertEqual(self.seen(self.office), all_of_it)
        mine = self.withdraw(self.office)
        self.assertEqual(self.seen(self.office), READABLE)
        for user in (self.second, self.head, self.supervisor):
            self.assertLessEqual(all_of_it, self.seen(user))
        other = self.other.with_user(self.office)
        self.assertEqual(other.search([("id", "in", (self.case | other).ids)]), other)
        mine.with_user(self.head).action_confirm()
        self.assertEqual(self.seen(self.office), READABLE)
        mine.with_user(self.head).action_dismiss("同名")
        self.assertEqual(self.seen(self.office), all_of_it)

    def test_every_door(self):
        """Each is first opened by a colleague."""
        case = self.case.with_user(self.second)
        note = "内部意见"
        message = case.message_post(body=note)
        doors = {
            "name": lambda case: case.name_search(self.case.name),
            "search": lambda case: case.search_read([("id", "=", case.id)], ["name"]),
            "group": lambda case: case.formatted_read_group(
                [("id", "=", case.id)], ["name"], ["__count"]
            ),
            "inside": lambda case: case.env["award.letter"].search(
                [("application_id.name", "=", self.case.name)]
            ),
            "messages": lambda case: message.with_user(case.env.user).search(
                [("id", "=", message.id)]
            ),
        }
        acts = {
            "return": (lambda case: case.action_return("请更正"), "refused"),
            "disqualify": (lambda case: case.action_disqualify("理由", "2"), "refused"),
            "write": (lambda case: case.write({"trade_id": False}), "done"),
            "letter": (
                lambda case: case.env["award.letter"].create(
                    {"application_id": case.id, "kind": "result", "subject": "结果"}
                ),
                "done",
            ),
            "check": (
                lambda case: case.env["award.qualification"]
                .browse(self.records["award.qualification"].id)
                .action_decide(),
                "refused",
            ),
        }
        for user, closed in ((self.second, False), (self.office, True)):
            if closed:
                self.withdraw(user)
            for name, door in doors.items():
                with self.subTest(name, user=user.login):
                    self.env.invalidate_all()
                    found = door(self.case.with_user(user))
                    self.assertEqual(bool(found), not closed)
        for name, (act, outcome) in acts.items():
            with self.subTest(name):
                self.assertEqual(self.tried(act, self.second), outcome)
                self.assertEqual(self.tried(act, self.office), "kept out")

    def tried(self, act, user):
        """What an act of a user on the case comes to, undone again."""
        self.env.invalidate_all()
        outcome = "done"
        try:
            with self.env.cr.savepoint() as savepoint:
                act(self.case.with_user(user))
                savepoint.rollback()
        except AccessError:
            outcome = "kept out"
        except UserError:
            outcome = "refused"
        return outcome

    def test_numbers_of_the_edition_stay_whole(self):
        """Who withdrew closes no edition over a case that he does not see."""
        self.withdraw(self.head, self.other)
        edition = self.edition.with_user(self.head)
        self.assertEqual(edition.count_live, 1)
        with self.assertRefused("cases_open") as caught:
            edition.action_close()
        self.assertIn("1 application(s)", str(caught.exception))

    # -- who declares, who decides -------------------------------------------------
    def test_who_declares_for_whom(self):
        with self.assertRefused("only_for_oneself"):
            self.withdraw(self.office, user_id=self.second.id)
        self.withdraw(self.head, user_id=self.office.id)
        self.assertEqual(self.seen(self.office), READABLE)
        for role in ("reviewer", "handling", "supervisor", "committee"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.withdraw(self.roles[role])

    def test_nobody_decides_for_himself(self):
        mine = self.withdraw(self.head)
        for act in (mine.action_confirm, lambda: mine.action_dismiss("无关")):
            with self.assertRefused("own_recusal"):
                act()
        with self.assertRefused("wrong_role"):
            mine.with_user(self.second).action_dismiss("无关")
        with self.assertRefused("reason_missing"):
            mine.with_user(self.second_head).action_dismiss(" ")
        mine.with_user(self.second_head).action_dismiss("无关")
        self.assertEqual(mine.state, "dismissed")
        self.withdraw(self.head)  # a dismissed one does not stand in the way

    def test_what_was_declared_stays(self):
        with self.assertRefused("interest_kind_missing"):
            self.withdraw(self.office, kind="other", note=" ")
        mine = self.withdraw(self.office, kind="other", note="同学")
        self.assertEqual(mine.title, self.case.applicant_id.name)
        with self.assertRaises(AccessError):
            mine.note = "另"
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.withdraw(self.office)

    # -- nothing is forgotten ----------------------------------------------------------
    def test_each_model_of_a_case_closes_with_it(self):
        """What points to a case or to what closes with it closes, or is named."""
        closing = set(self.closing())
        office = self.env["ir.model.access"].with_user(self.office)
        left = {
            name
            for name in our_models(self.env)
            if name not in closing
            and office.check(name, "read", raise_exception=False)
            and (closing - READABLE) & self.pointed_at(name)
        }
        self.assertEqual(left - BLIND, OF_SEVERAL)

    def pointed_at(self, name):
        """Models that stored many2one fields of a model lead to."""
        fields = self.env[name]._fields.values()
        return {f.comodel_name for f in fields if f.type == "many2one" and f.store}

    def test_queries(self):
        """A list costs the office the same with one case and with many."""
        self.withdraw(self.office)
        more = self.cases_at("qualification", 3)
        counts = []
        for cases in (more, self.other, self.other | more, self.case | more):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            listed = cases.with_user(self.office).search_read(
                [("id", "in", cases.ids)], ["name", "state", "stage_id"]
            )
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(listed), len(cases - self.case))
        self.assertEqual(counts[1:], [3] * 3)  # after the first, which fills caches
