from odoo import fields, models


class AwardObligationRule(models.Model):
    """What winners owe: a report, sharing of experience, a place on a list."""

    _name = "award.obligation.rule"
    _description = "Obligation of Winners"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _section = "obligations"
    _frozen_columns = (
        "code kind due_month_day first years only_with_prize name_zh name_en "
        "clause_id company_id"
    ).split()
    _frozen_links = ("class_ids", "body_ids")

    kind = fields.Selection(
        [
            ("annual_report", "Annual Report"),
            ("prize_report", "Prize-Use Report"),
            ("sharing", "Sharing of Experience"),
            ("volunteer", "Volunteers List"),
            ("publicity", "Publicity"),
        ],
        required=True,
    )
    class_ids = fields.Many2many(
        "award.class",
        "award_obligation_rule_class_rel",
        "rule_id",
        "class_id",
        "Classes",
    )
    due_month_day = fields.Char("Due on (MM-DD)")
    first = fields.Selection(
        [("same_year", "Year of the Award"), ("next_year", "Year after the Award")],
        "Begins in",
    )
    years = fields.Integer("For (years)", help="Zero: without end.")
    body_ids = fields.Many2many(
        "award.body", "award_obligation_rule_body_rel", "rule_id", "body_id", "Sent to"
    )
    only_with_prize = fields.Boolean("Only with Prize Money")


class AwardGround(models.Model):
    """A ground on which a title is cancelled or revoked, and what follows from it."""

    _name = "award.ground"
    _description = "Ground of Revocation"
    _inherit = ["award.provision.coded", "award.bilingual"]
    _section = "grounds"
    _frozen_columns = (
        "code procedure watch_years ban_years ban_terms ban_for_ever recover known "
        "name_zh name_en clause_id company_id"
    ).split()

    procedure = fields.Selection(
        [("cancel", "Cancel the Title"), ("revoke", "Revoke the Award")], required=True
    )
    watch_years = fields.Integer("Watched for (years)")
    ban_years = fields.Integer("Barred for (years)")
    ban_terms = fields.Integer("Barred for (editions)")
    ban_for_ever = fields.Boolean("Barred for Ever")
    recover = fields.Char("Recovered", help="What is taken back or made known.")
    known = fields.Boolean(
        "Text Is Known", default=True, help="Not set where the text of it is lost."
    )
