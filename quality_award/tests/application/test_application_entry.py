from contextlib import contextmanager
from datetime import datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import WINDOW, AwardCommon, credit_code
from .common import KindsVocabulary, identity_number


@tagged("post_install", "-at_install")
class TestEntryGuards(KindsVocabulary, AwardCommon):
    """What the scheme lets in: class, choice, recommenders, quotas, groups, years."""

    def open(self, *parameters, term=1, **sections):
        """An announced edition of a scheme with these rows; its number is `term`."""
        return self.open_edition(self.new_scheme(parameters, **sections), term=term)

    def assertSubmits(self, case):
        self.write_up(case)
        self.as_applicant(case)._portal_submit(case.id)
        self.assertEqual(case.state, "submitted")

    def assertKeptOut(self, case, code, clause=...):
        self.write_up(case)
        with self.assertRefused(code, clause) as caught:
            self.as_applicant(case)._portal_submit(case.id)
        return str(caught.exception)

    # -- class and choice ----------------------------------------------------------
    def test_choice(self):
        """Asked for where the class has choices; it may bring its own criteria."""
        choices = [
            {"class": "individual", "code": "leader", "by": "role", "clause": "2"},
            {"class": "individual", "code": "worker", "by": "role", "clause": "2"},
        ]
        choices[0] |= {"criteria": "person_old", "name_zh": "负责人"}
        choices[1] |= {"name_zh": "员工"}
        edition = self.open(choices=choices)
        case = self.enter("individual", edition)
        self.assertKeptOut(case, "choice_missing", "2")
        self.assertEqual(case.criteria_id.code, "person_new")
        door = self.as_applicant(case)
        with self.assertRefused("choice_missing"):
            door._portal_save(case.id, {}, {"choice_code": "queen"})
        door._portal_save(case.id, {}, {"choice_code": "leader"})
        self.assertEqual(case.criteria_id.code, "person_old")
        self.assertSubmits(case)
        self.assertEqual(case.submission_ids.criteria_id.code, "person_old")
        self.assertEqual(case.submission_ids.content["choice"], "leader")
        self.assertTrue({"choice:leader", "subject:individual"} <= case._kind_tags())
        with self.assertRefused("case_frozen"):
            case.choice_id = edition.scheme_id.choice_ids[1]

    def test_class_of_another_kind(self):
        case = self.enter("organisation")
        case.class_id = self.kinds.class_ids.filtered(lambda c: c.code == "individual")
        self.assertKeptOut(case, "subject_differs", "2")
        case.class_id = self.kinds.class_ids.filtered(lambda c: c.code == "innovation")
        self.assertKeptOut(case, "class_unknown", "2")

    # -- recommenders --------------------------------------------------------------
    def test_number_of_recommenders(self):
        other = self._new_recommender("乙区", "other")
        edition = self.open(("recommenders_per_application", 2))
        case = self.enter("organisation", edition)
        self.assertKeptOut(case, "recommenders_differ", "12-3")
        door = self.as_applicant(case)
        both = {"recommender_id": self.recommender.id, "recommender_2": other.id}
        with self.assertRefused("value_unknown"):
            door._portal_save(case.id, {}, {**both, "recommender_2": 2**31})
        door._portal_save(case.id, {}, {**both, "recommender_2": self.recommender.id})
        self.assertKeptOut(case, "recommenders_differ")
        door._portal_save(case.id, {}, both)
        self.assertSubmits(case)
        opinions = case.recommendation_ids.grouped("recommender_id")
        self.assertEqual(set(opinions), {self.recommender, other})
        for login, body, kind in (
            ("recommender", self.recommender, "recommendation"),
            ("other", other, "qualification"),
        ):
            mine = opinions[body]
            mine.with_user(self.roles[f"{login}_prepare"]).write(
                {"verdict": "recommend", "opinion": "属实"}
            )
            mine.with_user(self.roles[f"{login}_prepare"]).action_prepare()
            mine.with_user(self.roles[f"{login}_check"]).action_check()
            mine.with_user(self.roles[f"{login}_sign"]).action_sign()
            self.assertEqual(case.stage_id.kind, kind)

    def test_nominator_may_not_recommend(self):
        """By the role of its body in the scheme of the edition, found by its code."""
        bodies = self.scheme._export()["bodies"]
        bodies.append(
            {"code": "society", "role": "nominator", "name_zh": "协会", "clause": "2"}
        )
        edition = self.open(bodies=bodies)
        case = self.enter("organisation", edition)
        body = edition.scheme_id.body_ids.filtered(lambda b: b.code == "society")
        self.recommender.body_id = body
        text = self.assertKeptOut(case, "may_not_recommend", "12-3")
        self.assertIn(self.recommender.name_zh, text)
        self.recommender.body_id = self.scheme.body_ids.filtered(
            lambda b: b.code == "district"
        )
        self.assertSubmits(case)
        self.recommender.body_id = body
        opinion = case.recommendation_ids
        opinion.with_user(self.roles["recommender_prepare"]).write(
            {"verdict": "recommend", "opinion": "属实"}
        )
        with self.assertRefused("may_not_recommend", "12-3"):
            opinion.with_user(self.roles["recommender_prepare"]).action_prepare()

    def bar(self, recommender, **values):
        """The head of the office bars a recommender that helped with a fraud."""
        return self.env["award.ban"].with_user(self.roles["office_head"]).create(
            {
                "recommender_id": recommender.id,
                "scheme_code": "kinds",
                "begins_on": "2024-03-09",
                "reason": "协助弄虚作假",
                "number": "9号",
                **values,
            }
        )

    def test_barred_recommender(self):
        """As long as the scheme says, where the decision does not; then free again."""
        for years, values, until in (
            (3, {}, "2027-03-10"),
            (2, {}, None),
            (0, {}, "ever"),
            (3, {"years": 2}, None),
            (None, {"years": 4}, "2028-03-10"),
            (3, {"scheme_code": "another", "years": 9}, None),
            (3, {"lifted_on": "2026-03-09", "lifted_number": "10号"}, None),
        ):
            with self.subTest(years=years, values=values), self.rolled_back():
                edition = self.open(("recommender_ban_years", years))
                case = self.enter("organisation", edition)
                self.bar(self.recommender, **values)
                if not until:
                    self.assertSubmits(case)
                    continue
                text = self.assertKeptOut(case, "recommender_barred")
                self.assertIn(f"before {until}", text)

    @contextmanager
    def rolled_back(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            yield
            raise ZeroDivisionError
        self.env.invalidate_all()

    def test_barred_while_the_opinion_is_written(self):
        case = self.submit(self.enter("organisation", self.open()))
        opinion = case.recommendation_ids
        prepare, check, sign = (
            opinion.with_user(self.roles[f"recommender_{step}"])
            for step in ("prepare", "check", "sign")
        )
        prepare.write({"verdict": "recommend", "opinion": "属实"})
        prepare.action_prepare()
        check.action_check()
        self.bar(self.recommender, for_ever=True, clause="19")
        with self.assertRefused("recommender_barred", "19"):
            sign.action_sign()
        with self.assertRaises(AccessError):
            self.env["award.ban"].with_user(prepare.env.user).search([])
        self.env["award.ban"].search([]).write(
            {"lifted_on": "2026-03-09", "lifted_number": "10号"}
        )
        sign.action_sign()
        self.assertEqual(case.stage_id.kind, "qualification")

    def test_ban_of_nobody_or_of_two(self):
        case = self.enter("organisation")
        for whom in (
            {"recommender_id": False},
            {"applicant_id": case.applicant_id.id},
            {"years": 0},  # nor does the scheme say how long
        ):
            with (
                self.subTest(whom=whom),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                ban = {"scheme_code": "unknown", "years": 1, **whom}
                self.bar(self.recommender, **ban)

    # -- quotas --------------------------------------------------------------------
    def quota(self, **values):
        values = {"code": "q", "counts": "applications", "clause": "4", **values}
        return {"quotas": [values]}

    def test_quota_of_applications(self):
        """(quota, the second applicant, refused): at the figure, one beyond it."""
        other = self._new_recommender("乙区", "other")
        mine = {"recommender_id": self.recommender.id}
        theirs = {"recommender_id": other.id}
        for quota, second, refused in (
            ({"max": 1}, mine, True),
            ({"max": 2}, mine, False),
            ({"max": 1, "soft": True}, mine, False),
            ({"max": 1, "per": "recommender"}, mine, True),
            ({"max": 1, "per": "recommender"}, theirs, False),
            ({"max": 1, "tag": "size:small"}, mine, False),
            ({"max": 1, "tag": "size:medium"}, mine, True),
            ({"max": 1, "classes": ["team"]}, mine, False),
            ({"max": 1, "classes": ["organisation"]}, mine, True),
        ):
            with self.subTest(quota=quota, second=second):
                edition = self.open(**self.quota(**quota))
                self.submit(self.enter("organisation", edition))
                case = self.enter("organisation", edition, **second)
                if refused:
                    self.assertKeptOut(case, "quota_of_applications", "4")
                else:
                    self.assertSubmits(case)

    def test_withdrawn_applications_set_places_free(self):
        edition = self.open(**self.quota(max=1))
        first = self.submit(self.enter("organisation", edition))
        second = self.enter("organisation", edition)
        self.assertKeptOut(second, "quota_of_applications")
        self.as_applicant(first)._portal_withdraw(first.id, "合并")
        self.assertSubmits(second)

    def test_quota_of_recommendations(self):
        """The recommender's own; a soft one is passed with a reason."""
        for soft, code in (
            (False, "quota_of_recommendations"),
            (True, "quota_needs_reason"),
        ):
            with self.subTest(soft=soft):
                quota = self.quota(
                    counts="recommended", per="recommender", max=1, soft=soft
                )
                edition = self.open(**quota)
                first = self.submit(self.enter("organisation", edition))
                second = self.submit(self.enter("organisation", edition))
                self.recommend(first)
                with self.assertRefused(code, "4"):
                    self.recommend(second)
                second.recommendation_ids.with_user(
                    self.roles["recommender_prepare"]
                ).quota_reason = "两家并列"
                if soft:
                    self.recommend(second)
                    self.assertEqual(second.stage_id.kind, "qualification")
                else:
                    with self.assertRefused(code):
                        self.recommend(second)
                    self.recommend(second, verdict="decline")
                    self.assertEqual(second.state, "eliminated")

    def test_quota_of_a_group(self):
        edition = self.open(**self.quota(max=1, per="group"))
        self.submit(self.enter("organisation", edition, group_name="角宿集团"))
        sister = self.enter("organisation", edition, group_name="角宿集团")
        self.assertKeptOut(sister, "quota_of_applications", "4")
        self.assertSubmits(self.enter("organisation", edition, group_name="心宿集团"))

    # -- one of a group ------------------------------------------------------------
    def test_parent_and_subsidiary(self):
        edition = self.open(("group_exclusion", True))
        mother = self.enter("organisation", edition, credit_code=credit_code(8300))
        child = {"parent_code": credit_code(8300)}
        first = self.enter("organisation", edition, **child)
        second = self.enter("organisation", edition, **child)
        self.assertSubmits(first)
        for case in (mother, second):
            text = self.assertKeptOut(case, "group_applies", "2")
            self.assertIn(first.applicant_id.name, text)
        self.assertSubmits(self.enter("organisation", edition))
        self.as_applicant(first)._portal_withdraw(first.id, "让出")
        self.assertSubmits(mother)
        # in another edition, and where the scheme does not care
        free = self.open(("group_exclusion", False))
        for again in (first, second):
            self.assertSubmits(
                self.enter(
                    "organisation",
                    free,
                    self.applicant_of(again),
                    credit_code=again.applicant_id.credit_code,
                    **child,
                )
            )

    # -- one in a year -------------------------------------------------------------
    def test_second_application_of_the_year_at_another_agency(self):
        """Of any level and kind, found by fingerprint in whatever register."""
        agency = self.env["res.company"].create({"name": "District B"})
        agency.partner_id.tz = "Asia/Shanghai"
        theirs = self._new_scheme(agency)
        head = self._new_user("head_b", "quality_award.group_office_head", agency)
        elsewhere = self._new_edition(scheme=theirs, term=1, award_year=2026)
        elsewhere.with_user(head).action_announce()
        trade = self.env["award.trade"].create(
            {"code": "T1", "name_zh": "机械", "company_id": agency.id}
        )
        body = self._new_recommender("乙区", "of_b", agency)
        case = self.enter(
            "organisation", elsewhere, recommender_id=body.id, trade_code=trade.code
        )
        self.submit(case)
        code = case.applicant_id.credit_code
        user = None
        for rule, refused in (
            ("forbidden_any_level", True),
            ("forbidden_same", False),
            ("allowed", False),
        ):
            with self.subTest(rule=rule):
                edition = self.open(("second_award_same_year", rule))
                here = self.enter("organisation", edition, user, credit_code=code)
                user = self.applicant_of(here)
                if refused:
                    text = self.assertKeptOut(here, "applied_elsewhere", "2")
                    self.assertIn("2026", text)
                else:
                    self.assertSubmits(here)

    def test_second_application_of_the_year_here(self):
        """In another edition of the year; forbidden_same looks at the same award."""
        for rule, first, second, refused in (
            ("forbidden_any_level", "individual", "individual", True),
            ("forbidden_same", "individual", "individual", True),
            ("allowed", "individual", "individual", False),
        ):
            with self.subTest(rule=rule):
                scheme = self.new_scheme([("second_award_same_year", rule)])
                one = self.open_edition(scheme, term=1)
                two = self.open_edition(scheme, term=2)
                case = self.submit(self.enter(first, one))
                again = self.enter(
                    second,
                    two,
                    self.applicant_of(case),
                    identity_number=case.applicant_id.identity_number,
                )
                if refused:
                    self.assertKeptOut(again, "applied_elsewhere", "2")
                    self.as_applicant(case)._portal_withdraw(case.id, "改报")
                self.assertSubmits(again)

    def test_other_years_do_not_count(self):
        scheme = self.new_scheme([("second_award_same_year", "forbidden_any_level")])
        case = self.submit(
            self.enter("organisation", self.open_edition(scheme, 1, award_year=2025))
        )
        again = self.enter(
            "organisation",
            self.open_edition(scheme, 2, award_year=2026),
            self.applicant_of(case),
            credit_code=case.applicant_id.credit_code,
        )
        self.assertSubmits(again)

    def test_register_of_other_awards(self):
        """Lists of districts, by code or by a number that is not kept."""
        edition = self.open(("second_award_same_year", "forbidden_any_level"))
        person, firm = self.enter("individual", edition), self.enter(
            "organisation", edition
        )
        stranger = self.enter("individual", edition)
        self.env["award.outside.entry"].with_user(self.roles["office"]).create(
            [
                {
                    "award_name": "乙区区长质量奖",
                    "level": "county",
                    "award_year": 2026,
                    "applicant_name": "某",
                    "source": "区局来函",
                    **known,
                }
                for known in (
                    {"identity_number": person.applicant_id.identity_number},
                    {"credit_code": firm.applicant_id.credit_code},
                    {"identity_number": identity_number(999), "award_year": 2025},
                )
            ]
        )
        for case in (person, firm):
            text = self.assertKeptOut(case, "applied_elsewhere", "2")
            self.assertIn("乙区区长质量奖", text)
        self.assertSubmits(stranger)

    # -- the paper set -------------------------------------------------------------
    def test_paper_counts(self):
        """Where it does, the check waits for it; late is late (17:00, working days)."""
        edition = self.open(
            ("submission_moment", "paper"),
            ("opening_hours_from", "09:00"),
            ("opening_hours_to", "17:00"),
        )
        case = self.submit(self.enter("organisation", edition))
        self.recommend(case)
        check = case.qualification_ids.with_user(self.roles["office"])
        check.line_ids.write({"verdict": "met"})
        with self.assertRefused("paper_missing", "2"):
            check.action_decide()
        for received, day in (
            (datetime(2026, 3, 19, 9, 0), "2026-03-19"),  # 17:00 here
            (datetime(2026, 3, 19, 9, 1), "2026-03-20"),
        ):
            case.paper_received_at = received
            self.assertEqual(str(case._submission_day()), day)
            self.assertIsNone(check._guard_paper_in_time())
        late = datetime(2026, 3, 20, 9, 1)  # a Friday: counts on Monday
        self.assertGreater(late, WINDOW[1])
        case.paper_received_at = late
        with self.assertRefused("paper_late", "2") as caught:
            check.action_decide()
        self.assertIn("2026-03-23", str(caught.exception))
        case.paper_received_at = datetime(2026, 3, 19, 9, 0)
        check.action_decide()
        self.assertEqual(case.state, "accepted")

    # -- acceptance ----------------------------------------------------------------
    def stages(self, accepting):
        rows = self.scheme._export()["stages"]
        for row in rows:
            row["accepts"] = row["code"] == accepting
        return {"stages": rows}

    def test_acceptance_before_the_check(self):
        """Who passes a stage that accepts, but not by the office, is still to be."""
        edition = self.open(**self.stages("recommendation"))
        case = self.submit(self.enter("organisation", edition))
        self.assertFalse(case.acceptance_is_due)
        with self.assertRefused("acceptance_not_due", "12-3"):
            case.with_user(self.roles["office"]).action_accept()
        self.recommend(case)
        self.assertEqual((case.state, case.acceptance_is_due), ("submitted", True))
        with self.assertRefused("wrong_role"):
            case.with_user(self.roles["supervisor"]).action_accept()
        case.with_user(self.roles["office"]).action_accept()
        self.assertEqual(
            (case.state, case.stage_id.kind), ("accepted", "qualification")
        )
        self.qualify(case)
        self.assertEqual(case.stage_id.kind, "document_review")

    def test_acceptance_by_the_way(self):
        """An office that goes on without a word has accepted."""
        edition = self.open(**self.stages("recommendation"))
        case = self.qualify(
            self.recommend(self.submit(self.enter("organisation", edition)))
        )
        move = case.transition_ids[0].move
        self.assertEqual((case.state, move), ("accepted", "accept"))

    # -- stages by class -----------------------------------------------------------
    def test_stages_of_the_class(self):
        """A stage that is not for the class is passed over; who acts goes on."""
        rows = self.scheme._export()["stages"]
        for row in rows:
            if row["code"] == "recommendation":
                row["classes"] = ["organisation"]
        edition = self.open(stages=rows)
        firm = self.submit(self.enter("organisation", edition))
        team = self.submit(self.enter("team", edition, recommender_id=""))
        self.assertEqual(firm.stage_id.kind, "recommendation")
        self.assertEqual(team.stage_id.kind, "qualification")
        self.recommend(firm)
        team.applicant_id.is_legal_person = True  # else an override is asked for
        self.qualify(firm | team)
        self.assertEqual(
            [case.stage_id.kind for case in (firm, team)],
            ["document_review"] * 2,
        )

    def test_stage_beside_the_next(self):
        """It is begun with the next one, which leads."""
        rows = self.scheme._export()["stages"]
        for row in rows:
            row["in_parallel"] = row["code"] == "site_visit"
        edition = self.open(stages=rows)
        case = self.submit(self.enter("organisation", edition))
        self.qualify(self.recommend(case))
        self.patch(type(case), "_work_refusal_document_review", lambda case: None)
        self.patch(type(case), "_on_enter_defence", lambda cases: None)
        case.with_user(self.roles["office"])._advance()
        self.assertEqual(case.stage_id.kind, "defence")
        open_rows = case.case_stage_ids.filtered(lambda row: row.state == "open")
        self.assertEqual(
            set(open_rows.scheme_stage_id.mapped("kind")), {"defence", "site_visit"}
        )

    # -- the window ----------------------------------------------------------------
    def test_last_second(self):
        edition = self.open()
        late = WINDOW[1].replace(second=1)
        for instant, refused in ((WINDOW[1], False), (late, True)):
            case = self.write_up(self.enter("organisation", edition))
            with freeze_time(instant):
                if refused:
                    with self.assertRefused("window_closed"):
                        self.as_applicant(case)._portal_submit(case.id)
                else:
                    self.as_applicant(case)._portal_submit(case.id)


@tagged("post_install", "-at_install")
class TestLocks(KindsVocabulary, AwardCommon):
    """Former winners and the barred."""

    def case_of(self, *parameters, term=5, year=2026, subject="organisation"):
        edition = self.open_edition(
            self.new_scheme(parameters), term=term, award_year=year
        )
        return self.enter(subject, edition)

    def test_scope(self):
        """(scope, class won in, locked): another class, another award."""
        for scope, won, locked in (
            (None, "individual", True),
            ("scheme", "individual", True),
            ("award", "individual", False),
            ("award", "team", True),
            ("award", "organisation", True),
            ("class", "team", False),
            ("class", "organisation", True),
        ):
            with self.subTest(scope=scope, won=won):
                rules = [("reapply_lock_years", 3), ("reapply_lock_terms", None)]
                rules += [("reapply_scope", scope)] if scope else []
                case = self.case_of(*rules)
                self.award_won(case, 4, 2025, won)
                refusal = case._guard_may_apply_again()
                self.assertEqual(
                    refusal and (refusal.code, refusal.clause),
                    ("locked_after_award", "2") if locked else None,
                )

    def test_basis(self):
        """Three years from the day, or by award years in both readings."""
        for rules, on, year, locked in (
            ([], "2023-03-10", 2023, True),
            ([], "2023-03-09", 2022, False),
            ([("reapply_lock_basis", "award_year")], "2024-02-01", 2023, True),
            ([("reapply_lock_basis", "award_year")], "2024-02-01", 2022, False),
            (
                [
                    ("reapply_lock_basis", "award_year"),
                    ("reapply_lock_reading", "wait"),
                ],
                "2024-02-01",
                2023,
                False,
            ),
            ([("reapply_lock_basis", "award_date")], "2024-02-01", 2022, True),
        ):
            with self.subTest(rules=rules, on=on, year=year):
                case = self.case_of(
                    ("reapply_lock_years", 3), ("reapply_lock_terms", None), *rules
                )
                self.award_won(case, 2, year, "organisation", on)
                self.assertEqual(bool(case._guard_may_apply_again()), locked)

    def test_other_schemes_do_not_lock(self):
        case = self.case_of(("reapply_lock_years", 3), ("reapply_lock_terms", None))
        self.award_won(case, 4, 2025, "organisation", scheme="another")
        self.assertIsNone(case._guard_may_apply_again())

    def test_new_result(self):
        case = self.case_of(("reapply_new_result", True), ("reapply_lock_terms", None))
        self.assertIsNone(case._guard_new_result())
        self.award_won(case, 2, 2022, "organisation")
        self.write_up(case)
        door = self.as_applicant(case)
        with self.assertRefused("new_result_missing", "2"):
            door._portal_submit(case.id)
        for on, enough in (("2022-10-01", False), ("2022-10-02", True)):
            fact = self.env["award.fact"].create(
                {
                    "application_id": case.id,
                    "kind": "new_result",
                    "indicator": "新模式",
                    "happened_on": on,
                }
            )
            self.assertEqual(case._guard_new_result() is None, enough)
        fact.with_user(self.roles["office"]).action_set_aside("不是新成果")
        self.assertEqual(case._guard_new_result().code, "new_result_missing")

    def test_bans(self):
        """By years, editions, for ever; found by who it is, not by the record."""
        office_head = self.roles["office_head"]
        for length, locked in (
            ({"years": 3, "begins_on": "2023-03-10"}, True),
            ({"years": 3, "begins_on": "2023-03-09"}, False),
            ({"terms": 1, "from_term": 4}, True),
            ({"terms": 1, "from_term": 3}, False),
            ({"for_ever": True}, True),
            ({"for_ever": True, "lifted_on": "2026-03-10"}, True),
            ({"for_ever": True, "lifted_on": "2026-03-09"}, False),
        ):
            with self.subTest(length=length):
                case = self.case_of(("reapply_lock_terms", None))
                values = {
                    "applicant_id": case.applicant_id.id,
                    "scheme_code": "kinds",
                    "begins_on": "2023-01-01",
                    "reason": "弄虚作假",
                    "number": "演示〔2023〕3号",
                    "clause": "17",
                    **length,
                }
                if "lifted_on" in length:
                    values["lifted_number"] = "演示〔2026〕1号"
                ban = self.env["award.ban"].with_user(office_head).create(values)
                self.write_up(case)
                if locked:
                    with self.assertRefused("banned", "17"):
                        self.as_applicant(case)._portal_submit(case.id)
                else:
                    self.as_applicant(case)._portal_submit(case.id)
                with self.assertRefused("ban_kept"):
                    ban.reason = "别的"

    def test_submission_costs_the_same_with_many_others(self):
        """Queries of one submission do not grow with the cases of the edition."""
        rules = [
            ("group_exclusion", True),
            ("second_award_same_year", "forbidden_any_level"),
            ("reapply_lock_years", 3),
            ("reapply_lock_terms", None),
        ]
        quota = {"code": "q", "counts": "applications", "clause": "4", "max": 90}
        edition = self.open_edition(
            self.new_scheme(rules, quotas=[{**quota, "per": "recommender"}])
        )
        costs = []
        for others in (1, 8):
            self.submit(
                self.env["award.application"].union(
                    *(self.enter("organisation", edition) for _i in range(others))
                )
            )
            case = self.write_up(self.enter("organisation", edition))
            door = self.as_applicant(case)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            door._portal_submit(case.id)
            self.env.flush_all()
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
