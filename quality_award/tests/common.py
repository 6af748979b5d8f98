"""The words in which the tests of all rooms speak.

`AwardCommon` brings an agency with one user per role, the shipped scheme in its
layered form, an announced edition whose window is open, recommenders and applicants,
and helpers that bring cases to a stage by the same acts that people perform.
"""

import base64
from contextlib import contextmanager
from datetime import datetime

from freezegun import freeze_time
from stdnum.cn import uscc

from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user
from odoo.tools import SQL

from odoo.addons.quality_award.models.base.refusal import AwardRefusal

#: The instant at which the tests begin, a working Tuesday (UTC; 10:00 in Chengdu).
NOW = datetime(2026, 3, 10, 2, 0)
WINDOW = (datetime(2026, 3, 1, 1, 0), datetime(2026, 3, 20, 9, 0))
SHIPPED = "chengdu_2014"
ROLES = {
    "office": "office",
    "office_second": "office",
    "office_head": "office_head",
    "handling": "handling",
    "committee": "committee",
    "approver": "approver",
    "finance": "finance",
    "supervisor": "supervisor",
    "administrator": "admin",
    "reviewer": "reviewer",
    "deliberator": "deliberator",
    "observer": "observer",
}


def credit_code(number):
    """A valid code that no authority has assigned (region 510199)."""
    body = f"91510199MADE{number:05d}"
    return body + uscc.calc_check_digit(body)


def adoption_of(scheme):
    """How the body that the scheme names has adopted it, as its clerk records it."""
    body = scheme._adopting_rules().body_id or scheme.body_ids
    return {
        "adopted_by_id": body[:1].id,
        "adoption_meeting": "第一次全体会议",
        "adoption_number": "演示〔2010〕1号",
        "adopted_on": "2010-01-05",
        "adoption_document": base64.b64encode(b"%PDF-1.4 minutes"),
        "adoption_document_name": "minutes.pdf",
    }


def put_in_force(scheme, until="published"):
    """Check a draft, record its adoption, adopt and publish it, as the user it has.

    :param until: the state to stop at
    """
    acts = [
        ("checked", scheme.action_check),
        ("adopted", scheme.action_adopt),
        ("published", scheme.action_publish),
    ]
    for state, act in acts:
        if state == "adopted":
            scheme.write(adoption_of(scheme))
        act()
        if state == until:
            break
    return scheme


