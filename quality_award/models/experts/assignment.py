from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from . import seats


class AwardAssignment(models.Model):
    """A case given to a panel. Points to the version that experts read."""

    _name = "award.assignment"
    _description = "Case of a Panel"
    _inherit = ["award.visible"]
    _order = "panel_id, id"
    _rec_name = "submission_id"

    _edited_by = frozenset({"office"})

    panel_id = fields.Many2one(
        "award.panel", required=True, ondelete="cascade", index=True
    )
    submission_id = fields.Many2one(
        "award.submission", required=True, ondelete="restrict", index=True
    )
    acting_leader_id = fields.Many2one(
        "award.panel.member",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('panel_id', '=', panel_id)]",
        help="Leads on this case where the panel leader is recused from it.",
    )
    company_id = fields.Many2one(related="panel_id.company_id", store=True, index=True)

    _once = models.UniqueIndex("(submission_id)", "This case already has a panel.")

    def init(self):
        super().init()
        seats.install(self.env.cr)

    def _open_to_me_sql(self):
        return [
            SQL(
                """SELECT a.id FROM award_assignment a JOIN (%s) AS mine
                       ON mine.submission_id = a.submission_id""",
                seats.my_cases(self.env),
            )
        ]

    def _neutral_word(self):
        return self.env._("Case of a Panel")

    def _scheme_of(self):
        return self.panel_id._scheme_of()

    def _roles_on(self):
        """Roles of the current user on each case, as on records with a lifecycle."""
        mine = self._my_group_roles()
        records = self.sudo()  # sudo: which role one has is asked, nothing is shown
        cases = {record.id: record.submission_id.id for record in records}
        by_case = seats.roles_by_case(self.env, cases.values())
        return {id_: mine | by_case.get(case, set()) for id_, case in cases.items()}

    def _refuse(self, *refusals):
        """Refuse in the words and with the clauses of the panel's scheme."""
        self.panel_id[:1].sudo()._refuse(*refusals)  # sudo: the clause of the panel

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")  # strangers learn nothing of panels
        self._check_free([vals.get("submission_id") for vals in vals_list])
        assignments = super().create(vals_list)
        assignments._check_live()
        assignments._ask_declarations()
        return assignments

    def write(self, vals):
        if {"panel_id", "submission_id"} & set(vals):
            self.check_access("write")  # strangers learn nothing of the state
            self._unlink_except_scored()
        result = super().write(vals)
        if {"panel_id", "submission_id"} & set(vals):
            self._check_live()
            self._ask_declarations()
        if "acting_leader_id" in vals:
            self._check_acting_leader()
        return result

    def _check_acting_leader(self):
        for record in self.filtered("acting_leader_id"):
            if record.acting_leader_id.panel_id != record.panel_id:
                self._refuse(Refusal("panel_no_leader"))

    @api.model
    def _check_free(self, submission_ids):
        taken = self.sudo().search(  # sudo: a case may be with a panel one cannot see
            [("submission_id", "in", submission_ids)], limit=1
        )
        if taken:
            shown = {
                "title": taken.submission_id.title,
                "panel": taken.panel_id.name,
            }
            taken._refuse(Refusal("case_assigned", values=shown))

    def _check_live(self):
        """The case must be a current version of a live application of the edition."""
        for record in self.sudo():  # sudo: the submission does not show its case
            submission = record.submission_id
            application = submission.application_id
            shown = {
                "title": submission.title,
                "edition": record.panel_id.edition_id.display_name,
            }
            if record.panel_id.state == "dissolved":
                record._refuse(Refusal("panel_dissolved"))
            if submission.edition_id != record.panel_id.edition_id:
                record._refuse(Refusal("case_other_edition", values=shown))
            live = application.state not in application._lifecycle.final
            if not submission.is_current or not live:
                record._refuse(Refusal("case_not_live", values=shown))

    def _ask_declarations(self):
        """Ask every member for a declaration on every case, where there is none."""
        rows = self.env.execute_query(
            SQL(
                """SELECT m.expert_id, s.id, s.title
                     FROM award_assignment a
                     JOIN award_submission s ON s.id = a.submission_id
                     JOIN award_panel_member m ON m.panel_id = a.panel_id
                    WHERE a.id IN %s
                      AND NOT EXISTS (SELECT FROM award_interest i
                                       WHERE i.expert_id = m.expert_id
                                         AND i.submission_id = s.id)
                    ORDER BY a.id, m.id""",
                tuple(self.ids) or (0,),
            )
        )
        self.env["award.interest"].sudo().create(  # sudo: from the roster, not typed
            [
                {"expert_id": expert, "submission_id": submission, "title": title}
                for expert, submission, title in rows
            ]
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_scored(self):
        """A case stays with its panel once somebody has scored it (see review)."""
