from markupsafe import Markup

from odoo import api, fields, models

from ...rules.refusal import Refusal
from .applicant_fields import REGISTERED_BY
from .portal import WRITING
from .portal_applicant import clean_text

MODES = [
    ("portal", "By the Applicant"),
    ("paper", "Entered by the Office from Paper"),
    ("import", "Imported by the Office"),
]
BY_OFFICE = ("paper", "import")


class AwardApplication(models.Model):
    """Applications that the office enters for an applicant (代录), shown as such.

    One clerk enters what the paper says, a second one compares; then the office
    submits. The applicant has no account yet; whoever acts for it is invited later
    and finds the application, which is from then on its own.
    """

    _inherit = "award.application"

    entry_mode = fields.Selection(
        MODES, "How It Was Entered", readonly=True, default="portal"
    )
    entered_by_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", copy=False
    )
    entry_checked_by_id = fields.Many2one(
        "res.users",
        "Compared with the Paper By",
        readonly=True,
        index="btree_not_null",
        copy=False,
    )
    entry_checked_at = fields.Datetime(readonly=True, copy=False)
    is_on_behalf = fields.Boolean(compute="_compute_is_on_behalf")
    may_enter = fields.Boolean(compute="_compute_is_on_behalf")
    entry_note = fields.Char(compute="_compute_is_on_behalf")

    @api.depends("entry_mode", "entered_by_id", "entry_checked_by_id", "state")
    @api.depends_context("lang")
    def _compute_is_on_behalf(self):
        """The sentence that stands on every page of such an application."""
        for case in self:
            case.is_on_behalf = case.entry_mode in BY_OFFICE
            case.may_enter = case.is_on_behalf and case.state in WRITING
            case.entry_note = case.is_on_behalf and self.env._(
                "Entered by the award office on behalf of the applicant."
            )

    # -- entering ----------------------------------------------------------------------
    @api.model
    def _enter_on_behalf(
        self, edition, award_class, values, *, mode="paper", received_at=None
    ):
        """Register an application for an applicant, as an officer.

        :param edition: announced edition
        :param award_class: class of its scheme
        :param values: as in `_portal_register`
        :param mode: `paper` or `import`
        :param received_at: instant at which the paper came in; what came in while
            the window was open may be entered after it
        :return: the application, a draft
        """
        self.check_access("create")
        edition = edition.with_env(self.env).sudo()  # sudo: the right was asked above
        refusal = edition._window_refusal()
        if refusal and not edition._came_in_time(received_at):
            edition._refuse(refusal)
        if award_class not in edition._open_classes():
            edition._refuse(Refusal("class_unknown"))
        applicant = self._applicant_on_behalf(edition, award_class, values)
        case = self._portal_draft(edition, award_class, applicant, values)
        case.sudo().write(  # sudo: noted by the act, no form writes it
            {
                "entry_mode": mode,
                "entered_by_id": self.env.uid,
                "paper_received_at": received_at,
            }
        )
        return case.with_env(self.env)

    def _applicant_on_behalf(self, edition, award_class, values):
        """The applicant that the values name; created where it is new here."""
        Applicant = edition.env["award.applicant"]
        subject = award_class.subject
        named = {name: clean_text(values.get(name)) for name in REGISTERED_BY[subject]}
        self._portal_check_named(subject, named)
        known = self._known_on_behalf(edition, subject, values)
        written = self._portal_values(edition, subject, values)
        if known:
            if known.member_ids:
                self._portal_held(subject, named)
            known.write(written)
            return known
        if not written.get("name"):
            label = self._portal_label(subject, "name")
            edition._refuse(Refusal("value_missing", None, {"field": label}))
        return Applicant.create(
            {
                **written,
                **{name: value for name, value in named.items() if value},
                "subject": subject,
                "company_id": edition.company_id.id,
            }
        )

    def _known_on_behalf(self, edition, subject, values):
        """The applicant of the agency with this number or code, none where unknown."""
        Applicant = edition.env["award.applicant"]
        named = {name: clean_text(values.get(name)) for name in REGISTERED_BY[subject]}
        fingerprint = Applicant._fingerprint_of(
            subject, name=clean_text(values.get("name")), **named
        )
        return Applicant.search(
            [
                ("fingerprint", "=", fingerprint),
                ("company_id", "=", edition.company_id.id),
            ]
        )

    def _refuse_unless_on_behalf(self):
        """The office writes only what it has entered, while it is being written."""
        self.check_access("write")
        for case in self:
            if not case.is_on_behalf:
                case._refuse(Refusal("not_on_behalf"))
            if case.state not in WRITING:
                case._refuse(Refusal("application_closed"))

    def _write_on_behalf(self, chapters=None, applicant_values=None):
        """Write chapters and the form from paper; a check that was made is void."""
        self.ensure_one()
        self._refuse_unless_on_behalf()
        case = self.sudo()  # sudo: the right was asked; chapters have no other door
        if applicant_values:
            case._portal_save_applicant(applicant_values)
        if chapters:
            case._portal_save_chapters(chapters)
        case.write(
            {
                "entered_by_id": self.env.uid,
                "entry_checked_by_id": False,
                "entry_checked_at": False,
            }
        )

    def action_check_entry(self):
        """A second clerk confirms that the entry says what the paper says."""
        self._refuse_unless_on_behalf()
        for case in self:
            if case.entered_by_id == self.env.user:
                case._refuse(Refusal("same_clerk"))
        self.sudo().write(  # sudo: noted by the act
            {
                "entry_checked_by_id": self.env.uid,
                "entry_checked_at": fields.Datetime.now(),
            }
        )

    def action_submit_on_behalf(self):
        """Hand in what was entered and compared; frozen and numbered as any other."""
        return self._apply_move("submit_on_behalf")

    def _after_submit_on_behalf(self):
        return self._after_submit()

    def _guard_entered_on_behalf(self):
        if not self.is_on_behalf:
            return Refusal("not_on_behalf")
        claimed = self.sudo().applicant_id.member_ids  # sudo: whether there are any
        return Refusal("claimed_already") if claimed else None

    def _guard_window_open(self):
        """Paper that came in while the window was open is in time."""
        refusal = super()._guard_window_open()
        if refusal and self.is_on_behalf and self.state in WRITING:
            if self.edition_id._came_in_time(self.paper_received_at):
                return None
        return refusal

    def _guard_second_clerk(self):
        own = self.sudo()  # sudo: who entered it is no secret to who asks
        if not own.entry_checked_by_id:
            return Refusal("entry_unchecked")
        if own.entry_checked_by_id == own.entered_by_id:
            return Refusal("same_clerk")
        return None


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def _came_in_time(self, instant):
        """Whether what came in at an instant came in while the window was open."""
        self.ensure_one()
        announced = self.state == "announced" and self.window_start and self.window_end
        return bool(
            instant and announced and self.window_start <= instant <= self.window_end
        )


class AwardApplicant(models.Model):
    _inherit = "award.applicant"

    def write(self, vals):
        """What was compared with the paper has to be compared again."""
        done = super().write(vals)
        cases = self.env["award.application"].sudo()  # sudo: a mark of an act
        compared = cases.search(
            [
                ("applicant_id", "in", self.ids),
                ("entry_checked_by_id", "!=", False),
                ("state", "in", WRITING),
            ]
        )
        if compared and vals.keys() - {"member_ids"}:
            compared.write(
                {
                    "entered_by_id": self.env.uid,
                    "entry_checked_by_id": False,
                    "entry_checked_at": False,
                }
            )
        return done


class AwardSubmission(models.Model):
    _inherit = "award.submission"

    def _render(self):
        if (self.content or {}).get("entered") not in BY_OFFICE:
            return super()._render()
        said = self.env._("Entered by the award office on behalf of the applicant.")
        note = Markup('<p class="alert alert-warning">%s</p>') % said
        return note + super()._render()

    @api.model
    def _content_of(self, case):
        """The version says that it was entered on behalf."""
        content = super()._content_of(case)
        if case.entry_mode in BY_OFFICE:
            content["entered"] = case.entry_mode
        return content
