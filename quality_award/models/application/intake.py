from itertools import count

from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base import door
from .refusals import refuse


class AwardIntake(models.Model):
    """A set of papers that was taken in (收件登记): appended, never changed.

    A wrong entry is corrected by another one that names it. The number is the office's
    own running count within the edition, no document number.
    """

    _name = "award.intake"
    _description = "Intake of a Paper Set"
    _inherit = ["award.confidential", "award.closing"]
    _order = "edition_id, number, id"

    application_id = fields.Many2one(
        "award.application",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        groups="quality_award.group_office,quality_award.group_supervisor",
    )
    title = fields.Char("Applicant", readonly=True)
    edition_id = fields.Many2one(
        related="application_id.edition_id", store=True, precompute=True, index=True
    )
    number = fields.Integer("Receipt Number", readonly=True, aggregator=None)
    version_code = fields.Char(
        "Code on the Paper",
        required=True,
        help="As printed on every page, or scanned from the square beside it.",
    )
    copies = fields.Integer(required=True, default=1, aggregator=None)
    received_at = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now()
    )
    receiver_id = fields.Many2one(
        "res.users",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user,
    )
    way = fields.Selection(
        [("hand", "By Hand"), ("post", "By Post"), ("courier", "By Courier")],
        required=True,
        default="hand",
    )
    brought_by = fields.Char(help="Person, or number of the parcel.")
    condition = fields.Selection(
        [
            ("complete", "Complete and Sealed"),
            ("damaged", "Damaged"),
            ("incomplete", "Not Complete"),
        ],
        required=True,
        default="complete",
    )
    note = fields.Char()
    corrects_id = fields.Many2one(
        "award.intake", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    reason = fields.Char("Reason of the Correction")
    corrected_by_ids = fields.One2many("award.intake", "corrects_id")
    is_corrected = fields.Boolean("Corrected", compute="_compute_is_corrected")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, precompute=True, index=True
    )

    _copies = models.Constraint("CHECK (copies > 0)", "At least one copy came in.")
    _once = models.UniqueIndex(
        "(corrects_id) WHERE corrects_id IS NOT NULL",
        "This entry was corrected already. Correct the newer one.",
    )
    _number_unique = models.UniqueIndex("(edition_id, number)")

    def init(self):
        door.append_only(self.env.cr, "award_intake")

    @api.depends("number", "edition_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for intake in self:
            intake.display_name = self.env._("Receipt %(number)s", number=intake.number)

    @api.depends("corrected_by_ids")
    def _compute_is_corrected(self):
        for intake in self:
            intake.is_corrected = bool(intake.corrected_by_ids)

    def _scheme_of(self):
        return self.application_id._scheme_of()

    # -- the act -----------------------------------------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        """Take sets in; the first complete one says when the paper was received."""
        self.check_access("create")  # strangers learn nothing of the cases
        versions = [self._version_on_paper(vals) for vals in vals_list]
        cases = [version.application_id for version in versions]
        editions = self.env["award.edition"].sudo()  # sudo: the running count
        numbers = editions.union(*(c.edition_id for c in cases))._next_receipts()
        rows = []
        for vals, case, version in zip(vals_list, cases, versions, strict=True):
            case._refuse_intake(vals)
            rows.append(
                {
                    **vals,
                    "application_id": case.id,
                    "title": case.applicant_id.name,
                    "version_code": version.version_code,
                    "number": next(numbers[case.edition_id]),
                }
            )
        sets = super(AwardIntake, self.sudo()).create(rows)  # sudo: asked for above
        for case in sets.application_id:
            case._note_paper_received()
        return sets.with_env(self.env)

    @api.model
    def _version_on_paper(self, vals):
        """The version in force whose code the paper carries, access rights lifted.

        :raise AwardRefusal: `version_code_wrong`, `version_code_old`, `version_missing`
        """
        Case = self.env["award.application"]
        code = Case._clean_version_code(vals.get("version_code"))
        every = self.env["award.submission"].sudo()  # sudo: the right is asked below
        found = every.search([("version_code", "=", code)], limit=1)
        if not found or not found.with_env(self.env).has_access("read"):
            refuse(self.env, "version_code_wrong", code=code.strip("-") or "–")
        return found.application_id._version_of_code(code)

    def write(self, vals):
        self.check_access("write")
        if vals:
            refuse(self.env, "intake_kept")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        refuse(self.env, "intake_kept")

    def action_correct(self):
        """Open a new entry that takes the place of this one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the Entry"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_corrects_id": self.id,
                "default_version_code": self.version_code,
                "default_copies": self.copies,
                "default_received_at": fields.Datetime.to_string(self.received_at),
                "default_way": self.way,
                "default_brought_by": self.brought_by,
                "default_condition": self.condition,
            },
        }


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def _next_receipts(self):
        """dict edition -> iterator of the next receipt numbers, the edition locked."""
        self.env.cr.execute(
            "SELECT id FROM award_edition WHERE id IN %s ORDER BY id FOR NO KEY UPDATE",
            [tuple(self.ids)],
        )
        sets = self.env["award.intake"].sudo()  # sudo: all receivers count together
        own = [("edition_id", "in", self.ids)]
        last = dict(sets._read_group(own, ["edition_id"], ["number:max"]))
        return {edition: count(last.get(edition, 0) + 1) for edition in self}


class AwardApplication(models.Model):
    _inherit = "award.application"

    intake_ids = fields.One2many("award.intake", "application_id", "Paper Sets")

    def _refuse_intake(self, vals):
        """Refuse an entry that cannot be true, or that no one here may make."""
        roles = self.env["award.lifecycle"]._group_roles()
        if "handling" in roles and (refusal := self._handling_refusal()):
            self._refuse(refusal)
        received = fields.Datetime.to_datetime(vals.get("received_at"))
        if received and received > fields.Datetime.now():
            self._refuse(Refusal("intake_later"))
        if vals.get("corrects_id"):
            sets = self.env["award.intake"].sudo()  # sudo: of which case it is
            before = sets.browse(vals["corrects_id"])
            if before.application_id != self:
                self._refuse(Refusal("intake_other_case"))
            if not (vals.get("reason") or "").strip():
                self._refuse(Refusal("reason_missing"))

    def _note_paper_received(self):
        """The paper came in with the first set that was complete when it came."""
        sets = self.intake_ids
        standing = sets.filtered(
            lambda one: not one.is_corrected and one.condition == "complete"
        )
        instants = set(standing.mapped("received_at"))
        if self.paper_received_at not in sets.mapped("received_at"):
            instants.add(self.paper_received_at)  # noted by another act
        received = min(filter(None, instants), default=False)
        if self.paper_received_at != received:
            self.paper_received_at = received
