from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import AwardCommon
from .common import KindsVocabulary

RULES = [
    {
        "code": "roster",
        "subject": "roster",
        "body": "government",
        "published": True,
        "name_zh": "委员会名单",
        "clause": "8",
    },
    {
        "code": "criteria",
        "subject": "criteria",
        "body": "committee",
        "name_zh": "评审标准",
        "clause": "5",
    },
]


@tagged("post_install", "-at_install")
class TestOpening(KindsVocabulary, AwardCommon):
    """Before an edition is announced: adoptions; with it: criteria are pinned."""

    def draft(self, **sections):
        scheme = self.new_scheme(**sections)
        edition = self.open_edition(
            scheme, announce=False, adopted="adoptions" not in sections
        )
        return edition.with_user(self.roles["office_head"])

    def adopt(self, edition, code, **values):
        rule = edition.scheme_id.adoption_ids.filtered(lambda r: r.code == code)
        return self.env["award.adoption"].create(
            {
                "edition_id": edition.id,
                "rule_id": rule.id,
                "body": "某",
                "meeting": "第一次会议",
                "adopted_on": "2026-02-01",
                **values,
            }
        )

    def test_all_that_is_asked_for(self):
        edition = self.draft(adoptions=RULES)
        with self.assertRefused("adoption_missing", "8") as caught:
            edition.action_announce()
        self.assertIn("委员会名单, 评审标准", str(caught.exception))
        self.adopt(edition, "criteria")
        roster = self.adopt(edition, "roster")
        for values in (
            {},
            {"published_on": "2026-02-03"},
            {"published_in": "政府网站"},
            {"published_on": "2026-02-03", "published_in": "网站", "adopted_on": False},
            {"published_on": "2026-02-03", "published_in": "网站", "body": " "},
        ):
            with self.subTest(values=values):
                published = {"published_on": False, "published_in": False}
                met = {"meeting": "一次", "number": False}
                roster.write({**met, **published, **values})
                with self.assertRefused("adoption_missing", "8") as caught:
                    edition.action_announce()
                self.assertNotIn("评审标准", str(caught.exception))
                roster.write({"body": "某", "adopted_on": "2026-02-01"})
        roster.write({"published_on": "2026-03-10", "published_in": "网站"})
        for values in (
            {"meeting": False, "number": False},
            {"meeting": "一次", "adopted_on": "2026-03-11"},
        ):
            with self.subTest(values=values):
                roster.write(values)
                with self.assertRefused("adoption_missing", "8") as caught:
                    edition.action_announce()
                self.assertNotIn("评审标准", str(caught.exception))
        roster.write({"adopted_on": "2026-03-10", "meeting": False, "number": "1号"})
        roster.write({"published_on": "2026-03-10", "published_in": "政府网站"})
        edition.action_announce()
        self.assertEqual(edition.state, "announced")

    def test_what_was_announced_stays(self):
        edition = self.draft(adoptions=RULES[1:])
        edition.action_fill_adoptions()
        line = edition.adoption_ids
        self.assertEqual(line.body, line.rule_id.body_id.display_name)
        edition.action_fill_adoptions()
        self.assertEqual(len(edition.adoption_ids), 1)
        line.write({"adopted_on": "2026-03-01", "number": "2号"})
        edition.action_announce()
        for act in (
            lambda: line.write({"number": "3号"}),
            lambda: line.sudo().unlink(),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                act()
        with self.assertRaises(AccessError):
            line.with_user(self.roles["reviewer"]).write({"number": "3号"})

    def test_schemes_without_adoptions(self):
        edition = self.draft()
        edition.action_announce()
        self.assertEqual(edition.state, "announced")

    def test_both_kinds_of_media(self):
        """(channels asked for before submissions, published where, what is missing)."""
        rule = {**RULES[0], "code": "announcement", "subject": "announcement"}
        both = {"published_in": "政府网站", "published_media": "日报"}
        no_media, no_site = {"published_media": False}, {"published_in": False}
        for channels, gap, missing in (
            (["web", "media"], {}, None),
            (["web", "media"], no_media, "media."),
            (["media"], no_media, "media."),
            (["web"], no_media, None),
            (["web", "in_house"], no_media, None),
            (None, no_media, None),
        ):
            with self.subTest(channels=channels, gap=gap):
                edition = self.draft(adoptions=[rule], parameters=self.asked(channels))
                line = self.adopt(
                    edition, "announcement", published_on="2026-02-03", **both
                )
                line.write(gap)
                if missing is None:
                    edition.action_announce()
                    self.assertEqual(edition.state, "announced")
                    continue
                with self.assertRefused("media_missing", "8") as caught:
                    edition.action_announce()
                self.assertIn(f"published in: {missing}", str(caught.exception))
        line = self.adopt(self.draft(adoptions=[rule]), "announcement", **both)
        line.write({**no_site, "published_on": "2026-02-03"})
        with self.assertRefused("adoption_missing", "8"):
            line.edition_id.with_user(self.roles["office_head"]).action_announce()

    @staticmethod
    def asked(channels):
        """Channels of the announcement, and none or others of later notices."""
        if not channels:
            return [("notice_channels", None)]
        row = {"code": "notice_channels", "stage": "submission", "clause": "12-1"}
        return [("notice_channels", ["in_house"]), {**row, "value": channels}]

    # -- criteria ------------------------------------------------------------------
    def test_latest_version_is_pinned(self):
        """What comes out after the announcement is for the next edition (R21)."""
        person = self.kinds.class_ids.filtered(lambda c: c.code == "individual")
        pinned = {x.class_id: x.criteria_id.code for x in self.edition.criteria_ids}
        self.assertEqual(len(pinned), len(self.kinds.class_ids))
        self.assertEqual(pinned[person], "person_new")
        before = self.enter("individual")
        self.criteria_edition("person_later", "2026-03-09")
        after = self.enter("individual")
        self.assertEqual(
            [case.criteria_id.code for case in (before, after)], ["person_new"] * 2
        )
        later = self.open_edition(self.kinds, term=31)
        self.assertEqual(
            self.enter("individual", later).criteria_id.code, "person_later"
        )

    def test_pinned_criteria_are_frozen(self):
        """Those of a family in no class are kept by the database once pinned."""
        new = self.env["award.criteria"].search([("code", "=", "person_new")])
        old = self.env["award.criteria"].search([("code", "=", "person_old")])
        old.criterion_ids[0].name_zh = "改"
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            new.criterion_ids[0].name_zh = "改"
            new.criterion_ids.flush_recordset()

    def test_no_version_in_force(self):
        edition = self.draft()
        self.patch(
            type(self.env["award.criteria"]),
            "_latest",
            lambda self, *args: self.browse(),
        )
        with self.assertRefused("criteria_missing", "2"):
            edition.action_announce()

    def test_nobody_writes_what_is_pinned(self):
        line = self.edition.criteria_ids[:1]
        for role in ("office", "office_head", "administrator"):
            with self.assertRaises(AccessError):
                line.with_user(self.roles[role]).write({"criteria_id": 1})

    def test_criteria_of_many_cases_cost_one_query(self):
        cases = self.env["award.application"].union(
            *(self.enter("individual") for _i in range(4))
        )
        costs = []
        for some in (cases[:1], cases):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("criteria_id")
            costs.append(self.env.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
