"""Consequences: only the stated one, by the named actor, whatever else fails."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .clock_case import ClockCase


@tagged("post_install", "-at_install")
class TestClockExpiry(ClockCase):
    """On stages of cases, which get a consequence for the time of the test."""

    def setUp(self):
        super().setUp()
        self.refused = set()
        self.runs = []
        Stage = self.env.registry["award.case.stage"]
        case = self

        def _expire_lapse(self):
            case.runs.append(sorted(self.ids))
            return self._each("fail", values={"note": "lapsed"})

        def _guard_current(self):
            if self.id in case.refused:
                raise ValueError("broken")

        Stage._expire_lapse = _expire_lapse
        self.addCleanup(delattr, Stage, "_expire_lapse")
        move = self.record._lifecycle.move("fail")
        guarded = type(move)(
            move.name, move.sources, move.target, move.roles, ("current",)
        )
        lifecycle = type(self.record._lifecycle)
        original = lifecycle.move
        self.patch(
            lifecycle,
            "move",
            lambda table, name: guarded
            if name == "fail" and "open" in table.keys
            else original(table, name),
        )
        Stage._guard_current = _guard_current
        self.addCleanup(delattr, Stage, "_guard_current")

    def stages(self, number):
        case = self.factory.one("award.application")
        rows = self.env["award.case.stage"]
        for _n in range(number):
            stage = self.factory.new("award.stage")
            rows |= self.factory.new(
                "award.case.stage", application_id=case.id, scheme_stage_id=stage.id
            )
        return rows

    def clocks(self, rows, **values):
        values = {"on_expiry": "lapse", **values}
        return self.Clock.union(*(self.clock(res_id=row.id, **values) for row in rows))

    def test_carried_out_once(self):
        rows = self.stages(3)
        clocks = self.clocks(rows)
        nothing = self.clocks(self.stages(1), on_expiry="none")
        for at in ("2026-03-09 15:59:59", "2026-03-10 02:00:00", "2026-04-10 02:00:00"):
            with freeze_time(at):
                self.run_cron("cron_clock_expire")
        self.assertEqual(self.runs, [sorted(rows.ids)])
        self.assertEqual(set(rows.mapped("state")), {"failed"})
        self.assertEqual(set(clocks.mapped("standing")), {"expired"})
        self.assertEqual((nothing.standing, nothing.trouble), ("overdue", False))
        register = self.env["award.transition"].search(
            [("model", "=", rows._name), ("res_id", "in", rows.ids)]
        )
        actor = self.env.ref("quality_award.user_clock")
        self.assertEqual(register.mapped("user_id"), [actor.id] * 3)
        self.assertEqual(set(register.mapped("roles")), {"clock"})

    @mute_logger("odoo.addons.quality_award.models.base.clock_expiry")
    def test_what_fails_keeps_nothing_from_the_others(self):
        rows = self.stages(5)
        clocks = self.clocks(rows)
        self.refused = {rows[3].id}
        with freeze_time("2026-03-10 02:00:00"):
            self.run_cron("cron_clock_expire")
            self.run_cron("cron_clock_expire")
        self.assertEqual(len(self.runs), 1)
        bad = clocks[3]
        self.assertEqual(
            rows.mapped("state"), ["failed"] * 3 + ["open"] + ["failed"]
        )
        self.assertEqual((bad.standing, "broken" in bad.trouble), ("overdue", True))
        self.refused = set()
        with freeze_time("2026-03-11 02:00:00"):
            self.run_cron("cron_clock_expire")
        self.assertEqual((rows[3].state, bad.standing, bad.trouble), (
            "failed", "expired", False
        ))

    def test_no_such_consequence_for_a_record(self):
        clock = self.clocks(self.stages(1), on_expiry="close_notice")
        with freeze_time("2026-03-10 02:00:00"):
            self.run_cron("cron_clock_expire")
        self.assertEqual((clock.standing, bool(clock.trouble)), ("overdue", True))

    def test_a_record_that_is_gone(self):
        clock = self.clock(res_id=999_999_999, on_expiry="lapse")
        with freeze_time("2026-03-10 02:00:00"):
            self.run_cron("cron_clock_expire")
        self.assertEqual(clock.standing, "void")

    def test_a_record_that_somebody_holds_is_left_for_the_next_run(self):
        rows = self.stages(2)
        clocks = self.clocks(rows)
        Stage = self.env.registry["award.case.stage"]
        free = rows[0]
        with (
            freeze_time("2026-03-10 02:00:00"),
            patch.object(
                Stage, "try_lock_for_update", lambda self, **_kw: self & free
            ),
        ):
            self.run_cron("cron_clock_expire")
        self.assertEqual(clocks.mapped("standing"), ["expired", "overdue"])
        self.assertEqual(clocks.mapped("trouble"), [False, False])
        with freeze_time("2026-03-10 03:00:00"):
            self.run_cron("cron_clock_expire")
        self.assertEqual(clocks.mapped("standing"), ["expired", "expired"])

    def test_one_agency_s_case_in_its_own_company(self):
        rows = self.stages(1)
        self.clocks(rows)
        with freeze_time("2026-03-10 02:00:00"):
            self.run_cron("cron_clock_expire")
        register = self.env["award.transition"].search(
            [("model", "=", rows._name), ("res_id", "=", rows.id)]
        )
        self.assertEqual(register.company_id, self.agency)
