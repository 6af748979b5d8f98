from odoo import api, fields, models

from ...rules.refusal import Refusal


class AwardTransfer(models.Model):
    """A proposal to treat a case in another class, with the applicant's answer.

    Proposed by the office, or by a panel on whose word the office writes it down;
    nothing moves before the applicant has consented.
    """

    _name = "award.transfer"
    _description = "Transfer to Another Class"
    _inherit = ["award.act.fields", "award.confidential", "award.closing"]
    _order = "id"
    _rec_name = "to_class_id"

    application_id = fields.Many2one(
        "award.application", required=True, ondelete="restrict", index=True
    )
    from_class_id = fields.Many2one(
        "award.class", readonly=True, ondelete="restrict", index=True
    )
    to_class_id = fields.Many2one(
        "award.class",
        required=True,
        ondelete="restrict",
        index=True,
    )
    to_choice_id = fields.Many2one(
        "award.class.choice",
        "Choice",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('class_id', '=', to_class_id)]",
    )
    proposed_by = fields.Char(required=True, help="The panel or office that proposes.")
    reason = fields.Text(required=True)
    proposed_on = fields.Date(
        readonly=True, default=lambda self: self.env["award.clock"]._today()
    )
    answer = fields.Selection(
        [("consent", "Consents"), ("decline", "Declines")], readonly=True
    )
    answered_on = fields.Date(readonly=True)
    answered_how = fields.Char(
        readonly=True, help="On the portal, or by which letter it was registered."
    )
    done_on = fields.Date(readonly=True)
    may_do = fields.Boolean(compute="_compute_may_do")
    company_id = fields.Many2one(
        related="application_id.company_id", store=True, index=True
    )

    _one_open = models.UniqueIndex(
        "(application_id) WHERE answer IS NULL",
        "A transfer of this case is proposed already and waits for the answer.",
    )

    def _scheme_of(self):
        return self.application_id._scheme_of()

    @api.depends("answer", "done_on")
    def _compute_may_do(self):
        for transfer in self:
            transfer.may_do = transfer.answer == "consent" and not transfer.done_on

    @api.model_create_multi
    def create(self, vals_list):
        transfers = super().create(vals_list)
        for transfer in transfers:
            case = transfer.application_id
            transfer.sudo().from_class_id = case.class_id  # sudo: noted, not typed
            if refusal := case._transfer_refusal(transfer):
                case._refuse(refusal)
        return transfers

    def write(self, vals):
        self.check_access("write")
        asked = {"application_id", "to_class_id", "to_choice_id", "reason"}
        for transfer in self:
            if (asked | {"proposed_by"}) & vals.keys() and transfer.answer:
                transfer.application_id._refuse(Refusal("transfer_answered"))
        return super().write(vals)

    def action_register_consent(self, reason=None):
        """Note a consent that came on paper.

        :param reason: by which letter, of what day
        """
        return self._register_answer("consent", reason)

    def action_register_refusal(self, reason=None):
        """Note a refusal that came on paper; the same as for a consent."""
        return self._register_answer("decline", reason)

    def _register_answer(self, answer, how):
        self.ensure_one()
        self.check_access("write")
        if how is None:
            act = "consent" if answer == "consent" else "refusal"
            return self.env["award.reason"]._ask(self, f"register_{act}")
        if not how.strip():
            self.application_id._refuse(Refusal("reason_missing"))
        self._note_answer(answer, how.strip())
        return True

    def _note_answer(self, answer, how):
        if self.answer or answer not in {"consent", "decline"}:
            self.application_id._refuse(Refusal("transfer_answered"))
        self.sudo().write(  # sudo: the answer is written by this act only
            {
                "answer": answer,
                "answered_on": self.env["award.clock"]._today(),
                "answered_how": how,
            }
        )

    def action_transfer(self):
        """Treat the case in the other class from now on."""
        self.ensure_one()
        self.check_access("write")
        self.application_id._transfer(self)
        return True


class AwardApplication(models.Model):
    _inherit = "award.application"

    transfer_ids = fields.One2many("award.transfer", "application_id", "Transfers")

    def _open_transfer(self):
        """The transfer agreed to and not done, none where there is none."""
        return self.transfer_ids.filtered("may_do")[:1]

    def _transfer(self, transfer):
        """Move the case: register row, class, stage of the class, new version.

        The stage stays where the new class passes it too; otherwise it is the first
        stage of the class after it.
        """
        case = self.sudo()  # sudo: asked on the transfer; roles stay env.user's
        award_class = transfer.to_class_id
        stages = case.edition_id._stages(award_class)
        stage = case.stage_id
        target = stage
        if stage not in stages:
            target = stages.filtered(lambda s: s.sequence > stage.sequence)[:1]
        case._apply_move(
            "transfer",
            reason=transfer.reason,
            clause=award_class.clause_id.code or None,
            stage=target,
        )
        case._change_class(award_class, transfer.to_choice_id)
        transfer.sudo().done_on = self.env["award.clock"]._today()  # sudo: as above
        case._add_transferred(transfer)
        if target != stage:
            rows = self.env["award.case.stage"]
            rows._pass(case)
            rows._open(case, target)
            if enter := getattr(case, f"_on_enter_{target.kind}", None):
                enter()

    def _add_transferred(self, transfer):
        """The version in force under the new class: same words, other criteria."""
        content = dict(self._current_submission()[self.id].content)
        content["class"] = transfer.to_class_id.code
        content.pop("choice", None)
        if transfer.to_choice_id:
            content["choice"] = transfer.to_choice_id.code
        content["transferred_from"] = transfer.from_class_id.code
        self.env["award.submission"]._add_versions({self: content})

    def _transfer_refusal(self, transfer):
        """Why the class does not take the case, or None."""
        award_class = transfer.to_class_id
        clause = award_class.clause_id.code or None
        values = {"class": award_class.display_name}
        fits = (
            award_class.scheme_id == self._scheme_of()
            and award_class.entry in {"transfer", "both"}
            and award_class != transfer.application_id.class_id
        )
        if not fits:
            return Refusal("transfer_not_open", clause, values)
        choices = award_class.choice_ids
        if choices and transfer.to_choice_id not in choices:
            return Refusal("choice_missing", clause)
        return None

    def _guard_transfer_possible(self):
        transfer = self._open_transfer()
        if not transfer:
            return None  # the next guard says what is missing
        stages = self.edition_id._stages(transfer.to_class_id)
        if not stages.filtered(lambda s: s.sequence >= self.stage_id.sequence):
            return Refusal("last_stage", values={"stage": self.stage_id.display_name})
        return self._transfer_refusal(transfer)

    def _guard_transfer_agreed(self):
        if not self._open_transfer():
            return Refusal(
                "transfer_not_agreed", self.stage_id.clause_id.code or None
            )
        return None
