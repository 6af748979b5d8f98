"""The recommender's desk, forwarding together, quotas, and what stays closed."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .recommending import RecommendingCase

QUOTA = {
    "code": "by_recommender",
    "counts": "recommended",
    "per": "recommender",
    "max": 2,
    "clause": "2",
    "name_zh": "推荐名额",
    "name_en": "Recommendations",
}


@tagged("post_install", "-at_install")
class TestForward(RecommendingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme_asked = cls.new_scheme(quotas=[QUOTA])
        cls.edition_asked = cls.open_edition(cls.scheme_asked, term=41)
        cls._new_recommender("乙区", "other")

    def wizard(self, opinions):
        action = opinions.action_forward()
        wizard = self.env[action["res_model"]].with_user(opinions.env.user)
        return wizard.browse(action["res_id"])

    # -- together ------------------------------------------------------------------
    def test_the_list_and_the_counts_are_shown_first(self):
        opinions = self.checked(self.opinions(3))
        wizard = self.wizard(self.by("sign", opinions))
        self.assertEqual(
            (wizard.count, wizard.possible_count, wizard.refused_count), (3, 2, 1)
        )
        for title in opinions.mapped("title"):
            self.assertIn(title, wizard.preview)
        self.assertEqual(wizard.preview.count("table-warning"), 1)
        self.assertEqual(set(opinions.mapped("state")), {"checked"})

    def test_all_or_none(self):
        opinions = self.checked(self.opinions(3))
        wizard = self.wizard(self.by("sign", opinions))
        with self.assertRefused("quota_of_recommendations", "2"):
            wizard.action_all()
        self.assertEqual(set(opinions.mapped("state")), {"checked"})

    def test_what_is_possible_goes_on_by_rank(self):
        opinions = self.checked(self.opinions(3))
        for opinion, rank in zip(opinions, (3, 1, 2), strict=True):
            self.by("sign", opinion).rank = rank
        self.wizard(self.by("sign", opinions)).action_possible()
        self.env.invalidate_all()
        self.assertEqual(
            opinions.mapped("state"), ["checked", "signed", "signed"]
        )
        kinds = [case.stage_id.kind for case in opinions.application_id]
        self.assertEqual(kinds, ["recommendation", "qualification", "qualification"])

    def test_the_quota_holds_for_one_act_on_many(self):
        """Three at once are as many as three one after the other."""
        opinions = self.checked(self.opinions(3))
        with self.assertRefused("quota_of_recommendations", "2"):
            self.by("sign", opinions).action_sign()
        self.by("sign", opinions[:2]).action_sign()
        with self.assertRefused("quota_of_recommendations", "2"):
            self.by("sign", opinions[2:]).action_sign()

    def test_one_step_at_a_time(self):
        first = self.checked(self.opinions())
        both = first | self.opinions()
        with self.assertRefused("steps_differ"):
            self.by("sign", both).action_forward()

    def test_each_step_together(self):
        opinions = self.write_opinion(self.opinions(2))
        self.wizard(self.by("prepare", opinions)).action_all()
        self.wizard(self.by("check", opinions)).action_all()
        self.wizard(self.by("sign", opinions)).action_all()
        self.env.invalidate_all()
        self.assertEqual(set(opinions.mapped("state")), {"signed"})

    def test_forwarding_costs_the_same_for_one_and_for_many(self):
        one = self.checked(self.opinions(3))
        many = self.checked(self.opinions(6))
        counts = []
        for opinions in (one, many):
            # as a client asks: fetched together, not through the cases
            mine = self.by("sign", opinions).with_prefetch()
            self.wizard(mine).read(["preview", "count"])
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.wizard(mine).read(["preview", "count"])
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    # -- desk ------------------------------------------------------------------------
    def test_the_desk_counts_what_waits_by_step(self):
        draft = self.opinions(2)
        prepared = self.write_opinion(self.opinions())
        self.by("prepare", prepared).action_prepare()
        self.signed(self.opinions())
        mine = self.recommender.with_user(self.roles["recommender_check"])
        names = ("prepare", "check", "sign", "signed")
        found = [mine[f"{name}_count"] for name in names]
        self.assertEqual(found, [2, 1, 0, 1])
        self.assertEqual(mine.my_steps, ["check"])
        self.assertEqual(mine.quota_text, "Recommendations: 1 of 2")
        opened = mine.action_open_prepare()
        Opinion = self.env["award.recommendation"].with_user(mine.env.user)
        self.assertEqual(Opinion.search(opened["domain"]), draft)

    def test_time_left_in_working_days(self):
        opinions = self.opinions()
        mine = self.by("prepare", opinions)
        due = mine.due_on
        self.assertEqual(mine.time_left_text, "10 working days left")
        started = [d for d in mine.strip[0]["days"] if "start" in d["marks"]]
        self.assertEqual([day["date"] for day in started], ["2026-03-10"])
        self.frozen.move_to(f"{due} 02:00:00")
        self.env.invalidate_all()
        self.assertEqual(mine.time_left_text, "today is the last day")
        self.assertTrue(mine.is_soon)
        self.assertEqual(self.recommender.with_user(mine.env.user).soon_count, 1)
        self.frozen.move_to("2026-03-10 02:00:00")

    def test_the_desk_costs_the_same_for_one_and_for_many(self):
        mine = self.recommender.with_user(self.roles["recommender_prepare"])
        names = ["prepare_count", "overdue_count", "quota_text", "next_due_text"]
        counts = []
        for more in (1, 6):
            self.opinions(more)
            mine.read(names)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mine.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    # -- what stays closed -------------------------------------------------------------
    def test_another_recommender_finds_nothing_by_any_door(self):
        """Each door is first opened by who may: there is something to leak."""
        opinions = self.signed(self.opinions())
        action = self.recommender.with_user(
            self.roles["recommender_sign"]
        ).action_letter()
        letter = self.env[action["res_model"]].browse(action["res_id"])
        notice = self.env["award.recommendation.notice"].create(
            {
                "recommender_id": self.recommender.id,
                "edition_id": self.edition_asked.id,
                "first_day": "2026-03-02",
                "last_day": "2026-03-09",
                "place": "区政府网站",
                "proof_file": b"UERG",
            }
        )
        records = [
            opinions,
            opinions.submission_id,
            opinions.check_ids[:1],
            letter,
            notice,
        ]
        ours, theirs = (
            self.roles["recommender_sign"],
            self.roles["other_sign"],
        )
        for record in records:
            for user, opens in ((ours, True), (theirs, False)):
                self._walk_doors(record, user, opens)

    def _walk_doors(self, record, user, opens):
        Model = self.env[record._name].with_user(user)
        mine = Model.browse(record.ids)
        domain = [("id", "in", record.ids)]
        said = (record._name, user.login)
        self.env.invalidate_all()
        self.assertEqual(bool(Model.search(domain)), opens, said)
        self.assertEqual(bool(Model.search_read(domain, ["id"])), opens, said)
        self.assertEqual(
            bool(Model.name_search("", domain)), opens, said
        )
        grouped = Model.formatted_read_group(domain, ["company_id"], ["__count"])
        self.assertEqual(bool(grouped), opens, said)
        files = [n for n in ("page_docx", "letter_docx", "proof_file", "summary_xlsx")]
        names = ["company_id", *(n for n in files if n in Model._fields)]
        for door in (
            lambda: mine.read(names),
            lambda: mine.web_read({name: {} for name in names}),
        ):
            if opens:
                self.assertTrue(door())
            else:
                with self.assertRaises(AccessError):
                    door()

    def test_a_recommender_reads_versions_handed_in_only(self):
        draft = self.register(edition=self.edition_asked)
        self.write_up(draft, text="未提交")
        self.opinions()
        user = self.roles["recommender_prepare"]
        versions = self.env["award.submission"].with_user(user)
        self.assertTrue(versions.search([("edition_id", "=", self.edition_asked.id)]))
        for model in ("award.application", "award.chapter", "award.qualification"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(user).search([])

    def test_nothing_is_signed_by_writing(self):
        opinions = self.opinions()
        mine = self.by("prepare", opinions)
        for values in (
            {"state": "signed"},
            {"signed_by_id": mine.env.uid},
            {"letter_id": False},
            {"recommender_id": self.recommender.id},
        ):
            with self.assertRaises(Exception), self.env.cr.savepoint():  # noqa: B017
                mine.write(values)
                self.env.flush_all()
        self.assertEqual(opinions.state, "draft")
