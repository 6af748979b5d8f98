"""The timetable of a scheme: its list, its picture, its calendar file, its warning."""

from datetime import date

import vobject
from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LAYER, RegulationCase


@tagged("post_install", "-at_install")
class TestRegulationTimetable(RegulationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["award.calendar.year"]._load_shipped()
        cls.scheme = cls.schemes._import_shipped(LAYER)

    def table(self, start, days=15):
        return (
            self.env["award.timetable"]
            .with_user(self.admin)
            .create(
                {
                    "scheme_id": self.scheme.id,
                    "start_on": start,
                    "window_days": days,
                }
            )
        )

    def test_days_follow_the_time_limits_of_the_scheme(self):
        rows = {
            stage.code: row for stage, _rules, row in self.table("2026-03-02")._rows()
        }
        self.assertEqual(rows["submission"].earliest, date(2026, 3, 17))
        # ten working days after 17 March, then five more
        self.assertEqual(rows["recommendation"].latest, date(2026, 3, 31))
        self.assertEqual(rows["recommendation"].earliest, date(2026, 3, 17))
        self.assertEqual(rows["qualification"].latest, date(2026, 4, 8))
        # no limit for the panels: nothing later has a latest day
        self.assertFalse(rows["document_review"].latest)
        # a notice takes its ten days, whoever is quick
        notice = rows["notice"]
        self.assertEqual((notice.earliest - notice.opens).days, 10)

    def test_a_window_of_one_day_to_a_year(self):
        """The number is asked for before the days are counted."""
        for days in (0, -1, 367, 2_000_000_000):
            with (
                self.subTest(days=days),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.table("2026-03-02", days)
            # A form shows the days before anything is saved.
            typed = self.env["award.timetable"].new(
                {
                    "scheme_id": self.scheme.id,
                    "start_on": "2026-03-02",
                    "window_days": days,
                }
            )
            self.assertTrue(typed.content)
        rows = [row for _stage, _rules, row in self.table("2026-03-02", 366)._rows()]
        self.assertEqual(rows[0].earliest, date(2027, 3, 3))

    def test_a_year_without_calendar_warns_and_counts_nothing(self):
        table = self.table("2026-12-20")
        self.assertIn("2027", table.warning)
        rows = {stage.code: row for stage, _rules, row in table._rows()}
        self.assertEqual(rows["recommendation"].unknown_year, 2027)
        self.assertFalse(self.table("2026-03-02").warning)

    def test_the_calendar_file_holds_a_day_event_for_each_stage(self):
        table = self.table("2026-03-02")
        events = vobject.readOne(table._ics()).vevent_list
        self.assertEqual(len(events), len(self.scheme.stage_ids))
        [first] = [e for e in events if e.uid.value.split("-")[2] == "recommendation"]
        self.assertEqual(first.dtstart.value, date(2026, 3, 17))
        # the end of an all-day event is the day after
        self.assertEqual(first.dtend.value, date(2026, 4, 1))

    def test_names_from_a_file_cannot_become_markup(self):
        self.scheme.stage_ids[1].name_en = self.scheme.stage_ids[1].name_zh = (
            "<script>alert(1)</script>"
        )
        content = str(self.table("2026-03-02").content)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", content)
        self.assertNotIn("<script>", content)

    def test_marks_of_rest_and_make_up_days(self):
        content = str(self.table("2026-04-27", 15).content)
        self.assertEqual(content.count(">休<"), 5)
        self.assertEqual(content.count(">班<"), 1)
