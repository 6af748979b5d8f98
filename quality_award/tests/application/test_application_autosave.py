from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardHttpCommon


@tagged("post_install", "-at_install")
class TestAutosave(AwardHttpCommon):
    """What the pages keep by themselves: over HTTP, as the pages do it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.register()
        cls.owner = cls.applicant_of(cls.case)
        cls.stranger = cls.applicant_of(cls.register())
        cls.colleague, _number = cls._new_applicant()
        cls.env["award.applicant.member"].create(
            {"applicant_id": cls.case.applicant_id.id, "user_id": cls.colleague.id}
        )

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _save(self, revision, code="4.1.2", case=None, **values):
        path = f"/my/award/{(case or self.case).id}/chapter/{code}/save"
        return self.make_jsonrpc_request(path, {"revision": revision, **values})

    def _chapter(self, code="4.1.2"):
        self.env.invalidate_all()
        return self.case.chapter_ids.filtered(lambda c: c.code == code)

    def test_first_and_next_save(self):
        self._login(self.owner)
        first = self._save(0, html="<p>甲 乙</p><p>丙</p>")
        self.assertEqual(
            (first["revision"], first["length"], first["lost"]), (1, 3, [])
        )
        kept = self._chapter()
        self.assertEqual((kept.text, kept.html), ("甲 乙\n丙", False))
        again = self._save(1, html="<p>甲 乙</p><p>丙</p>")
        self.assertEqual(again["revision"], 1, "the same text is no change")
        table = "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
        third = self._save(1, html=f"<p onclick='x'>甲</p>{table}<script>x</script>")
        self.assertEqual((third["revision"], third["length"]), (2, 3))
        self.assertEqual(self._chapter().html, f"<p>甲</p>{table}")
        self.assertEqual(self._chapter().text, "甲\n1\t2")
        self.assertEqual(self._chapter().saved_by_id, self.owner)

    def test_who_comes_second_loses_nothing(self):
        self._login(self.owner)
        self._save(0, html="<p>一</p>")
        self._login(self.colleague)
        self.assertEqual(self._save(1, html="<p>一</p><p>二</p>")["revision"], 2)
        self._login(self.owner)
        answer = self._save(1, html="<p>一</p><p>三</p>")
        conflict = answer["conflict"]
        self.assertEqual(
            (conflict["revision"], conflict["by"], conflict["html"]),
            (2, self.colleague.name, "<p>一</p><p>二</p>"),
        )
        self.assertEqual(
            conflict["differences"], [["equal", "一", "一"], ["replace", "二", "三"]]
        )
        self.assertEqual(self._chapter().text, "一\n二")
        copy = self._chapter().copy_ids
        self.assertEqual((copy.text, copy.written_by_id), ("一\n三", self.owner))
        # he goes on typing: the same copy follows
        self._save(1, html="<p>一</p><p>三三</p>")
        self.assertEqual(self._chapter().copy_ids.mapped("text"), ["一\n三三"])
        page = self.url_open(f"/my/award/{self.case.id}/chapter/4.1.2").text
        self.assertIn("三三", page)
        chosen = self._save(conflict["revision"], html="<p>一</p><p>二</p><p>三三</p>")
        self.assertEqual(chosen["revision"], 3)
        dropped = self.make_jsonrpc_request(
            f"/my/award/{self.case.id}/copy/{copy.id}/drop", {}
        )
        self.assertEqual(dropped, {"dropped": True})
        self.assertFalse(self._chapter().copy_ids)

    def test_too_long_is_kept_and_refused_when_handed_in(self):
        self._login(self.owner)
        answer = self._save(0, code="profile", html=f"<p>{'长' * 50_001}</p>")
        self.assertEqual((answer["length"], answer["most"]), (50_001, 50_000))
        self.assertEqual(len(self._chapter("profile").text), 50_001)
        refused = self._save(1, code="profile", html=f"<p>{'长' * 200_001}</p>")
        self.assertIn("200001 characters", refused["refused"])
        self.assertEqual(len(self._chapter("profile").text), 50_001)
        rest = {c: "正文" for c in self.case._chapters() if c != "profile"}
        me = self.as_applicant(self.case)
        me._portal_save(self.case.id, rest)
        with self.assertRefused("chapter_too_long"):
            me._portal_submit(self.case.id)

    def test_bad_input_gets_words(self):
        self._login(self.owner)
        self.assertIn("no chapter", self._save(0, code="9.9", html="x")["refused"])
        for revision in (None, "x", -1, 2**40, 1.5, [], {}):
            with self.subTest(revision=revision):
                self._save(0, html="<p>一</p>")
                answer = self._save(revision, html=f"<p>{revision}</p>")
                self.assertIn("conflict", answer)
                self.assertEqual(self._chapter().text, "一")
        self.assertEqual(self._save(1, text="\x00甲\ud800")["revision"], 2)
        self.assertEqual(self._chapter().text, "甲")
        lost = self._save(2, html='<p>乙<img src="https://x/y.png"></p>')
        self.assertEqual((lost["lost"], self._chapter().text), (["picture"], "乙"))

    def test_what_was_handed_in_stays(self):
        self.submit(self.case)
        self._login(self.owner)
        self.assertIn("handed in", self._save(1, html="<p>neu</p>")["refused"])
        field = f"/my/award/{self.case.id}/field/address/save"
        answer = self.make_jsonrpc_request(field, {"value": "neu", "was": ""})
        self.assertIn("handed in", answer["refused"])

    def test_fields_of_the_form(self):
        self._login(self.owner)

        def save(name, value, was=None):
            path = f"/my/award/{self.case.id}/field/{name}/save"
            return self.make_jsonrpc_request(path, {"value": value, "was": was})

        applicant = self.case.applicant_id
        before = applicant.address or ""
        self.assertEqual(save("address", "甲路1号", before)["value"], "甲路1号")
        self.assertEqual(
            save("address", "乙路2号", before), {"conflict": {"value": "甲路1号"}}
        )
        self.assertEqual(applicant.address, "甲路1号")
        self.assertEqual(save("address", "乙路2号", "甲路1号")["value"], "乙路2号")
        self.assertIn("not possible", save("size", "huge", applicant.size)["refused"])
        for name in ("credit_code", "state", "company_id", "x", "fingerprint"):
            with self.subTest(name=name):
                self.assertIn("no field", save(name, "x", "")["refused"])

    @mute_logger("odoo.http")
    def test_strangers_find_nothing(self):
        paths = (
            "chapter/4.1.2/save", "field/address/save", "clean", "copy/1/drop",
        )
        for user, status in ((self.owner, 200), (self.stranger, 404)):
            self._login(user)
            for path in paths:
                with self.subTest(path=path, status=status):
                    answer = self.url_open(
                        f"/my/award/{self.case.id}/{path}",
                        json={"jsonrpc": "2.0", "method": "call", "params": {}},
                    ).json()
                    code = answer.get("error", {}).get("code", 200)
                    self.assertEqual(code, status)

    def test_a_save_is_cheap(self):
        """As many statements with all chapters written as with the first."""
        me = self.as_applicant(self.case)
        me._portal_autosave(self.case.id, "4.1.2", 0, html="<p>一</p>")
        counts = []
        for _round in range(2):
            revision = self._chapter().revision
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            html = f"<p>{_round}</p>"
            me._portal_autosave(self.case.id, "4.1.2", revision, html=html)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            me._portal_save(self.case.id, {c: "正文" for c in self.case._chapters()})
        self.assertEqual(counts[0], counts[1])
