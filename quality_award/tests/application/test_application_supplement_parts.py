import re

from freezegun import freeze_time

from odoo.exceptions import AccessError, MissingError
from odoo.tests import tagged

from ..common import AwardCommon, AwardHttpCommon


class SupplementVocabulary:
    """Mixin: a case in its check, and supplements that name parts."""

    def supplement(self, case, parts, send=True, **values):
        """A supplement of the case for these parts, each with its reason."""
        check = case.qualification_ids.with_user(self.roles["office"])
        found = self.env["award.supplement"].with_user(self.roles["office"])
        found = found.create(
            {
                "qualification_id": check.id,
                "line_ids": [
                    (0, 0, {"part": part, "reason": f"请补正 {part}"}) for part in parts
                ],
                **values,
            }
        )
        if send:
            found.action_send()
        return found

    def item(self, case, place=0):
        return list(case._chapters())[1 + place]


@tagged("post_install", "-at_install")
class TestSupplementParts(SupplementVocabulary, AwardCommon):
    """Only what was asked for opens, with its reason; the rest stays as handed in."""

    def setUp(self):
        super().setUp()
        self.case = self.cases_at("qualification")
        self.door = self.as_applicant(self.case)
        self.one, self.two = self.item(self.case), self.item(self.case, 1)

    def save(self, supplement, **values):
        named = {name.replace("__", ":"): text for name, text in values.items()}
        return self.door._portal_save_parts(supplement.id, named)

    # -- choosing -----------------------------------------------------------------
    def test_the_parts_of_a_case(self):
        parts = self.case._parts()
        kinds = {part.partition(":")[0] for part in parts}
        self.assertEqual(
            kinds, {"field", "chapter", "report", "indicator", "evidence", "fact"}
        )
        self.assertEqual(parts["field:liaison_phone"], "Phone")
        self.assertEqual(parts["chapter:profile"], "Organisational Profile")

    def test_what_a_part_says_in_any_language(self):
        """Who asks and who answers may speak different languages."""
        result = self.case._result_items()[0].number
        self.env["award.evidence"].create(
            {
                "application_id": self.case.id,
                "kind": "certificate",
                "name": "证书",
                "issuer": "某机构",
                "valid_to": "2027-01-31",
                "is_secret": True,
            }
        )
        self.env["award.indicator"].create(
            {
                "application_id": self.case.id,
                "code": result,
                "name": "合格率",
                "unit": "%",
                "value_3": "98.2",
                "source": "年报",
            }
        )
        for part, said in (
            ("field:size", "Medium"),
            ("evidence", "Certificate: 证书 · 某机构 · … – 2027-01-31 · Trade Secret"),
            (f"indicator:{result}", "合格率 (%): Last Year 98.2, Source 年报"),
            ("report", ""),
            (f"chapter:{self.one}", f"正文 {self.one}"),
        ):
            for lang in ("en_US", "zh_CN"):
                with self.subTest(part, lang=lang):
                    case = self.case.with_context(lang=lang)
                    self.assertEqual(case._part_text(part), said)

    def test_chosen_by_their_reason(self):
        supplement = self.supplement(self.case, ["field:size"], send=False)
        action = supplement.action_choose_parts()
        choice = self.env["award.supplement.choice"].browse(action["res_id"])
        choice = choice.with_user(self.roles["office"])
        lines = {line.part: line for line in choice.line_ids}
        self.assertEqual(list(lines), list(self.case._parts()))
        self.assertEqual(lines["field:size"].reason, "请补正 field:size")
        self.assertEqual(lines["field:size"].said, "Medium")
        lines["field:size"].reason = " "
        lines[f"chapter:{self.one}"].reason = "请写明数据来源"
        lines["evidence"].reason = "缺证书"
        choice.action_take()
        self.assertEqual(
            [(line.part, line.reason) for line in supplement.line_ids],
            [(f"chapter:{self.one}", "请写明数据来源"), ("evidence", "缺证书")],
        )

    def test_unknown_parts_are_refused(self):
        for part in ("chapter:99.9", "score:1", "field:identity_number"):
            with self.subTest(part), self.assertRefused("part_unknown"):
                self.supplement(self.case, [part], send=False)

    def test_nothing_asked_for(self):
        empty = self.supplement(self.case, [], send=False)
        with self.assertRefused("items_missing"):
            empty.action_send()

    def test_what_was_sent_stays(self):
        supplement = self.supplement(self.case, ["evidence"])
        line = supplement.line_ids
        for act in (
            lambda: line.write({"reason": "x"}),
            lambda: line.unlink(),
            lambda: supplement.write(
                {"line_ids": [(0, 0, {"part": "report", "reason": "x"})]}
            ),
            lambda: supplement.action_choose_parts(),
        ):
            with self.assertRefused("supplement_sent"):
                act()

    def test_the_letter_names_parts_and_reasons(self):
        self.supplement(self.case, ["evidence"], items="总体说明")
        letter = self.case.letter_ids
        asked_for = self.case.supplement_ids.asked_for
        self.assertEqual(asked_for, "总体说明\n请补正 evidence")
        self.assertEqual(letter.kind, "supplement")
        self.assertIn("总体说明\nEvidence: 请补正 evidence", letter.body)

    # -- what is open ----------------------------------------------------------------
    def test_only_what_was_asked_for_is_open(self):
        self.assertEqual(self.case._portal_open_parts(), set())
        supplement = self.supplement(self.case, [f"chapter:{self.one}", "field:size"])
        self.assertEqual(
            self.case._portal_open_parts(), {f"chapter:{self.one}", "field:size"}
        )
        self.save(supplement, **{f"chapter__{self.one}": "新", "field__size": "large"})
        self.assertEqual(self.case.applicant_id.size, "large")
        for closed in (
            {f"chapter__{self.two}": "x"},
            {"field__name": "x"},
            {f"chapter__{self.one}": "y", "field__territory": "x"},
        ):
            with self.subTest(closed), self.assertRefused("part_closed"):
                self.save(supplement, **closed)
        for written in ({self.two: "x"}, {self.one: "x", self.two: "x"}):
            with self.assertRefused("part_closed"):
                self.door._portal_save(self.case.id, written)
        with self.assertRefused("part_closed"):
            self.door._portal_save(self.case.id, {self.one: "x"}, {"name": "x"})
        texts = {c.code: c.text for c in self.case.chapter_ids}
        self.assertEqual((texts[self.one], texts[self.two]), ("新", f"正文 {self.two}"))

    def test_a_draft_opens_everything_and_an_ended_case_nothing(self):
        draft = self.register()
        self.assertEqual(draft._portal_open_parts(), None)
        supplement = self.supplement(self.case, ["field:size"])
        self.door._portal_withdraw(self.case.id, "不再申报")
        self.assertEqual(self.case._portal_open_parts(), set())
        with self.assertRefused("application_closed"):
            self.save(supplement, field__size="large")

    def test_facts_of_the_opened_condition_only(self):
        codes = [
            r.code
            for r in self.case._scheme_of()._requirements(self.case.class_id)
            if r.kind == "no_incident"
        ]
        values = {"kind": "incident", "happened_on": "2024-01-01", "code": codes[0]}
        with self.assertRefused("application_closed"):
            self.door._portal_add_fact(self.case.id, values)
        self.supplement(self.case, [f"fact:{codes[0]}"])
        self.door._portal_add_fact(self.case.id, values)
        self.assertEqual(self.case.fact_ids.origin, "applicant")
        with self.assertRefused("part_closed"):
            self.door._portal_add_fact(self.case.id, {**values, "code": "rank"})

    def test_a_fact_stated_for_the_supplement_goes_until_it_is_handed_in(self):
        [code] = [
            r.code
            for r in self.case._scheme_of()._requirements(self.case.class_id)
            if r.kind == "no_incident"
        ][:1]
        values = {"kind": "incident", "happened_on": "2024-01-01", "code": code}
        draft = self.register()
        self.write_up(draft)
        door = self.as_applicant(draft)
        door._portal_add_fact(draft.id, values)
        self.submit(draft)
        self.recommend(draft)
        early = draft.fact_ids
        self.frozen.tick(60)
        asked = self.supplement(draft, [f"fact:{code}"])
        door._portal_add_fact(draft.id, {**values, "happened_on": "2024-02-02"})
        late = draft.fact_ids - early
        with self.assertRefused("fact_kept"):
            door._portal_remove_fact(early.id)
        with freeze_time("2026-03-30"), self.assertRefused("fact_kept"):
            door._portal_remove_fact(late.id)  # the time of the supplement is over
        door._portal_remove_fact(late.id)
        self.assertEqual(draft.fact_ids, early)
        door._portal_add_fact(draft.id, {**values, "happened_on": "2024-03-03"})
        late = draft.fact_ids - early
        self.frozen.tick(60)
        [line] = draft.qualification_ids.line_ids.filtered(
            lambda one: one.requirement_id.code == code
        )
        said = line.basis
        self.assertNotIn("2024-03-03", said)
        door._portal_answer(asked.id, "已补")
        self.assertIn("2024-03-03", line.basis)  # asked again for the officer
        with self.assertRefused("fact_kept"):
            door._portal_remove_fact(late.id)

    def test_the_time_is_over(self):
        supplement = self.supplement(self.case, ["field:size"])
        with freeze_time("2026-03-17 15:59:59"):  # 23:59:59 in Chengdu, last second
            self.save(supplement, field__size="large")
        with freeze_time("2026-03-17 16:00:00"):
            self.assertEqual(self.case._portal_open_parts(), set())
            with self.assertRefused("supplement_late"):
                self.save(supplement, field__size="small")

    def test_strangers_find_nothing(self):
        supplement = self.supplement(self.case, ["field:size"])
        draft = self.supplement(self.case, ["field:size"], send=False)
        other = self.as_applicant(self.register())
        for door, id_ in ((other, supplement.id), (self.door, draft.id), (other, 0)):
            with self.subTest(door=door.env.uid, id=id_):
                for act in ("_portal_supplement", "_portal_answer"):
                    values = [id_] if act == "_portal_supplement" else [id_, "x"]
                    with self.assertRaises(MissingError):
                        getattr(door, act)(*values)
                with self.assertRaises(MissingError):
                    door._portal_save_parts(id_, {"field:size": "large"})

    # -- answering -----------------------------------------------------------------
    def test_the_answer_is_a_version_of_the_opened_parts(self):
        first = self.case.submission_ids
        supplement = self.supplement(self.case, [f"chapter:{self.one}", "field:size"])
        self.save(supplement, **{f"chapter__{self.one}": "新", "field__size": "large"})
        # what the office notes meanwhile is not the applicant's word
        self.case.applicant_id.territory = "乙区"
        self.door._portal_answer(supplement.id, "")
        second = self.case._current_submission()[self.case.id]
        before = first.content
        asked = f"{supplement.line_ids[0].label}: 请补正 chapter:{self.one}"
        self.assertEqual(
            second.content,
            {
                **before,
                "chapters": {**before["chapters"], self.one: "新"},
                "applicant": {**before["applicant"], "size": "large"},
                "supplements": [
                    {
                        "items": f"{asked}\nSize: 请补正 field:size",
                        "answer": "Completed as asked.",
                    }
                ],
            },
        )
        self.assertEqual((first.is_current, second.version), (False, 2))
        self.assertEqual(first.content, before)

    def test_the_office_sees_the_difference(self):
        supplement = self.supplement(self.case, [f"chapter:{self.one}", "evidence"])
        line, other = supplement.line_ids
        self.assertFalse(line.difference_html)
        self.save(supplement, **{f"chapter__{self.one}": f"新文 {self.one}<b>"})
        self.door._portal_answer(supplement.id, "证书另附")
        supplement.invalidate_recordset()
        self.assertEqual(
            (line.before, line.after, line.is_changed, other.is_changed),
            (f"正文 {self.one}", f"新文 {self.one}<b>", True, False),
        )
        self.assertIn('<del class="text-danger">正</del>', line.difference_html)
        mark = '<ins class="text-success fw-bold">新</ins>'
        self.assertIn(mark, line.difference_html)
        self.assertIn("&lt;b&gt;", line.difference_html)

    def test_what_stays_needs_a_word(self):
        supplement = self.supplement(self.case, [f"chapter:{self.one}", "field:size"])
        self.save(supplement, field__size="large")
        with self.assertRefused("parts_untouched") as caught:
            self.door._portal_answer(supplement.id, " ")
        label = supplement.line_ids[0].label
        self.assertIn(label, str(caught.exception))
        self.door._portal_answer(supplement.id, "数据无误")
        self.assertEqual(supplement.state, "answered")

    def test_reading_leaves_an_entry(self):
        line = self.supplement(self.case, ["evidence"]).line_ids
        with self.assertLogged("award.supplement.line", line.ids):
            line.read(["reason"])

    def test_closed_with_the_case(self):
        line = self.supplement(self.case, ["evidence"]).line_ids
        officer = self.roles["office_second"]
        line.with_user(officer).read(["reason"])
        self.env["award.recusal"].with_user(officer).create(
            {"application_id": self.case.id, "kind": "family"}
        )
        with self.assertRaises(AccessError):
            line.with_user(officer).read(["reason"])


