from odoo import api, fields, models
from odoo.tools import SQL

from ...rules.refusal import Refusal
from ..base.refusal import role_labels

#: Who is heard on site, as the parameter `site_voices` names them.
VOICES = [
    ("customers", "Customers"),
    ("suppliers", "Suppliers"),
    ("staff", "Staff"),
    ("public", "The Public"),
]


class AwardVisitVoice(models.Model):
    """Whom the panel heard on site, in which way, and what they said."""

    _name = "award.visit.voice"
    _description = "Voice Heard on Site"
    _inherit = ["award.visible", "award.confidential", "award.closing"]
    _case_field = "visit_id"
    _order = "visit_id, id"
    _rec_name = "voice"

    visit_id = fields.Many2one(
        "award.visit", required=True, ondelete="cascade", index=True
    )
    voice = fields.Selection(VOICES, required=True)
    way = fields.Selection(
        [
            ("interview", "Interview"),
            ("meeting", "Meeting"),
            ("questionnaire", "Questionnaire"),
            ("phone", "Telephone"),
        ],
        required=True,
        default="interview",
    )
    heard_on = fields.Date(required=True)
    persons = fields.Integer(default=1, aggregator=None)
    summary = fields.Text(required=True)
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)

    _persons_positive = models.Constraint(
        "CHECK (persons > 0)", "At least one person was heard."
    )

    def _neutral_word(self):
        return self.env._("Voice Heard on Site")

    def _open_to_me_sql(self):
        return self._of_visits(self.env["award.visit"]._open_to_me_sql())

    def _mine_to_edit_sql(self):
        return self._of_visits(self.env["award.visit"]._mine_to_edit_sql())

    @staticmethod
    def _of_visits(found):
        return [
            SQL(
                "SELECT id FROM award_visit_voice WHERE visit_id IN (%s)",
                SQL(" UNION ").join(found),
            )
        ]

    @api.model_create_multi
    def create(self, vals_list):
        voices = super().create(vals_list)
        voices._refuse_if_reported()
        return voices

    def write(self, vals):
        self.check_access("write")  # strangers learn nothing of the state
        self._refuse_if_reported()
        done = super().write(vals)
        if "visit_id" in vals:  # also the visit that a voice is moved to
            self._refuse_if_reported()
            self.check_access("write")
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        self._refuse_if_reported()

    def _refuse_if_reported(self):
        for visit in self.visit_id:
            if visit.state == "reported":
                visit._refuse(Refusal("visit_reported"))


class AwardVisitFeedback(models.Model):
    """What the visited unit says of the panel's discipline, or the panel of the unit.

    It goes to the supervisors and to nobody else: neither side reads it, not even
    what it wrote itself.
    """

    _name = "award.visit.feedback"
    _description = "Integrity Feedback after a Visit"
    _inherit = ["award.confidential"]
    _order = "id"
    _rec_name = "direction"

    visit_id = fields.Many2one(
        "award.visit", required=True, ondelete="restrict", index=True
    )
    direction = fields.Selection(
        [("unit", "The Unit on the Panel"), ("panel", "The Panel on the Unit")],
        required=True,
    )
    author_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    given_on = fields.Date(required=True)
    discipline = fields.Selection(
        [("kept", "Kept"), ("doubtful", "Doubtful"), ("broken", "Broken")],
        required=True,
    )
    conduct = fields.Selection(
        [("good", "Good"), ("fair", "Fair"), ("poor", "Poor")], required=True
    )
    remark = fields.Text()
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)

    _once = models.UniqueIndex(
        "(visit_id, direction, author_id)",
        "You have given your feedback on this visit.",
    )

    def write(self, vals):
        """What was said stays as it was said."""
        if self and vals:
            self.check_access("write")  # strangers learn nothing of the rules
            self.visit_id[:1]._refuse(Refusal("feedback_given"))
        return super().write(vals)


class AwardVisit(models.Model):
    _inherit = "award.visit"

    voice_ids = fields.One2many("award.visit.voice", "visit_id", "Voices Heard")

    def _guard_voices_heard(self):
        """At least one record of each voice that the scheme wants to be heard."""
        scheme = self._scheme_of()
        asked, clause = scheme._figure("site_voices", "site_visit")
        missing = set(asked or ()) - set(self.voice_ids.mapped("voice"))
        if missing:
            field = self.voice_ids._fields["voice"]
            labels = dict(field._description_selection(self.env))
            shown = sorted(str(labels[voice]) for voice in missing)
            return Refusal("voices_missing", clause, {"voices": ", ".join(shown)})
        return None

    def action_give_feedback(self, discipline, conduct, remark=None):
        """The panel's word on the unit, by one of its members; for supervisors only.

        :param discipline: key of the selection of the feedback
        :param conduct: likewise
        """
        self.ensure_one()
        return self._give_feedback(
            "panel", {"panel_member", "panel_leader"}, discipline, conduct, remark
        )

    def _portal_feedback(self, discipline, conduct, remark=None):
        """The unit's word on the panel; called by the portal's own route."""
        self.ensure_one()
        return self._give_feedback("unit", {"applicant"}, discipline, conduct, remark)

    def _give_feedback(self, direction, allowed, discipline, conduct, remark):
        visit = self.sudo()  # sudo: who may speak is asked here
        roles = self._roles_on()[self.id]
        people = self.env["award.applicant.member"]._mine()
        applicant = visit.submission_id.application_id.applicant_id
        if applicant in people.filtered("can_write").applicant_id:
            roles.add("applicant")
        if not allowed & roles:
            shown = {"roles": role_labels(self.env, allowed)}
            visit._refuse(Refusal("wrong_role", values=shown))
        if visit.state == "planned":
            visit._refuse(Refusal("feedback_too_early"))
        visit.env["award.visit.feedback"].create(
            {
                "visit_id": visit.id,
                "direction": direction,
                "author_id": self.env.uid,
                "given_on": self.env["award.clock"]._today(),
                "discipline": discipline,
                "conduct": conduct,
                "remark": remark,
            }
        )
        return True
