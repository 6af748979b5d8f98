from odoo import models


class DiscussChannel(models.Model):
    _inherit = "discuss.channel"

    def _subscribe_users_automatically_get_members(self):
        """Leave people from outside the agency out of the agency's own channels.

        Odoo puts every internal user into the channel of all employees, which would
        show them the staff's talk, and the staff the names of the experts.
        """
        group = self.env.ref("quality_award.group_external")
        outside = group.sudo().all_user_ids  # sudo: asked for nobody's eyes
        partners = set(outside.partner_id.ids)
        members = super()._subscribe_users_automatically_get_members()
        return {
            channel_id: [id_ for id_ in partner_ids if id_ not in partners]
            for channel_id, partner_ids in members.items()
        }
