"""From the draft of a scheme to the version in force: checked, adopted, published."""

from odoo import api, fields, models

from ...rules import scheme_format, versions
from ...rules.refusal import Refusal
from .frozen import EDITABLE

#: How the scheme was adopted; not part of what it says.
ADOPTION = (
    "adopted_by_id",
    "adoption_meeting",
    "adoption_number",
    "adopted_on",
    "adoption_document",
)
_KEPT = """
CREATE OR REPLACE FUNCTION award_adoption_kept() RETURNS trigger AS $$
BEGIN
    IF OLD.state IN ('draft', 'checked') OR NEW.state = 'draft' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the adoption of scheme % is on record', OLD.id
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
              CONSTRAINT = TG_TABLE_NAME || '_adoption';
END $$ LANGUAGE plpgsql;

DROP TRIGGER IF EXISTS award_adoption_kept ON award_scheme;
CREATE TRIGGER award_adoption_kept BEFORE UPDATE ON award_scheme FOR EACH ROW
WHEN ((OLD.adopted_by_id, OLD.adoption_meeting, OLD.adoption_number, OLD.adopted_on,
       OLD.adoption_hash)
      IS DISTINCT FROM
      (NEW.adopted_by_id, NEW.adoption_meeting, NEW.adoption_number, NEW.adopted_on,
       NEW.adoption_hash))
EXECUTE FUNCTION award_adoption_kept();
"""


