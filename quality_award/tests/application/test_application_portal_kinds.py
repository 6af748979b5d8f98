import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardHttpCommon
from .common import SUBJECTS, KindsVocabulary


@tagged("post_install", "-at_install")
class TestPortalOfKinds(KindsVocabulary, AwardHttpCommon):
    """The pages of each kind of applicant, as a browser gets them."""

    def _login(self, user):
        self.env.flush_all()
        self.authenticate(user.login, user.login)

    def _post(self, path, data):
        page = self.url_open("/my/award")
        token = re.search(r'csrf_token: "([^"]+)"', page.text).group(1)
        values = {**data, "csrf_token": token}
        return self.url_open(path, data=values, allow_redirects=True)

    def _typed(self, subject, number):
        values = self.values_for(subject, number)
        values["trade_id"] = self.trade.id
        values.pop("trade_code")
        return {k: ("1" if v is True else v) for k, v in values.items()}

    def test_class_is_chosen_first(self):
        user, _number = self._new_applicant()
        self._login(user)
        path = f"/my/award/register/{self.edition.id}"
        page = self.url_open(path)
        for subject in SUBJECTS:
            self.assertIn(f"{path}?class={subject}", page.text)
        self.assertNotIn("class=innovation", page.text)
        self.assertNotIn('name="credit_code"', page.text)
        for subject, field, absent in (
            ("organisation", "credit_code", "identity_number"),
            ("individual", "identity_number", "credit_code"),
            ("team", "organisation_code", "identity_number"),
        ):
            with self.subTest(subject=subject):
                page = self.url_open(f"{path}?class={subject}")
                self.assertIn(f'name="{field}"', page.text)
                self.assertNotIn(f'name="{absent}"', page.text)

    def test_every_kind_by_its_forms(self):
        for subject in SUBJECTS:
            with self.subTest(subject=subject):
                user, number = self._new_applicant()
                self._login(user)
                page = self._post(
                    f"/my/award/register/{self.edition.id}",
                    self._typed(subject, number),
                )
                cases = self.env["award.application"]
                case = cases.search([], order="id desc", limit=1)
                self.assertTrue(page.url.endswith(f"/my/award/{case.id}"))
                self.assertEqual(case.applicant_id.subject, subject)
                chapters = {f"chapter_{code}": code for code in case._chapters()}
                page = self._post(
                    f"/my/award/{case.id}/save", {**chapters, "submit": "1"}
                )
                self.assertEqual((page.status_code, case.state), (200, "submitted"))
                if subject == "individual":
                    number = case.applicant_id.identity_number
                    self.assertNotIn(number, page.text)

    @mute_logger("odoo.http")
    def test_facts_by_their_forms(self):
        case = self.enter("organisation")
        user = self.applicant_of(case)
        self._login(user)
        path = f"/my/award/{case.id}/fact"
        code = self.kinds.requirement_ids.filtered(lambda r: r.kind == "no_incident")
        values = {"kind": "penalty", "code": code[:1].code, "severity": "fine"}
        page = self._post(path, {**values, "note": "<script>x</script>"})
        self.assertEqual(page.status_code, 200)
        fact = case.fact_ids
        self.assertEqual((fact.kind, fact.origin), ("penalty", "applicant"))
        self.assertNotIn("<script>x", page.text)
        page = self._post(path, {**values, "happened_on": "nie"})
        self.assertIn("not possible for", page.text)
        stranger, _number = self._new_applicant()
        self._login(stranger)
        for foreign in (path, f"{path}/{fact.id}/remove"):
            self.assertEqual(self._post(foreign, values).status_code, 404)
        self._login(user)
        self._post(f"{path}/{fact.id}/remove", {})
        self.assertFalse(case.fact_ids)

    def test_transfer_by_its_form(self):
        case = self.recommend(self.submit(self.enter("organisation")))
        target = self.kinds.class_ids.filtered(lambda c: c.code == "innovation")
        transfer = self.env["award.transfer"].create(
            {
                "application_id": case.id,
                "to_class_id": target.id,
                "proposed_by": "评审组",
                "reason": "<b>创新</b>",
            }
        )
        self._login(self.applicant_of(case))
        page = self.url_open(f"/my/award/{case.id}")
        self.assertIn("&lt;b&gt;创新", page.text)
        self._post(f"/my/award/{case.id}/transfer/{transfer.id}", {"answer": "consent"})
        self.assertEqual(transfer.answer, "consent")
