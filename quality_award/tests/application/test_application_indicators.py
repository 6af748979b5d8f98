from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardHttpCommon

TOKENS = [f"{n:032x}" for n in range(3)]


@tagged("post_install", "-at_install")
class TestApplicationIndicators(AwardHttpCommon):
    """Rows of the indicator tables: over HTTP, as the page keeps them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.owner = cls.applicant_of(cls.case)
        cls.colleague, _number = cls._new_applicant()
        cls.env["award.applicant.member"].create(
            {"applicant_id": cls.case.applicant_id.id, "user_id": cls.colleague.id}
        )
        cls.code, cls.other_code = cls.case._result_items()[:2].mapped("number")

    def setUp(self):
        super().setUp()
        self._login(self.owner)

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _save(self, cells, code=None, **sent):
        path = f"/my/award/{self.case.id}/indicator/{code or self.code}/save"
        return self.make_jsonrpc_request(path, {"values": cells, **sent})

    def _assert_not_found(self, code=None, **sent):
        answer = self.url_open(
            f"/my/award/{self.case.id}/indicator/{code or self.code}/save",
            json={"jsonrpc": "2.0", "params": {"values": {"name": "乙"}, **sent}},
        ).json()
        self.assertEqual(answer["error"]["code"], 404)

    def _drop(self, row, revision):
        path = f"/my/award/{self.case.id}/indicator/row/{row}/drop"
        return self.make_jsonrpc_request(path, {"revision": revision})

    def _kept(self):
        """What the database holds: name, value and revision, and beside which row."""
        self.env.invalidate_all()
        return [
            (row.name, row.value_1 or "", row.revision, row.beside_id.name or "")
            for row in self.case.indicator_ids.sorted("id")
        ]

    def _changed_by_colleague(self, value):
        """A row at revision 1 for its owner, changed meanwhile."""
        first = self._save({"name": "甲", "value_1": "1"}, token=TOKENS[0])
        self._login(self.colleague)
        self._save({"value_1": value}, row=first["id"], revision=1, token=TOKENS[1])
        self._login(self.owner)
        return first["id"]

    # -- rows that a page makes -----------------------------------------------------
    def test_asked_twice_a_row_is_made_once(self):
        first = self._save({"name": "甲"}, token=TOKENS[0])
        self.assertEqual(self._save({"name": "甲"}, token=TOKENS[0]), first)
        self.assertEqual(self._kept(), [("甲", "", 1, "")])
        self._save({"name": "甲"}, token=TOKENS[1])
        self.assertEqual(self._kept(), [("甲", "", 1, "")] * 2)

    def test_what_is_no_token_makes_rows(self):
        for token in (None, "", "x", 7, TOKENS[0].upper() + "g", TOKENS[0] + "0"):
            self._save({"name": "甲"}, token=token)
        self.assertEqual(self._kept(), [("甲", "", 1, "")] * 6)

    @mute_logger("odoo.http")
    def test_token_of_another_item_is_not_found(self):
        self._save({"name": "甲"}, token=TOKENS[0])
        self._assert_not_found(code=self.other_code, token=TOKENS[0])
        self.assertEqual(self._kept(), [("甲", "", 1, "")])

    def test_page_goes_on_with_what_it_never_heard_of(self):
        """The answer was lost: the page is no stranger to its own row."""
        sent = {"name": "甲", "value_1": "1,000"}
        made = self._save(sent, token=TOKENS[0])
        more = {**sent, "value_1": "2"}
        again = self._save(more, token=TOKENS[0], unheard=sent)
        self.assertEqual((again["id"], again["revision"]), (made["id"], 2))
        most = {**sent, "value_1": "3"}
        where = {"row": made["id"], "token": TOKENS[1]}
        last = self._save(most, revision=1, unheard=more, **where)
        self.assertEqual((last["id"], last["revision"]), (made["id"], 3))
        self.assertEqual(self._kept(), [("甲", "3", 3, "")])
        other = self._save({"value_1": "4"}, revision=1, unheard=more, **where)
        self.assertEqual(other["conflict"]["cells"]["value_1"], "3")

    def test_row_of_a_lost_answer_changed_by_a_colleague(self):
        """The page's own token does not make it overwrite him."""
        sent = {"name": "甲", "value_1": "1"}
        made = self._save(sent, token=TOKENS[0])
        self._login(self.colleague)
        self._save({"value_1": "2"}, row=made["id"], revision=1, token=TOKENS[1])
        self._login(self.owner)
        for value in ("3", "4"):
            more = {**sent, "value_1": value}
            answer = self._save(more, token=TOKENS[0], unheard=sent)
            self.assertEqual(answer["conflict"]["by"], self.colleague.name)
        self.assertEqual(self._kept(), [("甲", "2", 2, ""), ("甲", "4", 2, "甲")])
        self._save({"value_1": "4"}, row=made["id"], revision=2, token=TOKENS[0])
        self.assertEqual(self._kept(), [("甲", "4", 3, "")])

    def test_no_more_rows_than_there_may_be(self):
        items = len(self.case._result_items())
        self.patch_rows_max(1)
        for n in range(items):
            self._save({"name": str(n)}, token=f"{n + 10:032x}")
        refused = self._save({"name": "x"}, token=TOKENS[0])
        self.assertEqual(refused.keys(), {"refused"})
        self.assertIn("id", self._save({"name": "0"}, token=f"{10:032x}"))
        self.assertEqual(len(self._kept()), items)

    def patch_rows_max(self, most):
        module = "odoo.addons.quality_award.models.application.indicator.ROWS_MAX"
        self.startPatcher(patch(module, most))

    # -- two versions ---------------------------------------------------------------
    def test_version_kept_beside_is_one_and_goes_when_chosen(self):
        row = self._changed_by_colleague("2")
        mine = {"row": row, "revision": 1, "token": TOKENS[2]}
        for value in ("3", "4"):
            conflict = self._save({"value_1": value}, **mine)["conflict"]
            self.assertEqual(
                (conflict["revision"], conflict["cells"]["value_1"], conflict["by"]),
                (2, "2", self.colleague.name),
            )
        self.assertEqual(self._kept(), [("甲", "2", 2, ""), ("甲", "4", 2, "甲")])
        page = self.url_open(f"/my/award/{self.case.id}/indicators").text
        self.assertIn(f'data-token="{TOKENS[2]}"', page)
        self.assertIn('<svg xmlns="http://www.w3.org/2000/svg" role="img"', page)
        self._save({"value_1": "4"}, **{**mine, "revision": 2})
        self.assertEqual(self._kept(), [("甲", "4", 3, "")])

    def test_their_version_chosen(self):
        row = self._changed_by_colleague("2")
        mine = {"row": row, "token": TOKENS[2]}
        self._save({"value_1": "3"}, revision=1, **mine)
        answer = self._save({"value_1": "2"}, revision=2, **mine)
        self.assertEqual(answer["revision"], 2)
        self.assertEqual(self._kept(), [("甲", "2", 2, "")])

    def test_versions_of_others_stay_beside(self):
        row = self._changed_by_colleague("2")
        self._save({"value_1": "3"}, row=row, revision=1, token=TOKENS[2])
        self._save({"value_1": "5"}, row=row, revision=2, token=TOKENS[1])
        self.assertEqual(self._kept(), [("甲", "5", 3, ""), ("甲", "3", 1, "甲")])

    # -- rows that are removed ------------------------------------------------------
    def test_row_changed_meanwhile_is_not_removed(self):
        row = self._changed_by_colleague("2")
        conflict = self._drop(row, 1)["conflict"]
        self.assertEqual(
            (conflict["cells"]["value_1"], conflict["by"]), ("2", self.colleague.name)
        )
        self.assertEqual(self._kept(), [("甲", "2", 2, "")])
        self.assertEqual(self._drop(row, 2), {"removed": True})
        self.assertEqual(self._kept(), [])

    def test_version_beside_a_removed_row_stays(self):
        row = self._changed_by_colleague("2")
        self._save({"value_1": "3"}, row=row, revision=1, token=TOKENS[2])
        self._login(self.colleague)
        self._drop(row, 2)
        self.assertEqual(self._kept(), [("甲", "3", 1, "")])
        self._login(self.owner)
        self._save({"name": "甲", "value_1": "3"}, token=TOKENS[2])
        self.assertEqual(self._kept(), [("甲", "3", 1, "")], "kept once")

    @mute_logger("odoo.http")
    def test_removed_row_is_not_found(self):
        row = self._save({"name": "甲"}, token=TOKENS[0])["id"]
        self._drop(row, 1)
        self._assert_not_found(row=row, revision=1, token=TOKENS[1])
        self.assertEqual(self._kept(), [])
