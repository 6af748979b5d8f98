from odoo import models


class AwardLifecycle(models.AbstractModel):
    _inherit = "award.lifecycle"

    def _clock_party(self, role):
        """What panels owe is owed by the people of the edition's panels."""
        if role in {"panel_leader", "panel_member"}:
            if self._name == "award.edition":
                return self
            if "edition_id" in self._fields:
                return self.edition_id
        return super()._clock_party(role)


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def _clock_people(self, role, rung):
        """Leaders or members of the confirmed panels; above them is the office.

        :return: dict edition id -> users
        """
        people = dict.fromkeys(self.ids, self.env["res.users"])
        if rung != "owner":
            return people
        members = self.env["award.panel.member"].search(
            [
                ("panel_id.edition_id", "in", self.ids),
                ("panel_id.state", "=", "confirmed"),
                *([("is_leader", "=", True)] if role == "panel_leader" else []),
            ]
        )
        for edition, some in members.grouped(lambda m: m.panel_id.edition_id).items():
            people[edition.id] = some.expert_id.user_id
        return people
