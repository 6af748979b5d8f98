"""Shared by the tests of clocks: clocks of any kind, scheduled actions, messages."""

from odoo import fields

from odoo.addons.quality_award.rules import deadline

from .common import FloorCase


class ClockCase(FloorCase):
    """An agency with its people, and clocks on one record of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Clock = cls.env["award.clock"]
        cls.record = cls.factory.one("award.case.stage")
        cls.agency.partner_id.tz = "Asia/Shanghai"

    def clock(self, start="2026-03-02", length=5, unit="working_day", **values):
        """A clock as the engine makes it, counted by the agency's calendar."""
        counted = {
            "started_on": fields.Date.to_date(start),
            "unit": unit,
            "length": length,
            "first_day": values.pop("first_day", "exclude"),
            "roll": values.pop("roll", "none"),
        }
        due = self.Clock._due_values(counted, self.Clock._calendar_of(self.agency))
        return self.Clock.create(
            {
                "name": "时限",
                "name_en": "Limit",
                "code": "limit",
                "res_model": self.record._name,
                "res_id": self.record.id,
                "owner_role": "office",
                "remind_days": list(deadline.REMIND_DAYS),
                "company_id": self.agency.id,
                **counted,
                **due,
                **values,
            }
        )

    def run_cron(self, name):
        """The scheduled action, as its own actor and in as many runs as it needs."""
        self.env.flush_all()
        cron = self.env.ref(f"quality_award.{name}")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(cron.failure_count, 0, "the scheduled action has failed")

    def told(self, act):
        """Who is sent a message by `act`: list of sets of roles, oldest first."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        act()
        messages = self.env["mail.message"].search(
            [("id", ">", last), ("subject", "like", "Quality Award:")], order="id"
        )
        return [set(m.notified_partner_ids.user_ids.mapped("name")) for m in messages]