class AwardVocabulary:
    """Mixin for the classes of Odoo's test suites."""

    organisations_made = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clock = freeze_time(NOW, tick=False)
        cls.frozen = cls.clock.start()
        cls.addClassCleanup(cls.clock.stop)
        cls.company = cls.env.company
        cls.company.partner_id.tz = "Asia/Shanghai"
        cls.roles = {
            name: cls._new_user(f"t_{name}", f"quality_award.group_{group}")
            for name, group in ROLES.items()
        }
        cls.scheme = cls._new_scheme()
        cls.award_class = cls.scheme.class_ids[:1]
        cls.trade = cls.env["award.trade"].create(
            {"code": "T1", "name_zh": "机械", "name_en": "Machinery"}
        )
        cls.recommender = cls._new_recommender("甲区", "recommender")
        cls.edition = cls._new_edition(term=3, award_year=2026)
        cls.edition.with_user(cls.roles["office_head"]).action_announce()

    # -- building blocks ---------------------------------------------------------
    @classmethod
    def _new_user(cls, login, groups, company=None):
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    @classmethod
    def _new_scheme(cls, company=None, name=SHIPPED):
        company = company or cls.company
        scheme = cls.env["award.scheme"]._import_shipped(name, company)
        if scheme.state == "draft":
            administrator = cls.roles["administrator"]
            administrator.sudo().company_ids |= company
            put_in_force(scheme.with_user(administrator).with_company(company))
        return scheme

    @classmethod
    def _new_edition(
        cls, *, scheme=None, term, award_year=2026, adopted=True, **values
    ):
        """A draft; `adopted`: all that its scheme wants adopted before, is."""
        scheme = scheme or cls.scheme
        adoptions = [
            Command.create(
                {
                    "rule_id": rule.id,
                    "body": rule.body_id.display_name,
                    "number": "演示〔2026〕2号",
                    "adopted_on": "2026-01-05",
                    "published_on": "2026-01-06",
                    "published_in": "政府网站",
                    "published_media": "日报",
                }
            )
            for rule in scheme.adoption_ids
            if adopted
        ]
        return cls.env["award.edition"].create(
            {
                "name_zh": f"第{term}届",
                "name_en": f"Edition {term}",
                "scheme_id": scheme.id,
                "term": term,
                "award_year": award_year,
                "window_start": WINDOW[0],
                "window_end": WINDOW[1],
                "continuation_body": "市政府办公室",
                "continuation_number": "演示〔2026〕1号",
                "continuation_date": "2026-01-05",
                "company_id": scheme.company_id.id,
                "adoption_ids": adoptions,
                **values,
            }
        )

    @classmethod
    def _new_recommender(cls, name, login, company=None):
        """A recommender whose three people are `<login>_prepare`, `_check`, `_sign`."""
        company = company or cls.company
        group = "quality_award.group_recommender"
        steps = ("prepare", "check", "sign")
        users = {
            step: cls._new_user(f"{login}_{step}", group, company) for step in steps
        }
        recommender = cls.env["award.recommender"].create(
            {
                "name_zh": name,
                "territory": name,
                "company_id": company.id,
                "member_ids": [
                    (0, 0, {"user_id": user.id, f"can_{step}": True})
                    for step, user in users.items()
                ],
            }
        )
        for step, user in users.items():
            cls.roles[f"{login}_{step}"] = user
        return recommender

    @classmethod
    def _new_applicant(cls, company=None):
        """A portal user, and the number that makes his credit code."""
        AwardVocabulary.organisations_made += 1
        number = AwardVocabulary.organisations_made
        user = cls._new_user(f"applicant_{number}", "base.group_portal", company)
        return user, number

    # -- acts, performed by those who may ------------------------------------------
    @classmethod
    def values_of(cls, number, **values):
        """What an applicant fills in when it registers."""
        return {
            "name": f"成都角宿{number}有限公司",
            "credit_code": credit_code(number),
            "trade_code": cls.trade.code,
            "size": "medium",
            "territory": "甲区",
            "registered_on": "2012-05-01",
            "operating_since": "2012-05-01",
            "is_legal_person": True,
            "liaison_name": "王甲子",
            "liaison_phone": "000-0000-0001",
            "recommender_id": cls.recommender.id,
            **values,
        }

    @classmethod
    def register(cls, count=1, edition=None, **values):
        """Online registrations by new portal users; superuser's view of the cases."""
        edition = edition or cls.edition
        cases = cls.env["award.application"]
        for _i in range(count):
            user, number = cls._new_applicant(edition.company_id)
            door = cls.env["award.application"].with_user(user)
            case = door._portal_register(edition.id, cls.values_of(number, **values))
            cases |= cases.browse(case.id)
        return cases

    @classmethod
    def applicant_of(cls, case):
        """The portal user who acts for the applicant."""
        return case.applicant_id.member_ids[:1].user_id

    @classmethod
    def as_applicant(cls, case):
        """The applicants' door, as the user who acts for the case's organisation."""
        return cls.env["award.application"].with_user(cls.applicant_of(case))

    @classmethod
    def write_up(cls, cases, text="正文"):
        """Fill every chapter."""
        for case in cases:
            chapters = {code: f"{text} {code}" for code in case._chapters()}
            cls.as_applicant(case)._portal_save(case.id, chapters)
        return cases

    @classmethod
    def submit(cls, cases):
        cls.write_up(cases)
        for case in cases:
            cls.as_applicant(case)._portal_submit(case.id)
        cls.env.invalidate_all()
        return cases

    @classmethod
    def recommend(cls, cases, verdict="recommend", login="recommender"):
        """Prepared, checked and signed off by the three people of the recommender."""
        found = cls.env["award.recommendation"].search(
            [
                ("application_id", "in", cases.ids),
                ("submission_id.is_current", "=", True),
            ]
        )
        prepared = found.with_user(cls.roles[f"{login}_prepare"])
        prepared.write({"verdict": verdict, "opinion": "经核实,申报内容属实。"})
        prepared.action_prepare()
        found.with_user(cls.roles[f"{login}_check"]).action_check()
        found.with_user(cls.roles[f"{login}_sign"]).action_sign()
        cls.env.invalidate_all()
        return cases

    @classmethod
    def qualify(cls, cases, unmet=None):
        """The office finds all requirements met, or the one with code `unmet` not."""
        checks = cls.env["award.qualification"].search(
            [("application_id", "in", cases.ids), ("state", "=", "draft")]
        )
        checks = checks.with_user(cls.roles["office"])
        checks.line_ids.write({"verdict": "met"})
        bad = checks.line_ids.filtered(lambda li: li.requirement_id.code == unmet)
        bad.write({"verdict": "not_met", "note": "经查不符合。"})
        checks.action_decide()
        cls.env.invalidate_all()
        return cases

    @classmethod
    def cases_at(cls, kind, count=1, **values):
        """New cases at the stage of `kind`: recommendation, qualification, or after."""
        cases = cls.submit(cls.register(count, **values))
        if kind == "recommendation":
            return cases
        cls.recommend(cases)
        if kind == "qualification":
            return cases
        return cls.qualify(cases)

    # -- expectations -------------------------------------------------------------
    @contextmanager
    def assertRefused(self, code, clause=...):
        """The block is refused with `code`, and with `clause` where one is given.

        What the block wrote is rolled back, as a request would.
        """
        with self.assertRaises(AwardRefusal) as caught, self.env.cr.savepoint():
            yield caught
        self.env.invalidate_all()
        refusals = caught.exception.refusals
        self.assertIn(code, [refusal.code for refusal in refusals])
        if clause is not ...:
            clauses = [r.clause for r in refusals if r.code == code]
            self.assertEqual(clauses, [clause] * len(clauses))
        self.assertNotIn("%(", str(caught.exception))

    @contextmanager
    def assertLogged(self, model, ids, door=None):
        """The block leaves an access-log entry on exactly these records of `model`."""
        last = self._log_rows(SQL("SELECT COALESCE(MAX(id), 0) FROM award_access_log"))
        yield
        rows = self._log_rows(
            SQL(
                "SELECT door, record_ids FROM award_access_log "
                "WHERE id > %s AND model = %s",
                last[0][0],
                model,
            )
        )
        seen = {id_ for name, found in rows if door in (None, name) for id_ in found}
        self.assertEqual(seen, set(ids), f"entries: {rows}")

    def _log_rows(self, query):
        self.env.cr.execute(query)
        return self.env.cr.fetchall()


class AwardCommon(AwardVocabulary, TransactionCase):
    """The world of most tests."""


class AwardHttpCommon(AwardVocabulary, HttpCase):
    """The same world with a real server; its time is frozen too."""