class AwardScheme(models.Model):
    """The acts on a scheme, and the record of its adoption."""

    _inherit = "award.scheme"

    adopted_by_id = fields.Many2one(
        "award.body",
        "Adopted by",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        help="The body that the scheme names for its own adoption.",
    )
    adoption_meeting = fields.Char("Meeting", copy=False)
    adoption_number = fields.Char("Number of the Adopting Document", copy=False)
    adopted_on = fields.Date(copy=False)
    adoption_document = fields.Binary("Adopting Document", copy=False)
    adoption_document_name = fields.Char("Name of the File", copy=False)
    adoption_hash = fields.Char(
        "Fingerprint of the Adopting Document", readonly=True, copy=False
    )
    can_adopt = fields.Boolean(
        compute="_compute_can_adopt", export_string_translation=False
    )
    taken_back_text = fields.Char(
        compute="_compute_taken_back_text", export_string_translation=False
    )

    _adoption = models.Constraint(
        "CHECK (id IS NOT NULL)",
        "How the scheme was adopted is on record and cannot be changed. Take the "
        "scheme back to its draft to have it adopted anew.",
    )

    _content_hash_published = models.Constraint(
        "CHECK (content_hash IS NULL OR state IN ('published', 'superseded'))",
        "The fingerprint of a scheme is taken when it is published, by that act alone.",
    )

    def init(self):
        super().init()
        self.env.cr.execute(_KEPT)

    @api.depends("state")
    def _compute_can_adopt(self):
        """The adoption is written down once the scheme has been checked."""
        for scheme in self:
            scheme.can_adopt = scheme.state == "checked"

    @api.depends("state")
    def _compute_taken_back_text(self):
        """Why a draft that had been checked has to be checked again."""
        drafts = self.filtered(lambda scheme: scheme.state == "draft")
        register = self.env["award.transition"].sudo()  # sudo: reason of a scheme
        moved = [("model", "=", self._name), ("res_id", "in", drafts.ids)]
        last = {}
        for row in register.search(moved, order="seq"):
            last[row.res_id] = row.reason
        for scheme in self:
            scheme.taken_back_text = last.get(scheme.id, False)

    # -- acts --------------------------------------------------------------------
    def action_check(self):
        """Confirm that nothing in the scheme contradicts itself."""
        return self._apply_move("check")

    def action_adopt(self):
        """Note that the body of the adoption rule has adopted what was checked."""
        for scheme in self:
            scheme._apply_move(
                "adopt",
                reason=scheme._adoption_text(),
                values=lambda record: record._fingerprint(),
            )
        return self

    def action_reopen(self, reason=None):
        """Go back to the draft; an adoption no longer holds.

        :param reason: why, kept in the register; without it the form asks
        """
        if reason is None:
            return self.env["award.scheme.reopen"]._ask(self)
        return self._apply_move("reopen", reason=reason, values=self._unadopted())

    def action_publish(self):
        """Freeze this version; editions may now be opened under it."""
        return self._apply_move("publish")

    def action_supersede(self):
        """A newer version has taken the place of this one."""
        return self._apply_move("supersede")

    def action_new_version(self):
        """A draft that says the same under the name of the next version, opened."""
        self.ensure_one()
        others = self.search(
            [("code", "=", self.code), ("company_id", "=", self.company_id.id)]
        )
        name = versions.following(self.version, others.mapped("version"))
        data = {**self._export(), "complete": True, "version": name}
        draft = self.browse()._import(data, self.company_id)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": draft.id,
            "view_mode": "form",
            "target": "current",
        }

    # -- guards ------------------------------------------------------------------
    def _adopting_rules(self):
        """The rules of the scheme on its own adoption."""
        return self.adoption_ids.filtered(lambda rule: rule.subject == "scheme")

    def _guard_adoption_recorded(self):
        """Body, meeting, number, day and document are there, and of the right body."""
        rules = self._adopting_rules()
        clause = rules[:1].clause_id.code or None
        if missing := [name for name in ADOPTION if not self[name]]:
            labels = self.fields_get(missing, ["string"])
            names = ", ".join(labels[name]["string"] for name in missing)
            return Refusal("scheme_adoption_incomplete", clause, {"missing": names})
        if rules and self.adopted_by_id not in rules.body_id:
            told = {
                "bodies": ", ".join(rules.body_id.mapped("display_name")),
                "body": self.adopted_by_id.display_name,
            }
            return Refusal("scheme_adopting_body", clause, told)
        if self.adopted_on > self.env["award.clock"]._today():
            return Refusal("scheme_adopted_later", clause, {"day": self.adopted_on})
        return None

    def _adoption_text(self):
        """The adoption in one line, as the register keeps it."""
        body, day = self.adopted_by_id, self.adopted_on
        name = body._name_on(day) if body and day else body.display_name
        told = (name, self.adoption_meeting, self.adoption_number, day)
        return ", ".join(str(part) for part in told if part)

    @staticmethod
    def _unadopted():
        """Columns of an adoption, emptied; its file follows once they are."""
        columns = {*ADOPTION, "adoption_hash"} - {"adoption_document"}
        return dict.fromkeys(columns, False)

    # -- what follows ------------------------------------------------------------
    def _after_reopen(self):
        """The file of an adoption that no longer holds goes with it."""
        self.write({"adoption_document": False, "adoption_document_name": False})

    def _after_publish(self):
        """Note what was published, and put older versions out of force."""
        for scheme in self:
            scheme.content_hash = scheme_format.content_hash(scheme._export())
        self._older()._apply_move(
            "supersede", reason=self.env._("A newer version has been published.")
        )

    @api.model
    def _newest_published(self, code, company):
        """The newest published version of the scheme `code` of an agency, or none.

        Which is newer is told by the versions as people read them, not by the order in
        which they came into the database.
        """
        found = self.search(
            [
                ("code", "=", code),
                ("state", "=", "published"),
                ("company_id", "=", company.id),
            ]
        )
        newest = max(
            found, key=lambda s: (versions.order(s.version), s.id), default=found
        )
        return self.browse(newest.id)

    def _older(self):
        """Published versions whose place the present one takes.

        What a version is layered on stays in force beneath it.
        """
        found = self.browse()
        for scheme in self:
            others = self.search(
                [
                    ("code", "=", scheme.code),
                    ("company_id", "=", scheme.company_id.id),
                    ("state", "=", "published"),
                    ("id", "not in", scheme._beneath().ids),
                ]
            )
            mine = versions.order(scheme.version)
            found |= others.filtered(
                lambda other, mine=mine: versions.order(other.version) < mine
            )
        return found

    def _beneath(self):
        """The scheme and those that it is layered on."""
        found, parent = self, self.parent_id
        while parent - found:
            found |= parent
            parent = parent.parent_id
        return found

    # -- changes -----------------------------------------------------------------
    def _take_back(self, what):
        """A change takes a checked scheme back to its draft, in words.

        :param what: kind of the records that change
        """
        checked = self.exists().filtered(lambda scheme: scheme.state == "checked")
        if checked:
            reason = self.env._("Changed after the check: %(what)s", what=what)
            checked._apply_move("reopen", reason=reason, values=self._unadopted())

    def write(self, vals):
        """Keep the adoption as it was recorded, its document included."""
        if {*ADOPTION, "adoption_document_name"} & vals.keys():
            self.check_access("write")
            for scheme in self:
                if scheme.state not in EDITABLE and vals.get("state") != "draft":
                    scheme._refuse(Refusal("scheme_adoption_closed"))
        return super().write(vals)


class AwardSchemeReopen(models.TransientModel):
    """Asks why a scheme goes back to its draft."""

    _name = "award.scheme.reopen"
    _description = "Back to the Draft"
    _rec_name = "scheme_id"

    scheme_id = fields.Many2one(
        "award.scheme", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Text(required=True)

    @api.model
    def _ask(self, scheme):
        """The dialogue for one scheme."""
        scheme.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Back to the Draft"),
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_scheme_id": scheme.id},
        }

    def action_apply(self):
        """Take the scheme back through its public act."""
        self.ensure_one()
        self.scheme_id.action_reopen(self.reason or "")
        return {"type": "ir.actions.act_window_close"}
