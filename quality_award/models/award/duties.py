from functools import cache

from odoo import api, fields, models

from ...rules import aftermath

BATCH = 200
#: Kinds of duty that are one entry, without a report by a day.
ONCE = ("sharing", "publicity")


class AwardObligation(models.Model):
    _inherit = "award.obligation"

    rule_id = fields.Many2one(
        "award.obligation.rule", ondelete="restrict", index="btree_not_null"
    )
    recipients = fields.Char(readonly=True, help="Who receives the report.")


class AwardAward(models.Model):
    """What a winner owes, from the rules of the scheme or its single figures."""

    _inherit = "award.award"

    volunteer_ids = fields.One2many("award.volunteer", "award_id", "Volunteers")

    def _owe(self):
        """Draw up what the winners owe; enrol who becomes a volunteer."""
        values = []
        for award in self:
            for kind in ("prize_report", "annual_report", *ONCE):
                values += award._owed(kind)
        self.env["award.obligation"].create(values)._draw_up_uses()
        self._enrol()

    def _rules_of(self, kind):
        """The duties of a kind that the scheme lays on the class of the award."""
        rules = self._scheme_of()._obligations(self._class())
        return rules.filtered(lambda rule: rule.kind == kind)

    def _figure_speaks(self, kind):
        """Whether a single figure of the scheme stands for a duty of this kind.

        It does where no rule of the scheme names the duty: a rule that names it for
        other classes leaves this one out.
        """
        rules = self._scheme_of().obligation_ids
        return kind not in rules.mapped("kind")

    def _owed(self, kind):
        """Values of the obligations of one kind of the (single) award."""
        rules = self._rules_of(kind)
        if kind == "prize_report":
            return self._owed_prize_report(rules)
        if kind == "annual_report":
            return self._owed_annual_reports(rules, None)
        return [self._obligation(kind, rule) for rule in rules if self._is_bound(rule)]

    def _is_bound(self, rule):
        """Without prize money there is no duty that is tied to it."""
        return bool(self.prize_ids) or not rule.only_with_prize

    def _owed_prize_report(self, rules):
        due_on = self._report_due()
        if not rules and self._figure_speaks("prize_report"):
            said = due_on and self.prize_ids
            return [self._obligation("prize_report", rules, due_on)] if said else []
        return [
            self._obligation("prize_report", rule, due_on)
            for rule in rules
            if self._is_bound(rule)
        ]

    def _owed_annual_reports(self, rules, upto):
        """The yearly reports of one award that are not drawn up yet."""
        says = self._scheme_of()._value
        at = {"award_class": self._class()}
        told = [
            (
                rule,
                rule.due_month_day or says("annual_report_due", **at),
                rule.first or says("annual_report_first", **at),
                rule.years or says("annual_report_years", **at),
            )
            for rule in rules
            if self._is_bound(rule)
        ]
        day = says("annual_report_due", **at)
        if day and not rules and self._figure_speaks("annual_report"):
            first = says("annual_report_first", **at)
            years = says("annual_report_years", **at)
            told = [(rules, day, first, years)]
        known = set(
            self.obligation_ids.filtered(
                lambda owed: owed.kind == "annual_report"
            ).mapped("due_on")
        )
        return [
            self._obligation("annual_report", rule, due_on)
            for rule, day, first, years in told
            if day
            for due_on in aftermath.report_dates(
                self.awarded_on, day, first, years, upto
            )
            if due_on not in known
        ]

    def _obligation(self, kind, rule, due_on=False):
        bodies = rule.body_ids
        on = self.awarded_on
        return {
            "award_id": self.id,
            "kind": kind,
            "rule_id": rule.id,
            "due_on": due_on,
            "recipients": ", ".join(body._name_on(on) for body in bodies) or False,
        }

    @api.model
    def _cron_owe(self):
        """Draw up the next yearly report where there is no end to them.

        A bounded batch of winners whose last report is due, the longest overdue first;
        harmless when run twice or late: what is drawn up is not drawn up again. Winners
        whose reports come to an end take no place in a batch.
        """
        today = self.env["award.clock"]._today()
        me = self.sudo()  # sudo: the scheduled actor has a role, no access right
        last = me.env["award.obligation"]._read_group(
            [("kind", "=", "annual_report"), ("award_id.state", "=", "valid")],
            ["award_id"],
            ["due_on:max"],
            having=[("due_on:max", "<=", today)],
            order="due_on:max, award_id",
        )
        awards = me.browse(award.id for award, _due in last)
        endless = awards._reporting_for_ever()
        values = []
        for award in endless[:BATCH]:
            rules = award._rules_of("annual_report")
            values += award._owed_annual_reports(rules, today)
        me.env["award.obligation"].create(values)
        self.env["ir.cron"]._commit_progress(
            len(values), remaining=len(endless[BATCH:])
        )

    def _reporting_for_ever(self):
        """The winners among `self` whose yearly reports have no end, in their order.

        Asked of each class of a scheme once, however many winners it has.
        """

        @cache
        def endless(scheme, award_class):
            said = scheme._value("annual_report_years", award_class=award_class)
            rules = scheme._obligations(award_class)
            yearly = rules.filtered(lambda rule: rule.kind == "annual_report")
            return not said or any(not rule.years for rule in yearly)

        return self.filtered(lambda a: endless(a._scheme_of(), a._class()))


class AwardVolunteer(models.Model):
    """Who stands on the list of volunteers, from the award on."""

    _name = "award.volunteer"
    _description = "Volunteer"
    _inherit = ["award.confidential"]
    _order = "since desc, id"

    award_id = fields.Many2one(
        "award.award", required=True, ondelete="restrict", index=True
    )
    applicant_id = fields.Many2one(related="award_id.applicant_id", store=True)
    name = fields.Char(required=True)
    standing = fields.Selection(
        [("top_manager", "Top Manager of a Winner"), ("winner", "Individual Winner")],
        "Listed as",
        required=True,
        default="winner",
    )
    contact = fields.Char()
    since = fields.Date(required=True)
    ended_on = fields.Date()
    company_id = fields.Many2one(related="award_id.company_id", store=True, index=True)


class AwardAwardVolunteers(models.Model):
    _inherit = "award.award"

    def _enrol(self):
        """Winning individuals, and the head of each winning organisation."""
        values = []
        for award in self:
            award_class = award._class()
            asked = award._rules_of("volunteer")
            if not asked and award._figure_speaks("volunteer"):
                scheme = award._scheme_of()
                asked = scheme._value("volunteer_list", award_class=award_class)
            if not asked:
                continue
            alone = award_class.subject == "individual"
            values.append(
                {
                    "award_id": award.id,
                    "name": award.title
                    if alone
                    else self.env._("Head of %(winner)s", winner=award.title),
                    "standing": "winner" if alone else "top_manager",
                    "since": award.awarded_on,
                }
            )
        self.env["award.volunteer"].create(values)
