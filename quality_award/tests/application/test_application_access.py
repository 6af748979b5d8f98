import hashlib

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.quality_award.models.application.submission import canonical

from ..common import AwardCommon


@tagged("post_install", "-at_install")
class TestApplicationAccess(AwardCommon):
    """Who sees what; each attack is first made by someone for whom it succeeds."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._new_recommender("乙区", "other")
        cls.case = cls.cases_at("recommendation")
        cls.foreign = cls.cases_at("recommendation", recommender_id=cls.other.id)

    def _seen(self, model, user, ids):
        found = self.env[model].with_user(user).search([("id", "in", ids)])
        return sorted(found.ids)

    def test_recommender_sees_what_is_addressed_to_it(self):
        opinions = (self.case | self.foreign).recommendation_ids
        versions = (self.case | self.foreign).submission_ids
        for user, index in (("recommender_sign", 0), ("other_prepare", 1)):
            person = self.roles[user]
            for records in (opinions, versions):
                with self.subTest(user=user, model=records._name):
                    self.assertEqual(
                        self._seen(records._name, self.roles["office"], records.ids),
                        sorted(records.ids),
                    )
                    self.assertEqual(
                        self._seen(records._name, person, records.ids),
                        [records[index].id],
                    )
                    hidden = records[1 - index].with_user(person)
                    with self.assertRaises(AccessError):
                        hidden.read(["company_id"])

    def test_recommender_acts_on_its_own_only(self):
        hidden = self.foreign.recommendation_ids
        person = self.roles["recommender_prepare"]
        for act in (
            lambda: hidden.with_user(person).write({"opinion": "x"}),
            lambda: hidden.with_user(person).action_return("x"),
            lambda: hidden.with_user(person).action_prepare(),
        ):
            with self.assertRaises(AccessError):
                act()
        with self.assertRefused("wrong_role"):
            hidden.with_user(person).sudo().action_prepare()

    def test_recommender_does_not_see_the_office_case(self):
        person = self.roles["recommender_sign"]
        opinion = self.case.recommendation_ids.with_user(person)
        for model in (
            "award.application",
            "award.case.stage",
            "award.chapter",
            "award.qualification",
            "award.supplement",
            "award.letter",
            "award.applicant",
        ):
            self.env[model].with_user(self.roles["office"]).search([], limit=1)
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(person).search([], limit=1)
        for records in (opinion, opinion.submission_id):
            with self.assertRaises(AccessError):
                records.read(["application_id"])
            with self.assertRaises(AccessError):
                records.search([("application_id.name", "=", "3-0001")])
        self.assertNotIn("3-0001", opinion.display_name)
        with self.assertRaises(AccessError):
            self.edition.with_user(person).read(["application_ids"])
        with self.assertRaises(AccessError):
            self.edition.with_user(person).read(["count_submitted"])

    def test_messages_of_the_case(self):
        opinion = "内部意见"
        self.case.with_user(self.roles["office"]).message_post(body=opinion)
        domain = [("model", "=", "award.application"), ("res_id", "in", self.case.ids)]
        Message = self.env["mail.message"]
        self.assertTrue(Message.with_user(self.roles["office"]).search(domain))
        for person in (self.roles["recommender_sign"], self.applicant_of(self.case)):
            self.assertFalse(Message.with_user(person).search(domain))
        self.assertFalse(self.case.message_partner_ids)
        authors = self.case.message_ids.author_id
        self.assertNotIn(self.applicant_of(self.case).partner_id, authors)

    def test_people_of_recommenders(self):
        members = (self.recommender | self.other).member_ids
        own = self.recommender.member_ids.filtered("can_sign")
        person = self.roles["recommender_sign"]
        self.assertEqual(
            self._seen(members._name, self.roles["office"], members.ids),
            sorted(members.ids),
        )
        self.assertEqual(self._seen(members._name, person, members.ids), own.ids)

    def test_reads_leave_entries(self):
        opinion = self.case.recommendation_ids.with_user(self.roles["recommender_sign"])
        with self.assertLogged("award.recommendation", opinion.ids):
            opinion.read(["verdict"])
        with self.assertLogged("award.submission", opinion.submission_id.ids):
            opinion.read(["content_html"])

    def test_screens_open_for_their_roles(self):
        """The form of each record, read as the web client does."""
        case = self.qualify(self.cases_at("qualification"), unmet="registered")
        supplement = self.env["award.supplement"].create(
            {"qualification_id": case.qualification_ids.id, "items": "x"}
        )
        agency = (
            case,
            case.edition_id,
            case.applicant_id,
            case.submission_ids,
            case.recommendation_ids,
            case.qualification_ids,
            supplement,
            case.letter_ids,
        )
        outside = (case.submission_ids, case.recommendation_ids)
        for role, records in (
            ("office_head", agency),
            ("office", agency),
            ("supervisor", agency),
            ("recommender_prepare", outside),
            ("recommender_sign", outside),
        ):
            for record in records:
                with self.subTest(role=role, model=record._name):
                    form = Form(record.with_user(self.roles[role]))
                    self.assertEqual(form.record.id, record.id)

    # -- two agencies -----------------------------------------------------------------
    def test_two_agencies(self):
        agency = self.env["res.company"].create({"name": "Agency B"})
        office = self._new_user("office_b", "quality_award.group_office", agency)
        applicant, number = self._new_applicant(agency)
        door = self.env["award.application"].with_user(applicant)
        with self.assertRaises(Exception) as caught:
            door._portal_register(self.edition.id, self.values_of(number))
        self.assertEqual(type(caught.exception).__name__, "MissingError")
        self.qualify(self.recommend(self.case))
        for name in (
            "edition_id",
            "applicant_id",
            "case_stage_ids",
            "chapter_ids",
            "submission_ids",
            "recommendation_ids",
            "qualification_ids",
        ):
            records = self.case[name]
            with self.subTest(field=name):
                own = self._seen(records._name, self.roles["office"], records.ids)
                self.assertEqual(own, sorted(records.ids))
                self.assertEqual(self._seen(records._name, office, records.ids), [])
                with self.assertRaises(AccessError):
                    records.with_user(office).read(["company_id"])
        with self.assertRaises(AccessError):
            self.case.with_user(office).action_return("x")

    def test_the_same_organisation_in_two_agencies(self):
        agency = self.env["res.company"].create({"name": "Agency B"})
        code = self.case.applicant_id.credit_code
        values = {"name": "甲", "credit_code": code, "company_id": agency.id}
        twin = self.env["award.applicant"].create(values)
        self.assertNotEqual(twin, self.case.applicant_id)

    # -- what was handed in ----------------------------------------------------------
    def test_version_does_not_change(self):
        version = self.case.submission_ids
        before = version.read(["title", "content", "content_hash", "version_code"])
        self.assertEqual(
            version.content_hash,
            hashlib.sha256(canonical(version.content).encode()).hexdigest(),
        )
        self.case.applicant_id.name = "改名后的公司"
        self.case.chapter_ids[0].text = "改写"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(
            version.read(["title", "content", "content_hash", "version_code"]), before
        )
        for act in (
            lambda: version.write({"title": "x"}),
            lambda: version.write({"content": {}}),
            version.unlink,
        ):
            with self.assertRefused("submission_frozen"):
                act()
        with self.assertRaises(AccessError):
            version.with_user(self.roles["office_head"]).write({"is_current": False})

    def test_content(self):
        content = self.case.submission_ids.content
        self.assertEqual(set(content), {"class", "profile", "chapters", "applicant"})
        self.assertEqual(content["profile"], "正文 profile")
        self.assertEqual(content["chapters"]["4.1.2"], "正文 4.1.2")
        self.assertEqual(len(content["chapters"]), 23)
        self.assertNotIn("000-0000-0001", str(content))
        self.assertNotIn("王甲子", str(content))

    # -- who issues and who seals ----------------------------------------------------
    def test_sealed_by_another_body(self):
        """The office issues; where it has no seal, another body seals for it."""
        self.recommend(self.case, "decline")
        letter = self.case.letter_ids.with_user(self.roles["office"])
        bodies = {body.code: body for body in self.scheme.body_ids}
        office, group = bodies["office"], bodies["leading_group"]
        self.assertEqual(letter.issued_by_id, office)
        today = "Administration for Market Regulation"  # as the office is called now
        both = f"{today} (sealed on behalf by {group.name_en})"
        for sealer, line in ((False, today), (office, today), (group, both)):
            with self.subTest(sealer=sealer.name_en if sealer else None):
                letter.sealed_by_id = sealer
                self.assertEqual(letter.signature_line, line)
        letter.action_send()
        for name in ("issued_by_id", "sealed_by_id"):
            with self.assertRefused("letter_sent"):
                letter[name] = bodies["committee"]
        shown = self.as_applicant(self.case)._portal_state(self.case.id)["letters"]
        self.assertEqual(shown.signature_line, both)

    def test_page_escapes_words_of_the_applicant(self):
        case = self.register(name="<b>公司</b>")
        self.write_up(case, text="<script>alert(1)</script>")
        self.as_applicant(case)._portal_submit(case.id)
        html = case._current_submission()[case.id].content_html
        self.assertNotIn("<script", html)
        self.assertNotIn("<b>", html)
        self.assertIn("&lt;script&gt;", html)
