from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field

#: Proposals that one run makes or moves.
BATCH = 100


class AwardProposal(models.Model):
    """That the next edition of a scheme is due by its cycle, put before the office.

    The office takes it up, which drafts the edition, or postpones it with a reason;
    then it comes back on the day that was named. It comes back, too, when the edition
    that had been begun is cancelled.
    """

    _name = "award.proposal"
    _description = "Proposal of an Edition"
    _inherit = ["award.stamped"]
    _order = "due_on desc, id desc"
    _rec_name = "title"

    state = state_field("award.proposal")
    last_edition_id = fields.Many2one(
        "award.edition", required=True, readonly=True, ondelete="restrict", index=True
    )
    title = fields.Char(compute="_compute_title")
    due_on = fields.Date("Due by the Cycle", required=True, readonly=True)
    cycle_months = fields.Integer("Cycle (months)", readonly=True)
    is_soft = fields.Boolean(
        "In Principle", readonly=True, help="The scheme foresees a postponement."
    )
    basis = fields.Char(compute="_compute_title")
    postponed_until = fields.Date()
    document_number = fields.Char("Document of the Postponement")
    edition_id = fields.Many2one(
        "award.edition", "Edition Drafted", readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one(
        related="last_edition_id.company_id", store=True, index=True
    )

    _once = models.UniqueIndex(
        "(last_edition_id)", "The next edition is proposed already."
    )

    def _scheme_of(self):
        return self.last_edition_id.scheme_id

    @api.model
    def _open_fields(self):
        told = frozenset({"postponed_until", "document_number"})
        return {"proposed": told, "postponed": told}

    @api.depends("last_edition_id", "due_on")
    @api.depends_context("lang")
    def _compute_title(self):
        for proposal in self:
            scheme = proposal._scheme_of()
            proposal.title = self.env._(
                "%(scheme)s: edition %(term)s",
                scheme=scheme.display_name or "",
                term=proposal.last_edition_id.term + 1,
            )
            code = scheme._clause_of("cycle_months") if scheme else None
            proposal.basis = code and scheme._citation(code)

    # -- acts ----------------------------------------------------------------
    def action_take(self):
        """Draft the next edition, under the newest published version of the scheme."""
        self.ensure_one()
        self._apply_move("take", values=self._draft_edition)
        return {
            "type": "ir.actions.act_window",
            "res_model": "award.edition",
            "res_id": self.edition_id.id,
            "view_mode": "form",
        }

    @staticmethod
    def _draft_edition(proposal):
        """What the act writes on `proposal`: the draft, once the door is passed."""
        values = proposal._values_of_edition()
        return {"edition_id": proposal.env["award.edition"].create(values).id}

    def _values_of_edition(self):
        last = self.last_edition_id
        term = last.term + 1
        newest = self.env["award.scheme"]._newest_published(
            last.scheme_id.code, self.company_id
        )
        return {
            "name_zh": f"第{term}届",
            "name_en": f"Edition {term}",
            "scheme_id": (newest or last.scheme_id).id,
            "term": term,
            "award_year": last.award_year + max(1, round(self.cycle_months / 12)),
            "company_id": self.company_id.id,
        }

    def action_postpone(self, reason=None):
        """The edition is held later, on the day entered, for a stated reason."""
        return self._with_reason("postpone", reason)

    # -- guards --------------------------------------------------------------
    def _later_edition(self):
        """A later edition of the scheme, in whatever version, that is not cancelled."""
        return (
            self.env["award.edition"]
            .sudo()  # sudo: a yes or no, the clock has no right on editions
            .search(
                [
                    ("scheme_id.code", "=", self._scheme_of().code),
                    ("company_id", "=", self.company_id.id),
                    ("term", ">", self.last_edition_id.term),
                    ("state", "!=", "cancelled"),
                ],
                limit=1,
            )
        )

    def _guard_none_begun(self):
        if later := self._later_edition():
            return Refusal("edition_begun", values={"edition": later.display_name})
        return None

    def _guard_begun(self):
        return None if self._later_edition() else Refusal("no_later_edition")

    def _guard_postponement_fits(self):
        """A later day; where the cycle is no principle only, a document too."""
        clause = self._scheme_of()._clause_of("cycle_months")
        today = self.env["award.clock"]._today()
        if not self.postponed_until or self.postponed_until <= today:
            return Refusal("postponed_until_missing", clause)
        if not self.is_soft and not (self.document_number or "").strip():
            return Refusal("postponement_not_foreseen", clause)
        return None

    def _guard_postponement_over(self):
        today = self.env["award.clock"]._today()
        postponed = self.state == "postponed" and self.postponed_until
        if postponed and self.postponed_until > today:
            return Refusal(
                "postponement_running", values={"until": self.postponed_until}
            )
        return None


class AwardEdition(models.Model):
    _inherit = "award.edition"

    @api.model
    def _cron_propose(self):
        """Propose the next edition of each scheme whose cycle has run.

        Bounded batches; harmless when run twice or late: there is one proposal for
        each edition that has ended a cycle. What the office has begun by hand is
        overtaken, what was postponed comes back on its day.
        """
        me = self.sudo()  # sudo: the scheduled actor has a role, no access right
        self.env.flush_all()
        days = me._days_of_agencies()
        if not days:
            return
        due = me.env.execute_query(
            SQL("%s LIMIT %s", me._due_sql(days), BATCH)
        )
        made = me.env["award.proposal"].create(
            [
                {
                    "last_edition_id": edition,
                    "due_on": due_on,
                    "cycle_months": months,
                    "is_soft": soft,
                }
                for edition, due_on, months, soft in due
            ]
        )
        made._tell_office()
        moved = me._move_proposals(days)
        rest = me.env["award.clock"]._count_left(
            SQL("SELECT FROM (%s LIMIT %s) d", me._due_sql(days), BATCH)
        )
        self.env["ir.cron"]._commit_progress(len(made) + moved, remaining=rest)

    @api.model
    def _days_of_agencies(self):
        """Rows (company id, today there) of the agencies that hold editions, as SQL."""
        found = self.env["award.edition"]._read_group([], ["company_id"])
        Clock = self.env["award.clock"]
        rows = [
            SQL("(%s, %s::date)", company.id, Clock.with_company(company)._today())
            for (company,) in found
        ]
        return rows and SQL("(VALUES %s) day(company, today)", SQL(", ").join(rows))

    @api.model
    def _due_sql(self, days):
        """Select (edition, due on, months, soft) of cycles that have run.

        The last edition of a scheme counts, whatever version it was held under; a
        draft that is there is the next one. A month is counted as the calendar does:
        the corresponding day, else the last of the month.
        """
        return SQL(
            """SELECT last.id, last.due_on, last.months, last.soft FROM (
                   SELECT DISTINCT ON (e.company_id, s.code) e.id, e.company_id,
                          e.announced_on, m.months, COALESCE(f.soft, false) AS soft,
                          (e.announced_on + make_interval(months => m.months))::date
                              AS due_on
                     FROM award_edition e
                     JOIN award_scheme s ON s.id = e.scheme_id
                LEFT JOIN (SELECT scheme_id, value::int AS months FROM award_parameter
                            WHERE code = 'cycle_months') m ON m.scheme_id = s.id
                LEFT JOIN (SELECT scheme_id, value::boolean AS soft
                             FROM award_parameter
                            WHERE code = 'cycle_soft') f ON f.scheme_id = s.id
                    WHERE e.state <> 'cancelled'
                    ORDER BY e.company_id, s.code, e.term DESC, e.id DESC
                 ) last
                 JOIN %s ON day.company = last.company_id
                WHERE last.due_on <= day.today
                  AND NOT EXISTS (SELECT FROM award_proposal p
                                   WHERE p.last_edition_id = last.id)
                ORDER BY last.due_on, last.id""",
            days,
        )

    @api.model
    def _move_proposals(self, days):
        """Move what was overtaken or comes back; return how many moved.

        Back comes what was postponed, on its day, and what was taken up or overtaken by
        an edition that has been cancelled since.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT p.id, later.id IS NOT NULL FROM award_proposal p
                     JOIN award_edition e ON e.id = p.last_edition_id
                     JOIN award_scheme s ON s.id = e.scheme_id
                     JOIN %s ON day.company = p.company_id
                     LEFT JOIN LATERAL (
                         SELECT l.id FROM award_edition l
                           JOIN award_scheme o ON o.id = l.scheme_id
                          WHERE o.code = s.code AND l.company_id = e.company_id
                            AND l.term > e.term AND l.state <> 'cancelled' LIMIT 1
                     ) later ON true
                    WHERE e.state <> 'cancelled'
                      AND CASE p.state
                          WHEN 'proposed' THEN later.id IS NOT NULL
                          WHEN 'postponed' THEN later.id IS NOT NULL
                                             OR p.postponed_until <= day.today
                          ELSE later.id IS NULL END
                    ORDER BY p.id LIMIT %s""",
                days,
                BATCH,
            )
        )
        Proposal = self.env["award.proposal"]
        overtaken = Proposal.browse([id_ for id_, later in rows if later])
        back = Proposal.browse([id_ for id_, later in rows if not later])
        refused = overtaken._each("overtake") | back._each("resume")
        back.filtered(lambda p: p.state == "proposed")._tell_office()
        return len(rows) - len(refused)


class AwardProposalTold(models.Model):
    _inherit = "award.proposal"

    def _tell_office(self):
        """One message for the office of each agency, in each person's language."""
        Clock = self.env["award.clock"]
        for company, proposals in self.grouped("company_id").items():
            people = Clock._group_people("office", company)
            for lang, some in people.grouped("lang").items():
                spoken = proposals.with_context(lang=lang)
                spoken.env["mail.thread"].message_notify(
                    partner_ids=some.partner_id.ids,
                    subject=spoken.env._("Quality Award: the next edition is due"),
                    body=spoken.env._(
                        "Due by the cycle of the scheme: %(titles)s. Take it up or "
                        "postpone it under Editions, Proposals.",
                        titles=", ".join(spoken.mapped("title")),
                    ),
                )