@tagged("post_install", "-at_install")
class TestSupplementPage(SupplementVocabulary, AwardHttpCommon):
    """The page: the reason beside the part, and no other part."""

    def setUp(self):
        super().setUp()
        self.case = self.cases_at("qualification")
        self.one = self.item(self.case)
        self.parts = [f"chapter:{self.one}", "field:size", "evidence"]
        self.asked = self.supplement(self.case, self.parts)
        self.address = f"/my/award/{self.case.id}/supplement/{self.asked.id}"
        user = self.applicant_of(self.case)
        self.authenticate(user.login, user.login)

    def post(self, **values):
        page = self.url_open(self.address).text
        values["csrf_token"] = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        return self.url_open(self.address, data=values)

    def test_the_way_through(self):
        page = self.url_open(self.address).text
        self.assertIn(f"请补正 chapter:{self.one}", page)
        there = f"/my/award/{self.case.id}/chapter/{self.one}"
        self.assertIn(f'href="{there}"', page)
        self.assertNotIn(f"/chapter/{self.item(self.case, 1)}", page)
        self.assertIn("is not possible for", self.post(**{"part-field:size": "x"}).text)
        typed = {"part-field:size": "large"}
        self.assertIn("Saved.", self.post(**typed).text)
        said = self.post(**typed, hand_in="1").text
        self.assertIn("Evidence", said.split("Not changed yet: ")[1])
        self.write_chapter(there)
        said = self.post(**typed, hand_in="1").text
        self.assertIn("Not changed yet: Evidence", said)
        typed["answer"] = "证书另附"
        done = self.post(**typed, hand_in="1")
        self.assertTrue(done.url.endswith(f"/my/award/{self.case.id}"), done.url)
        self.env.invalidate_all()
        self.assertEqual(self.asked.state, "answered")
        self.assertIn("Nothing is open here", self.url_open(self.address).text)

    def write_chapter(self, there):
        """On its own page, beside the reason, also without scripts."""
        page = self.url_open(there).text
        self.assertIn(f"请补正 chapter:{self.one}", page)
        self.assertIn(self.address, page)
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        values = {f"chapter_{self.one}": "<script>新</script>", "csrf_token": token}
        values["back"] = f"chapter/{self.one}"
        done = self.url_open(f"/my/award/{self.case.id}/save", data=values).text
        self.assertIn("Saved.", done)
        self.assertIn("&lt;script&gt;新&lt;/script&gt;", done)

    def test_pages_that_are_not_open_show_what_was_handed_in(self):
        for page in (
            f"chapter/{self.item(self.case, 1)}", "chapters", "form", "conditions"
        ):
            with self.subTest(page):
                shown = self.url_open(f"/my/award/{self.case.id}/{page}").text
                self.assertIn('id="award_hash"', shown)
                self.assertNotIn("o_award_writer", shown)

    def test_conditions_asked_about_and_no_others(self):
        code, *others = [
            r.code for r in self.case._scheme_of()._requirements(self.case.class_id)
        ]
        page = f"/my/award/{self.case.id}/conditions"
        self.assertNotIn("condition_", self.url_open(page).text)
        self.supplement(self.case, [f"fact:{code}"])
        shown = self.url_open(page).text
        self.assertIn(f'id="condition_{code}"', shown)
        for other in others:
            self.assertNotIn(f'id="condition_{other}"', shown)

    def test_other_addresses(self):
        other = self.submit(self.register())
        for address in (
            f"/my/award/{other.id}/supplement/{self.asked.id}",
            f"/my/award/{self.case.id}/supplement/999999",
        ):
            self.assertEqual(self.url_open(address).status_code, 404, address)
