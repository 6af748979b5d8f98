"""World of the tests of decision and award: cases brought to a stage by hand.

What the review would leave behind (reports, frozen rankings) is put in place with
register rows, so that these tests do not depend on a whole review.
"""

from fractions import Fraction

from odoo import fields
from odoo.tests import TransactionCase

from odoo.addons.quality_award.rules import scoring
from odoo.addons.quality_award.tests.common import (
    AwardVocabulary,
    credit_code,
    put_in_force,
)


class DecisionVocabulary(AwardVocabulary):
    """`AwardVocabulary` with lists, letters, votes and notices."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.roles["office"]
        cls.second = cls.roles["office_second"]
        cls.head = cls.roles["office_head"]
        cls.committee_user = cls.roles["committee"]
        cls.approver = cls.roles["approver"]

    def setUp(self):
        super().setUp()
        self.addCleanup(self.frozen.move_to, fields.Datetime.now())

    def says(self, **values):
        """Let the scheme say something else for the rest of the test."""
        value_of = type(self.scheme)._value
        figure_of = type(self.scheme)._figure

        def say(scheme, code, **at):
            return values[code] if code in values else value_of(scheme, code, **at)

        def figure(scheme, code, *args):
            found = figure_of(scheme, code, *args)
            return (values[code], found[1]) if code in values else found

        self.patch(type(self.scheme), "_value", say)
        self.patch(type(self.scheme), "_figure", figure)

    @classmethod
    def other_scheme(cls, code, **sections):
        """A published scheme like the shipped one, with other sections.

        `parameters` are set over those of the shipped one: code or (code, class,
        stage) -> value, None to leave one out.
        """
        data = cls.scheme._export() | {"code": code, "version": "1"}
        data.pop("extends", None)
        told = sections.pop("parameters", {})
        data |= sections
        known = {stage["code"] for stage in data["stages"]}
        data["clock_rules"] = []
        rows = {
            (row["code"], row.get("class"), row.get("stage")): row
            for row in data["parameters"]
        }
        for key, value in told.items():
            name, of, stage = key if isinstance(key, tuple) else (key, None, None)
            row = {"code": name, "class": of, "stage": stage, "value": value}
            row |= {"clause": "3"}
            rows[name, of, stage] = {k: v for k, v in row.items() if v is not None}
        data["parameters"] = [
            row
            for row in rows.values()
            if "value" in row and row.get("stage") in {None, *known}
        ]
        scheme = cls.env["award.scheme"]._import(data)
        put_in_force(scheme.with_user(cls.roles["administrator"]))
        return scheme

    @classmethod
    def edition_of(cls, scheme):
        edition = cls._new_edition(scheme=scheme, term=1)
        edition.with_user(cls.head).action_announce()
        return edition

    # -- what comes from other rooms ---------------------------------------------
    @classmethod
    def put(cls, records, state, move, stage=None):
        """Write a state with its register row, as an act would."""
        cls.env.flush_all()
        for record in records:
            staged = record._name == "award.application"
            here = record.stage_id.id or None if staged else None
            cls.env["award.transition"]._record_moves(
                [
                    {
                        "model": record._name,
                        "res_id": record.id,
                        "move": move,
                        "state_from": record.state,
                        "state_to": state,
                        "stage_from": here,
                        "stage_to": (stage.id if stage else here) if staged else None,
                        "company_id": record.company_id.id,
                    }
                ]
            )
            vals = {"state": state}
            if staged and stage:
                vals["stage_id"] = stage.id
            record.write(vals)
            record.flush_recordset()

    @classmethod
    def stage(cls, code, scheme=None):
        stages = (scheme or cls.scheme).stage_ids
        return stages.filtered(lambda stage: stage.code == code)

    @classmethod
    def accepted(cls, count, stage_code, edition=None, of=None, **values):
        """Accepted cases standing at a stage.

        :param of: code of the class, the first one of the scheme when None
        :param values: of the applicants
        """
        edition = edition or cls.edition
        scheme = edition.scheme_id
        stage = cls.stage(stage_code, scheme)
        cases = cls.env["award.application"]
        for _i in range(count):
            AwardVocabulary.organisations_made += 1
            number = AwardVocabulary.organisations_made
            organisation = cls.env["award.applicant"].create(
                {
                    "name": f"成都房宿{number}有限公司",
                    "credit_code": credit_code(number),
                    "is_legal_person": True,
                    "company_id": edition.company_id.id,
                    **values,
                }
            )
            case = cases.create(
                {
                    "edition_id": edition.id,
                    "class_id": cls.class_of(edition, of).id,
                    "applicant_id": organisation.id,
                    "trade_id": cls.trade.id,
                }
            )
            case.write({"name": f"T-{number:04d}"})
            cls.put(case, "submitted", "submit", stage)
            cls.put(case, "accepted", "accept", stage)
            cls.env["award.case.stage"].create(
                {
                    "application_id": case.id,
                    "scheme_stage_id": stage.id,
                    "opened_on": fields.Date.today(),
                }
            )
            cases |= case
        return cases

    @classmethod
    def class_of(cls, edition, code=None):
        classes = edition.scheme_id.class_ids
        return classes.filtered(lambda c: c.code == code) if code else classes[:1]

    @classmethod
    def panel(cls, kind="document", filed=True):
        """A panel with its report of a kind."""
        panel = cls.env["award.panel"].create(
            {"name": "甲组", "edition_id": cls.edition.id}
        )
        report = cls.env["award.panel.report"].create(
            {"panel_id": panel.id, "kind": kind, "text": "报告"}
        )
        if filed:
            cls.put(report, "filed", "file")
        return panel

    @classmethod
    def agree(cls, cases, panel):
        """The panel has agreed on each case's documents."""
        for case in cases:
            submission = cls.env["award.submission"].create(
                {
                    "application_id": case.id,
                    "edition_id": case.edition_id.id,
                    "criteria_id": case.class_id.criteria_id.id,
                    "title": case.applicant_id.name,
                    "version": 1,
                    "version_code": case.name,
                    "content": {},
                    "content_hash": "$1$",
                    "submitted_at": fields.Datetime.now(),
                    "company_id": case.company_id.id,
                }
            )
            consensus = cls.env["award.consensus"].create(
                {
                    "submission_id": submission.id,
                    "panel_id": panel.id,
                    "phase": "document",
                    "title": submission.title,
                }
            )
            cls.put(consensus, "agreed", "agree")

    @classmethod
    def rank(cls, scores, phase="final", edition=None, panel=None, of=None):
        """A frozen ranking.

        :param scores: dict case -> score in hundredths (int or Fraction)
        """
        edition = edition or cls.edition
        composite = cls.env["award.composite"].create(
            {
                "edition_id": edition.id,
                "class_id": cls.class_of(edition, of).id,
                "phase": phase,
                "line_ids": [
                    fields.Command.create(
                        {
                            "application_id": case.id,
                            "panel_id": panel.id if panel else False,
                            "score_exact": str(Fraction(scores[case])),
                            "score_text": scoring.to_text(scores[case]),
                            "rank": place,
                            "is_tied": tied,
                        }
                    )
                    for place, case, tied in scoring.rank(scores)
                ],
            }
        )
        cls.put(composite, "frozen", "freeze")
        return composite

    # -- acts ----------------------------------------------------------------------
    @classmethod
    def new_list(cls, kind, edition=None, fill=True, of=None):
        """A list as the office makes it; superuser's view."""
        edition = edition or cls.edition
        found = (
            cls.env["award.list"]
            .with_user(cls.office)
            .create(
                {
                    "name": kind,
                    "kind": kind,
                    "edition_id": edition.id,
                    "class_id": cls.class_of(edition, of).id,
                }
            )
        )
        if fill:
            found.action_fill()
        cls.env.invalidate_all()
        return found.sudo().with_user(cls.env.user)

    @staticmethod
    def money_report(awards):
        """The reports on the use of the prize money that winners owe."""
        return awards.obligation_ids.filtered(lambda o: o.kind == "prize_report")

    @classmethod
    def adopt(cls, award_list):
        who = cls.head
        if award_list.is_deciding and not award_list.resolution_ids:
            who = cls.committee_user
        award_list.with_user(who).action_adopt()
        cls.env.invalidate_all()
        return award_list

    @classmethod
    def line(cls, award_list, case):
        return award_list.line_ids.filtered(lambda line: line.application_id == case)

    @classmethod
    def consult(cls, award_list, adverse=None):
        """All departments answer; `adverse` is the case the first one objects to."""
        award_list.with_user(cls.office).action_consult()
        letters = award_list.consultation_ids.with_user(cls.office)
        letters.action_send()
        letters.action_receive()
        for number, letter in enumerate(letters, 1):
            letter.write({"reply_number": f"复〔2026〕{number}号"})
            letter.write({"reply_date": fields.Date.today()})
            letter.opinion_ids.write({"verdict": "none"})
        if adverse:
            letters[0].opinion_ids.filtered(
                lambda o: o.application_id == adverse
            ).write({"verdict": "adverse", "evidence": "处罚决定书。"})
        letters.action_enter()
        letters.with_user(cls.second).action_check()
        cls.env.invalidate_all()
        return award_list.consultation_ids

    @classmethod
    def committee(cls, members=9, scheme=None, **values):
        """A committee in office."""
        committee = (
            cls.env["award.committee"]
            .with_user(cls.office)
            .create(
                {
                    "name_zh": "评审委员会",
                    "scheme_id": (scheme or cls.scheme).id,
                    "approval_number": "演示〔2026〕2号",
                    "approved_on": "2026-01-10",
                    "member_ids": [
                        fields.Command.create({"name": f"委员{n}"})
                        for n in range(1, members + 1)
                    ],
                    **values,
                }
            )
        )
        committee.with_user(cls.head).action_approve()
        return committee.with_user(cls.env.user)

    @classmethod
    def figures(cls, base, in_favour):
        return {
            "issued": base,
            "returned": base,
            "valid": base,
            "in_favour": in_favour,
            "against": base - in_favour,
            "abstained": 0,
        }

    @classmethod
    def meet(cls, award_list, committee, votes=None, present=9):
        """A meeting on a list, closed.

        :param votes: dict case -> votes in favour; all present where not named
        """
        meeting = (
            cls.env["award.meeting"]
            .with_user(cls.office)
            .create(
                {
                    "name": "会议",
                    "edition_id": award_list.edition_id.id,
                    "committee_id": committee.id,
                    "list_id": award_list.id,
                    "present_ids": [
                        fields.Command.set(committee.member_ids[:present].ids)
                    ],
                }
            )
        )
        meeting.action_prepare()
        meeting.action_open()
        for tally in meeting.tally_ids:
            count = (votes or {}).get(tally.application_id, present)
            figures = cls.figures(present, count)
            tally.action_enter(figures)
            tally.with_user(cls.second).action_check(figures)
        meeting.action_close("会议纪要。")
        cls.env.invalidate_all()
        return meeting.with_user(cls.env.user)

    @classmethod
    def publish(cls, award_list, **values):
        notice = (
            cls.env["award.notice"]
            .with_user(cls.office)
            .create(
                {
                    "name": "公示",
                    "edition_id": award_list.edition_id.id,
                    "list_id": award_list.id,
                    "channel_ids": [
                        fields.Command.create(
                            {
                                "kind": "government_site",
                                "proof": "https://example.invalid/1",
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        notice.action_publish()
        cls.env.invalidate_all()
        return notice.with_user(cls.env.user)

    @classmethod
    def pass_days(cls, days):
        """The clock goes on by whole days."""
        cls.frozen.tick(days * 86400)
        cls.env.invalidate_all()

    # -- the way to a stage, by the acts themselves ----------------------------------
    @classmethod
    def until_candidate(cls, scores, edition=None):
        """The candidate list of cases with these scores (hundredths)."""
        cases = cls.accepted(len(scores), "composite", edition)
        cls.rank(dict(zip(cases, scores, strict=True)), edition=edition)
        recommended = cls.adopt(cls.new_list("recommended", edition))
        cls.consult(recommended)
        return cls.adopt(cls.new_list("candidate", edition))

    @classmethod
    def until_notice(cls, scores, committee):
        """The adopted proposed list, its cases at the notice."""
        cls.until_candidate(scores)
        proposed = cls.new_list("proposed")
        cls.meet(proposed, committee)
        return cls.adopt(proposed)

    @classmethod
    def until_approval(cls, scores, committee):
        """The adopted final list, its cases waiting for the government."""
        notice = cls.publish(cls.until_notice(scores, committee))
        cls.pass_days(11)
        notice.with_user(cls.office).action_close()
        final = cls.new_list("final")
        cls.meet(final, committee)
        return cls.adopt(final)

    @classmethod
    def submitted_approval(cls, final):
        approval = (
            cls.env["award.approval"]
            .with_user(cls.office)
            .create({"edition_id": final.edition_id.id, "list_id": final.id})
        )
        approval.with_user(cls.head).action_submit()
        return approval.with_user(cls.env.user)

    @classmethod
    def until_grant(cls, scores, committee):
        """The registered approval; the cases are at the stage of the award."""
        approval = cls.submitted_approval(cls.until_approval(scores, committee))
        approval.with_user(cls.approver).action_approve(
            "成府函〔2026〕9号", fields.Date.today()
        )
        cls.env.invalidate_all()
        return approval


class DecisionCommon(DecisionVocabulary, TransactionCase):
    """The world of the tests of both rooms."""
