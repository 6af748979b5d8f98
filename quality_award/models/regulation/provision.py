"""What all records of a scheme have in common, and lists kept as text."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import values
from ...rules.scheme_sections import SECTIONS, references

#: Section of the file -> field of the scheme, in the order of creation.
FIELDS = {
    "clauses": "clause_ids",
    "words": "word_ids",
    "bodies": "body_ids",
    "successors": "successor_ids",
    "adoptions": "adoption_ids",
    "awards": "title_ids",
    "classes": "class_ids",
    "choices": "choice_ids",
    "quotas": "quota_ids",
    "thresholds": "threshold_ids",
    "stages": "stage_ids",
    "parameters": "parameter_ids",
    "requirements": "requirement_ids",
    "clock_rules": "clock_rule_ids",
    "obligations": "obligation_ids",
    "grounds": "ground_ids",
}
SEPARATOR = ", "


def columns_of(name):
    """Columns and link fields of a section: (columns, links)."""
    columns, links = [], []
    for key, field in SECTIONS[name].fields.items():
        of = links if field.kind.startswith("refs:") else columns
        of.append(field.column_of(key))
    return columns, links


def as_text(found):
    """A list of words, or of numbers, as the text of a Char field."""
    return SEPARATOR.join(map(str, found or ()))


def as_list(kind, text):
    """The list that a Char field holds, in the order of its kind.

    :raise ValueError: where it holds what is not of the kind
    """
    found = [part.strip() for part in (text or "").split(",") if part.strip()]
    if kind == "ints":
        found = [int(part) for part in found]
    if not values.fits(kind, found):
        raise ValueError(text)
    return values.arranged(kind, found)


class AwardProvision(models.AbstractModel):
    """A record of a scheme that names its clause and is frozen with the scheme."""

    _name = "award.provision"
    _description = "Provision of a Scheme"
    _inherit = ["award.frozen"]
    _order = "scheme_id, id"
    #: section of the file that the model holds
    _section = ""

    scheme_id = fields.Many2one(
        "award.scheme", required=True, ondelete="cascade", index=True
    )
    clause_id = fields.Many2one(
        "award.clause", ondelete="restrict", index="btree_not_null"
    )
    company_id = fields.Many2one(
        related="scheme_id.company_id", store=True, precompute=True, index=True
    )

    is_editable = fields.Boolean(
        compute="_compute_is_editable", export_string_translation=False
    )

    @api.depends("scheme_id.state")
    def _compute_is_editable(self):
        for record in self:
            record.is_editable = not record.scheme_id or record.scheme_id.is_editable

    def _word_list(self, key):
        """The list that a key of the section holds, as a list of words or numbers."""
        self.ensure_one()
        field = SECTIONS[self._section].fields[key]
        return as_list(field.kind, self[field.column_of(key)])

    @classmethod
    def _list_fields(cls):
        """Char fields that hold lists or typed text: name -> kind."""
        return {
            field.column_of(key): field.kind
            for key, field in SECTIONS[cls._section].fields.items()
            if field.kind == "ints"
            or field.kind.startswith("list:")
            or field.kind in {"time", "month_day"}
        }

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_typed()
        records._check_one_scheme()
        return records

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & self._list_fields().keys():
            self._check_typed()
        if "scheme_id" in vals:
            self.flush_recordset()  # the database speaks first of published schemes
        self._check_one_scheme()
        return result

    def _check_typed(self):
        """Lists and times that are typed as text hold what the format allows."""
        for name, kind in self._list_fields().items():
            for record in self.filtered(name):
                if not self._is_typed_well(kind, record[name]):
                    raise ValidationError(
                        self.env._(
                            "%(field)s: “%(value)s” does not fit; expected is: "
                            "%(expected)s.",
                            field=self._fields[name]._description_string(self.env),
                            value=record[name],
                            expected=values.expected(kind),
                        )
                    )

    def _check_one_scheme(self):
        """What a record names belongs to its own scheme."""
        for key in references(SECTIONS[self._section]):
            name = SECTIONS[self._section].fields[key].column_of(key)
            if "scheme_id" not in self.env[self._fields[name].comodel_name]._fields:
                continue  # criteria are of no scheme
            for record in self.filtered(name):
                if record[name].scheme_id != record.scheme_id:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: “%(value)s” belongs to another scheme.",
                            field=self._fields[name]._description_string(self.env),
                            value=", ".join(record[name].mapped("display_name")),
                        )
                    )

    @staticmethod
    def _is_typed_well(kind, text):
        if not values.is_list(kind):
            return values.fits(kind, text)
        try:
            return bool(as_list(kind, text)) or True
        except ValueError:
            return False

    def _is_for(self, award_class):
        """Whether the record holds for a class; without `class_ids` it does."""
        self.ensure_one()
        classes = self.class_ids
        return not award_class or not classes or award_class in classes


class AwardCodedProvision(models.AbstractModel):
    """A provision with a code of its own in the scheme."""

    _name = "award.provision.coded"
    _description = "Provision with a Code"
    _inherit = ["award.provision"]

    code = fields.Char(required=True)

    _code_unique = models.UniqueIndex(
        "(scheme_id, code)", "This code is taken by another record of this kind."
    )


class AwardNamedProvision(models.AbstractModel):
    """A provision that need not have a name: its code stands in for it."""

    _name = "award.provision.named"
    _description = "Provision with or without a Name"
    _inherit = ["award.provision.coded", "award.bilingual"]

    name_zh = fields.Char("Name (Chinese)", required=False)

    @api.depends("code", "name_zh", "name_en")
    @api.depends_context("lang")
    def _compute_display_name(self):
        super()._compute_display_name()
        for record in self.filtered(lambda r: not r.display_name):
            record.display_name = record.code
