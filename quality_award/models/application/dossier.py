"""What happened on a case, in one list: for the office and the supervisor only."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_datetime

from ..base.act_words import ACTS
from ..base.refusal import translated

#: Entries shown, the newest first.
MOST = 300


class AwardApplication(models.Model):
    """Moves, versions, letters, messages, calls, runs and overrides in order."""

    _inherit = "award.application"

    timeline_html = fields.Html(
        "What Happened",
        compute="_compute_timeline_html",
        sanitize=False,
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    @api.depends_context("lang", "tz", "uid")
    def _compute_timeline_html(self):
        for case in self:
            case.timeline_html = case._timeline_table(case._timeline())

    def _timeline(self):
        """The entries of one case, the newest first.

        :return: list of (datetime, kind in words, text, who)
        """
        self.ensure_one()
        parts = (
            self._timeline_moves(),
            self._timeline_versions(),
            self._timeline_letters(),
            self._timeline_messages(),
            self._timeline_calls(),
            self._timeline_conditions(),
        )
        entries = [entry for part in parts for entry in part if entry[0]]
        return sorted(entries, key=lambda entry: entry[0], reverse=True)[:MOST]

    def _timeline_moves(self):
        word = self.env._("Act")
        for row in self.transition_ids:
            act = ACTS.get(row.move)
            what = translated(self.env, act) if act else row.move
            text = " · ".join(filter(None, (what, row.stage_change, row.reason)))
            yield row.at, word, text, row.user_name

    def _timeline_versions(self):
        word = self.env._("Version")
        for version in self.submission_ids:
            yield version.create_date, word, version.version_code, ""

    def _timeline_letters(self):
        word = self.env._("Letter")
        states = dict(
            self.env["award.letter"]._fields["state"]._description_selection(self.env)
        )
        register = self.env["award.transition"].search(
            [("model", "=", "award.letter"), ("res_id", "in", self.letter_ids.ids)]
        )
        letters = {letter.id: letter for letter in self.letter_ids}
        for row in register:
            letter = letters[row.res_id]
            how = ""
            if letter.is_served and row.move == "serve":
                ways = letter._fields["served_how"]._description_selection(self.env)
                how = dict(ways).get(letter.served_how, "")
            text = " · ".join(
                filter(None, (states[row.state_to], letter.subject, how))
            )
            yield row.at, word, text, row.user_name

    def _timeline_messages(self):
        Message = self.env["award.outbox.message"]
        channels = dict(Message._fields["channel"]._description_selection(self.env))
        states = dict(Message._fields["state"]._description_selection(self.env))
        for message in self.message_out_ids:
            at = message.ended_at or message.handed_over_at or message.released_at
            text = " · ".join(
                filter(
                    None,
                    (
                        states[message.state],
                        message.recipient,
                        message.subject or message.text,
                        message.failure,
                    ),
                )
            )
            by = message.released_by_id or message.drafted_by_id
            who = by.sudo().name  # sudo: a name
            yield at or message.create_date, channels[message.channel], text, who or ""

    def _timeline_calls(self):
        word = self.env._("Call")
        results = dict(
            self.env["award.call"]._fields["result"]._description_selection(self.env)
        )
        for call in self.call_ids:
            text = " · ".join(
                filter(
                    None, (results[call.result], call.person, call.about, call.note)
                )
            )
            yield call.at, word, text, call.caller_id.sudo().name or ""  # sudo: a name

    def _timeline_conditions(self):
        word, override = self.env._("Conditions"), self.env._("Override")
        moments = dict(
            self.env["award.condition.run"]
            ._fields["moment"]
            ._description_selection(self.env)
        )
        for run in self.condition_run_ids:
            text = self.env._(
                "%(moment)s: %(unmet)s not met, %(judge)s for the office to judge",
                moment=moments[run.moment],
                unmet=run.unmet,
                judge=run.to_judge,
            )
            yield run.at, word, text, run.asked_by or ""
        for one in self.override_ids:
            text = f"{one.condition_name} · {one.reason}"
            who = one.proposed_by_id.sudo().name  # sudo: a name
            yield one.proposed_at, override, text, who or ""

    def _timeline_table(self, entries):
        zone = self._scheme_of().timezone if self._scheme_of() else None
        rows = Markup().join(
            Markup(
                '<tr><td class="text-nowrap text-muted">%s</td><td><span class="badge '
                'text-bg-light">%s</span></td><td style="white-space: pre-wrap">%s</td>'
                '<td class="text-muted">%s</td></tr>'
            )
            % (
                format_datetime(self.env, at, tz=zone, dt_format="yyyy-MM-dd HH:mm"),
                kind,
                text,
                who,
            )
            for at, kind, text, who in entries
        )
        return Markup('<table class="table table-sm">%s</table>') % rows
