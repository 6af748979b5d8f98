import base64

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.quality_award.rules import scoring

from .common import DecisionCommon


def stages(text):
    """Rows of a scheme: ``kind``, ``kind:code`` or ``kind:code/key=value/…``."""
    rows = []
    for word in text.split():
        name, *more = word.split("/")
        kind, _colon, code = name.partition(":")
        row = {"code": code or kind, "kind": kind, "name_zh": code or kind}
        for pair in more:
            key, _equals, value = pair.partition("=")
            row[key] = value.split("+") if key == "classes" else value or True
        rows.append({**row, "clause": "3"})
    return rows


#: Three bodies in a row, two approvals, one notice.
THREE_BODIES = stages(
    "submission qualification/accepts document_review composite "
    "deliberation:committee/body=committee/list=candidate "
    "deliberation:leading/body=leading_group/list=proposed "
    "notice/of_list=proposed approval:bureau/body=finance approval award"
)


@tagged("post_install", "-at_install")
class TestDecisionThreeBodies(DecisionCommon):
    """Composite, committee, leading group, notice, two approvals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.other_scheme(
            "three",
            stages=THREE_BODIES,
            parameters={
                "panel_ranking": "per_panel",
                "weight_document": None,
                "weight_site": None,
                "weight_defence": None,
            },
        )
        cls.edition = cls.edition_of(cls.other)
        cls.leading = cls.other.body_ids.filtered(lambda b: b.role == "leading_group")
        cls.cases = cls.accepted(3, "composite", cls.edition)
        cls.body = cls.committee(scheme=cls.other)
        cls.rank(dict.fromkeys(cls.cases, 60000), edition=cls.edition)
        cls.recommended = cls.adopt(cls.new_list("recommended", cls.edition))

    def proposed(self):
        candidate = self.new_list("candidate", self.edition)
        self.meet(candidate, self.body)
        self.adopt(candidate)
        return candidate, self.new_list("proposed", self.edition)

    def resolve(self, award_list, **values):
        resolution = (
            self.env["award.resolution"]
            .with_user(self.office)
            .create(
                {
                    "list_id": award_list.id,
                    "document_number": "皖质〔2026〕3号",
                    "document_date": "2026-03-10",
                    **values,
                }
            )
        )
        return resolution

    def test_whole_way(self):
        """Each list follows the one before it, whatever it is called."""
        candidate, proposed = self.proposed()
        self.assertEqual(candidate.stage_id.code, "committee")
        self.assertEqual(candidate.previous_id, self.recommended)
        self.assertEqual(proposed.previous_id, candidate)
        resolution = self.resolve(proposed)
        self.assertEqual(resolution.body_id, self.leading)
        resolution.action_enter()
        resolution.with_user(self.second).action_check()
        self.adopt(proposed)
        self.assertEqual(set(self.cases.mapped("stage_id.code")), {"notice"})
        notice = self.publish(proposed)
        self.pass_days(11)
        notice.with_user(self.office).action_close()
        self.assertEqual(set(self.cases.mapped("stage_id.code")), {"bureau"})
        for code, body in (("bureau", "finance"), ("approval", "government")):
            approval = self.submitted_approval(proposed)
            self.assertEqual(approval.stage_id.code, code)
            self.assertEqual(approval.body_id.role, body)
            self.assertEqual(
                self.env["award.clock"].search_count(
                    [("res_model", "=", "award.approval"), ("res_id", "=", approval.id)]
                ),
                0,
            )
            approval.with_user(self.approver).action_approve(f"{body}1", "2026-03-21")
            self.env.invalidate_all()
        self.assertEqual(set(self.cases.mapped("stage_id.code")), {"award"})
        approval.with_user(self.office).action_grant()
        self.assertEqual(set(self.cases.mapped("state")), {"decided"})

    def test_second_approval_is_asked_for(self):
        """A case that one body has approved is not decided."""
        _candidate, proposed = self.proposed()
        self.put(self.cases, "accepted", "advance", self.stage("award", self.other))
        approval = self.env["award.approval"].create(
            {"edition_id": self.edition.id, "list_id": proposed.id}
        )
        self.put(approval, "pending", "submit")
        self.put(approval, "approved", "approve")
        self.assertFalse(self.cases[0]._is_approved())

    def test_document_needs_two_clerks_and_stays_as_compared(self):
        _candidate, proposed = self.proposed()
        for values, code in [
            ({"document_number": " "}, "document_missing"),
            ({"document_date": False}, "document_missing"),
            ({"document_date": "2026-03-11"}, "document_date_future"),
        ]:
            with self.subTest(values=values), self.assertRefused(code):
                self.resolve(proposed, **values).action_enter()
        resolution = self.resolve(proposed)
        resolution.action_enter()
        with self.assertRefused("second_clerk"):
            resolution.action_check()
        with self.assertRefused("wrong_role"):
            proposed.with_user(self.head).action_adopt()
        line = self.line(proposed, self.cases[0])
        line.write({"outcome": "out", "reason": "未通过。"})
        resolution.with_user(self.second).action_check()
        line.write({"outcome": "in"})
        with self.assertRefused("resolution_differs"):
            proposed.with_user(self.head).action_adopt()
        line.write({"outcome": "out"})
        proposed.with_user(self.head).action_adopt()
        self.assertEqual(
            self.cases.mapped("state"), ["eliminated", "accepted", "accepted"]
        )
        with self.assertRefused("field_closed"):
            resolution.write({"document_number": "另号"})

    def test_the_committee_votes(self):
        candidate = self.new_list("candidate", self.edition)
        with self.assertRefused("committee_votes"):
            self.resolve(candidate).action_enter()
        with self.assertRefused("list_not_to_decide"):
            self.resolve(self.recommended).action_enter()

    def test_roster_of_the_body(self):
        """The leading group meets with its own roster; its members adopt the list."""
        _candidate, proposed = self.proposed()
        with self.assertRefused("roster_of_another_body"):
            self.meet(proposed, self.body)
        member = self._new_user("t_leading", "quality_award.group_committee")
        group = self.committee(
            scheme=self.other,
            members=0,
            name_zh="领导小组",
            body_id=self.leading.id,
            member_ids=[
                fields.Command.create({"name": "组长", "user_id": member.id}),
                fields.Command.create({"name": "组员"}),
            ],
        )
        self.assertEqual(self.body.state, "approved")
        self.meet(proposed, group, present=2)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            proposed.with_user(self.committee_user).action_adopt()
        self.env.invalidate_all()
        Lists = self.env["award.list"]
        self.assertEqual(
            Lists.with_user(member).search([]).mapped("kind"),
            ["recommended", "candidate", "proposed"],
        )
        proposed.with_user(member).action_adopt()
        self.assertEqual(proposed.state, "adopted")

    def test_notice_shows_its_list(self):
        candidate, _proposed = self.proposed()
        self.put(self.cases, "accepted", "advance", self.stage("notice", self.other))
        with self.assertRefused("notice_of_other_list"):
            self.publish(candidate)

    def test_next_list_waits_for_the_letters(self):
        self.cases[0]._draft_letters("not_shortlisted", "未列入。")
        candidate = self.new_list("candidate", self.edition)
        self.meet(candidate, self.body)
        with self.assertRefused("letters_not_sent"):
            self.adopt(candidate)
        self.env["award.letter"].search(
            [("application_id", "=", self.cases[0].id)]
        ).with_user(self.office).action_send()
        self.adopt(candidate)


CLASSES = [
    {"code": code, "name_zh": code, "subject": subject, "clause": "3"}
    | {"criteria": "gbt19580_2012"}
    for code, subject in [
        ("big", "organisation"),
        ("little", "organisation"),
        ("person", "individual"),
        ("guest", "organisation"),
    ]
]
#: Two notices, a defence for organisations only, the public asked beside it.
FOUR_CLASSES = stages(
    "submission qualification/accepts document_review notice:first/of_list=shortlist "
    "site_visit public_evaluation/in_parallel defence/classes=big+little+guest "
    "composite/list=candidate notice:second/of_list=candidate "
    "deliberation:council/body=committee/list=final approval award"
)


@tagged("post_install", "-at_install")
class TestDecisionClasses(DecisionCommon):
    """Quotas over classes, thresholds of blocks, stages and notices by class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rows = {
            "pool": {"counts": "awards", "classes": ["big", "little"], "max": 3},
            "small": {"counts": "awards", "tag": "size:small", "min": 1, "soft": True},
            "guests": {"counts": "awards", "classes": ["guest"], "outside": True}
            | {"max": 2},
            "all": {"counts": "awards", "max": 4},
            "panel": {"counts": "shortlist", "per": "panel", "max": 2, "soft": True},
        }
        cls.other = cls.other_scheme(
            "classes",
            classes=CLASSES,
            stages=FOUR_CLASSES,
            quotas=[{"code": code, "clause": "4"} | row for code, row in rows.items()],
            thresholds=[
                {"code": "results", "clause": "5", "classes": ["big"], "at": "award"}
                | {"score": "site", "block": "4.7", "min": 20000},
            ],
            obligations=[],
            parameters={
                "quota_max": None,
                "quota_scope": None,
                "onsite_max": None,
                "onsite_soft": None,
                "onsite_scope": None,
                "threshold": None,
                "threshold_score": None,
                "repeat_quota_exempt": None,
                "weight_document": None,
                "weight_site": None,
                "weight_defence": None,
                "notice_days": 7,
                ("notice_channels", None, "second"): ["web", "in_house"],
                ("notice_unit", None, "second"): "working_day",
                ("notice_first_day", None, "second"): "include",
            },
        )
        cls.edition = cls.edition_of(cls.other)
        cls.body = cls.committee(scheme=cls.other)

    def council(self, of, count, **values):
        """A list at the council, voted on, not adopted."""
        cases = self.accepted(count, "composite", self.edition, of, **values)
        self.rank(dict.fromkeys(cases, 60000), edition=self.edition, of=of)
        self.adopt(self.new_list("candidate", self.edition, of=of))
        self.put(cases, "accepted", "advance", self.stage("council", self.other))
        final = self.new_list("final", self.edition, of=of)
        self.meet(final, self.body)
        return final

    def results(self, cases, short=False):
        """Half of the points of the results after the site visit, or a little less."""
        criteria = self.class_of(self.edition, "big").criteria_id
        items = criteria.criterion_ids.filtered(
            lambda item: item.kind == "result" and item.number.startswith("4.7.")
        )
        self.agree(cases, self.panel())
        for submission in cases.submission_ids:
            site = self.env["award.consensus"].create(
                {
                    "submission_id": submission.id,
                    "panel_id": self.env["award.panel"].search([], limit=1).id,
                    "phase": "site",
                    "title": submission.title,
                    "line_ids": [
                        fields.Command.create(
                            {
                                "criterion_id": item.id,
                                "percent": 45 if short and item == items[0] else 50,
                                "is_scored": True,
                            }
                        )
                        for item in items
                    ],
                }
            )
            self.put(site, "agreed", "agree")
        return items

    def test_pool_over_two_classes(self):
        """Each class has its own ranking; both share the places."""
        big = self.council("big", 2, size="small")
        little = self.council("little", 2)
        self.results(big.line_ids.application_id)
        self.adopt(big)
        with self.assertRefused("rule_exceeded", "4") as caught:
            self.adopt(little)
        values = caught.exception.refusals[0].values
        self.assertEqual(
            (values["quota"], values["counted"], values["limit"]), ("pool", 4, 3)
        )
        self.line(little, little.line_ids.application_id[0]).write(
            {"outcome": "out", "reason": "名额。"}
        )
        self.adopt(little)

    def test_class_outside_the_quota(self):
        """Guests take no place of the four; a person does."""
        big = self.council("big", 3, size="small")
        self.results(big.line_ids.application_id)
        guest = self.council("guest", 2)
        person = self.council("person", 2)
        for award_list in (big, guest):
            self.adopt(award_list)
        with self.assertRefused("rule_exceeded", "4") as caught:
            self.adopt(person)
        self.assertEqual(caught.exception.refusals[0].values["quota"], "all")

    def test_fewest_are_demanded_with_the_last_list(self):
        """Nobody small: told when no other class is left, passed with a reason."""
        little, person = self.council("little", 1), self.council("person", 1)
        self.adopt(little)
        with self.assertRefused("rule_needs_reason", "4"):
            self.adopt(person)
        person.with_user(self.office).overrun_reason = "无小企业达标。"
        self.adopt(person)

    def test_vacant_class(self):
        """Nobody is put forward: the list stands without a name."""
        little = self.council("little", 1)
        little.line_ids.write({"outcome": "out", "reason": "空缺。"})
        little.with_user(self.office).overrun_reason = "空缺。"
        self.adopt(little)
        self.assertEqual(little.in_count, 0)

    def test_threshold_of_a_block(self):
        """The results of big ones need 200 points, exactly 200 is enough."""
        big = self.council("big", 1, size="small")
        with self.assertRefused("score_missing", "5"):
            self.adopt(big)
        items = self.results(big.line_ids.application_id, short=True)
        with self.assertRefused("below_threshold", "5") as caught:
            self.adopt(big)
        values = caught.exception.refusals[0].values
        below = scoring.to_text(20000 - items[0].points * 5 // 100)
        self.assertEqual((values["score"], values["threshold"]), (below, "200.00"))
        self.assertIn("results", values["case"])

    def test_per_panel(self):
        panel = self.panel()
        cases = self.accepted(3, "document_review", self.edition, "little")
        self.agree(cases, panel)
        self.rank(
            dict.fromkeys(cases, 60000),
            "document",
            edition=self.edition,
            panel=panel,
            of="little",
        )
        shortlist = self.new_list("shortlist", self.edition, of="little")
        self.assertEqual(set(shortlist.line_ids.mapped("panel_name")), {"甲组"})
        with self.assertRefused("rule_needs_reason", "4") as caught:
            self.adopt(shortlist)
        self.assertEqual(
            caught.exception.refusals[0].values["quota"], f"panel: {panel.name}"
        )
        shortlist.with_user(self.office).overrun_reason = "并列。"
        self.adopt(shortlist)
        self.assertEqual(set(cases.mapped("stage_id.code")), {"first"})

    def test_classes_go_different_ways(self):
        """Persons have no defence; the public is asked beside the way."""
        visit, panel = self.stage("site_visit", self.other), self.panel()
        for of, following in (("big", "defence"), ("person", "composite")):
            case = self.accepted(1, "site_visit", self.edition, of)
            self.agree(case, panel)
            with self.subTest(of=of):
                self.assertEqual(visit._next(case.class_id).code, following)
                case.with_user(self.office).sudo()._change_stage(
                    visit, visit._next(case.class_id)
                )
                rows = self.env["award.case.stage"].search(
                    [("application_id", "=", case.id), ("state", "=", "open")]
                )
                self.assertEqual(
                    set(rows.mapped("scheme_stage_id.code")),
                    {following, "public_evaluation"},
                )

    # -- the second notice -----------------------------------------------------
    def at_second_notice(self):
        cases = self.accepted(2, "composite", self.edition, "little")
        self.rank(dict.fromkeys(cases, 60000), edition=self.edition, of="little")
        candidate = self.adopt(self.new_list("candidate", self.edition, of="little"))
        self.assertEqual(set(cases.mapped("stage_id.code")), {"second"})
        return candidate

    def second_notice(self):
        candidate = self.at_second_notice()
        return candidate.line_ids.application_id, self.publish(candidate)

    def proof(self, notice, case, first="2026-03-10", last="2026-03-18"):
        return (
            self.env["award.notice.proof"]
            .with_user(self.office)
            .create(
                {
                    "notice_id": notice.id,
                    "application_id": case.id,
                    "posted_on": first,
                    "posted_until": last,
                    "proof_file": base64.b64encode(b"photo"),
                }
            )
        )

    def test_inside_each_applicant_in_working_days(self):
        """Seven working days from the 10th, the first counted: until the 18th."""
        cases, notice = self.second_notice()
        self.assertEqual(notice.unit, "working_day")
        self.assertEqual(str(notice.last_day), "2026-03-18")
        self.assertIn("共7个工作日(公示首日计入)", notice.text)
        self.pass_days(9)
        notice = notice.with_user(self.office)
        with self.assertRefused("in_house_missing", "3") as caught:
            notice.action_close()
        self.assertIn(cases[0].name, str(caught.exception))
        self.proof(notice, cases[0])
        short = self.proof(notice, cases[1], last="2026-03-17")
        with self.assertRefused("in_house_too_short", "3") as caught:
            notice.action_close()
        self.assertNotIn(cases[0].name, str(caught.exception))
        short.posted_until = "2026-03-18"
        notice.action_close()
        self.assertEqual(set(cases.mapped("stage_id.code")), {"council"})
        with self.assertRefused("field_closed"):
            short.place = "大厅"

    def test_bad_proof(self):
        cases, notice = self.second_notice()
        stranger = self.accepted(1, "second", self.edition, "little")
        for case, first, last, code in [
            (stranger, "2026-03-10", "2026-03-10", "case_not_on_notice"),
            (cases[0], "2026-03-10", "2026-03-09", "proof_days_wrong"),
            (cases[0], "2026-03-10", "2026-03-11", "proof_days_wrong"),
        ]:
            with self.subTest(code=code), self.assertRefused(code):
                self.proof(notice, case, first, last)

    def test_every_channel_and_a_short_plan(self):
        self.says(notice_channels=["web", "media"])
        candidate = self.at_second_notice()
        with self.assertRefused("channels_missing"):
            self.publish(candidate)
        draft = self.env["award.notice"].new(
            {
                "edition_id": self.edition.id,
                "list_id": candidate.id,
                "days": 3,
            }
        )
        self.assertIn("3 days are fewer than the 7", draft.plan_warning)
