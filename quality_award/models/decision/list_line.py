from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

FROZEN = """
CREATE OR REPLACE FUNCTION award_list_line_frozen() RETURNS trigger AS $$
DECLARE
    lists integer[] := ARRAY[]::integer[];
BEGIN
    IF TG_OP != 'INSERT' THEN
        lists := lists || OLD.list_id;
    END IF;
    IF TG_OP != 'DELETE' THEN
        lists := lists || NEW.list_id;
    END IF;
    IF EXISTS (SELECT FROM award_list WHERE id = ANY(lists) AND state != 'draft') THEN
        RAISE EXCEPTION 'the list is not a draft any more: % refused', TG_OP
            USING ERRCODE = 'check_violation', TABLE = 'award_list_line',
                  CONSTRAINT = 'award_list_line_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$ LANGUAGE plpgsql;

DROP TRIGGER IF EXISTS award_list_line_frozen ON award_list_line;
CREATE TRIGGER award_list_line_frozen
    BEFORE INSERT OR DELETE OR UPDATE OF list_id, application_id, sequence, title,
        case_number, outcome, reason, clause, score_text, score_exact, is_repeat,
        panel_name, rating_counts
    ON award_list_line FOR EACH ROW EXECUTE FUNCTION award_list_line_frozen();
"""
#: The approving government decides without scores.
SCORE_GROUPS = (
    "quality_award.group_office,quality_award.group_committee,"
    "quality_award.group_supervisor"
)


class AwardListLine(models.Model):
    """A case on a list. The database closes the lines with the adoption."""

    _name = "award.list.line"
    _description = "Case on a List"
    _inherit = ["award.confidential"]
    _order = "list_id, sequence, id"
    _rec_name = "title"

    list_id = fields.Many2one(
        "award.list", required=True, ondelete="cascade", index=True
    )
    application_id = fields.Many2one(
        "award.application", "Case", required=True, ondelete="restrict", index=True
    )
    title = fields.Char("Applicant", readonly=True)
    case_number = fields.Char(readonly=True)
    sequence = fields.Integer(default=1000)
    outcome = fields.Selection([("in", "Put Forward"), ("out", "Not Put Forward")])
    reason = fields.Char()
    clause = fields.Char(help="Code of the clause that the reason rests on.")
    score_text = fields.Char("Score", readonly=True, groups=SCORE_GROUPS)
    score_exact = fields.Char(
        "Exact Score (hundredths)", readonly=True, groups=SCORE_GROUPS
    )
    rating_counts = fields.Char(
        "Ratings",
        readonly=True,
        groups=SCORE_GROUPS,
        help="How many items have each rating, the best first.",
    )
    is_repeat = fields.Boolean("Repeat Winner", readonly=True)
    panel_name = fields.Char(
        "Review Panel",
        readonly=True,
        groups=SCORE_GROUPS,
        help="Panel that ranked the case, where each panel ranks its own.",
    )
    is_open_to_me = fields.Boolean(
        compute="_compute_is_open_to_me", search="_search_is_open_to_me"
    )
    company_id = fields.Many2one(related="list_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(list_id, application_id)")
    _frozen = models.Constraint(
        "CHECK (list_id IS NOT NULL)",
        "The list is no longer a draft; its lines cannot be changed. "
        "Fill a new list instead.",
    )

    @api.depends_context("uid")
    def _compute_is_open_to_me(self):
        for line in self:
            line.is_open_to_me = line.list_id.is_open_to_me

    def _search_is_open_to_me(self, operator, value):
        """The lines of the lists that are open to the current user."""
        if operator != "in":
            return NotImplemented
        parts = self.env["award.list"]._open_to_me_sql() or [
            SQL("SELECT NULL::integer")
        ]
        seen = SQL("(%s)", SQL(" UNION ALL ").join(parts))
        return Domain("list_id", "in" if True in value else "not in", seen)

    def init(self):
        self.env.cr.execute(FROZEN)
