from markupsafe import Markup

from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.refusal import refusal_text

#: State of the opinions -> (move, the act).
FORWARD = {
    "draft": ("prepare", "action_prepare"),
    "prepared": ("check", "action_check"),
    "checked": ("sign", "action_sign"),
}


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    def action_forward(self):
        """Show the opinions chosen, all at one step, before they go on together.

        :return: the dialogue
        :raise AwardRefusal: `steps_differ`
        """
        self.check_access("read")
        states = set(self.mapped("state"))
        if len(states) != 1 or not states <= FORWARD.keys():
            self._refuse(Refusal("steps_differ"))
        wizard = self.env["award.recommendation.forward"].create(
            {"opinion_ids": [fields.Command.set(self.ids)]}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Forward Together"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }


class AwardRecommendationForward(models.TransientModel):
    """Opinions that go on together: what will happen to each, before it happens."""

    _name = "award.recommendation.forward"
    _description = "Forward Recommendations Together"

    opinion_ids = fields.Many2many(
        "award.recommendation",
        "award_recommendation_forward_rel",
        "wizard_id",
        "opinion_id",
        readonly=True,
    )
    step = fields.Char(compute="_compute_preview")
    count = fields.Integer(compute="_compute_preview")
    possible_count = fields.Integer(compute="_compute_preview")
    refused_count = fields.Integer(compute="_compute_preview")
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    def _in_order(self):
        """By rank, so that the first ones take the places of a quota."""
        opinions = self.opinion_ids.with_prefetch()  # fetched together
        return opinions.sorted(lambda o: (o.rank or 10**6, o.id)).with_prefetch()

    def _asked(self):
        """(opinions in order, dict opinion -> Refusal) for the step they are at."""
        opinions = self._in_order()
        states = set(opinions.mapped("state"))
        if len(states) != 1 or not states <= FORWARD.keys():
            opinions._refuse(Refusal("steps_differ"))
        move = opinions._lifecycle.move(FORWARD[states.pop()][0])
        return opinions, opinions._refusals(move)

    @api.depends("opinion_ids")
    def _compute_preview(self):
        words = {
            "draft": self.env._("Pass On to Be Checked"),
            "prepared": self.env._("Checked"),
            "checked": self.env._("Sign Off"),
        }
        for wizard in self:
            opinions, refused = wizard._asked()
            wizard.step = words[opinions[0].state]
            wizard.count = len(opinions)
            wizard.refused_count = len(refused)
            wizard.possible_count = len(opinions) - len(refused)
            wizard.preview = wizard._rows_html(opinions, refused)

    def _rows_html(self, opinions, refused):
        verdicts = dict(opinions._fields["verdict"]._description_selection(self.env))
        head = (
            self.env._("Applicant"),
            self.env._("Verdict"),
            self.env._("Rank"),
            self.env._("What Stands Against It"),
        )
        rows = []
        for opinion in opinions:
            refusal = refused.get(opinion)
            text = refusal and refusal_text(
                self.env, refusal, opinion._cite(refusal.clause)
            )
            rows.append(
                Markup("<tr{}><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>").format(
                    Markup(' class="table-warning"') if text else "",
                    opinion.title,
                    verdicts.get(opinion.verdict, ""),
                    opinion.rank or "",
                    text or "✓",
                )
            )
        cells = Markup("").join(Markup("<th>{}</th>").format(name) for name in head)
        return Markup(
            '<table class="table table-sm"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table>"
        ).format(cells, Markup("").join(rows))

    def action_all(self):
        """All go on, or none: one refusal stops the whole list."""
        self.ensure_one()
        return self._forward(self._in_order())

    def action_possible(self):
        """Those against which nothing stands go on; the others stay where they are."""
        self.ensure_one()
        opinions, refused = self._asked()
        return self._forward(opinions.filtered(lambda o: o not in refused))

    def _forward(self, opinions):
        states = set(opinions.mapped("state"))
        if len(states) != 1 or not states <= FORWARD.keys():
            opinions._refuse(Refusal("steps_differ"))
        getattr(opinions, FORWARD[states.pop()][1])()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(count)s forwarded.", count=len(opinions)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
