from odoo import api, fields, models

from ...rules import scheme_diff, versions
from ...rules.scheme_sections import HEAD, SECTIONS


class AwardSchemeComparison(models.TransientModel):
    """What changed between two versions of a scheme, for people to read."""

    _name = "award.scheme.comparison"
    _description = "Comparison of Two Schemes"
    _rec_name = "new_id"

    old_id = fields.Many2one("award.scheme", "Earlier", required=True)
    new_id = fields.Many2one("award.scheme", "Later", required=True)
    content = fields.Html(compute="_compute_content", sanitize=False)

    @api.depends("old_id", "new_id")
    def _compute_content(self):
        for comparison in self:
            comparison.content = False
            if comparison.old_id and comparison.new_id:
                comparison.content = self.env["ir.qweb"]._render(
                    "quality_award.award_scheme_comparison_content",
                    {"sections": comparison._sections()},
                )

    def _changes(self):
        """The differences, as `rules.scheme_diff.Change`."""
        return scheme_diff.differences(self.old_id._export(), self.new_id._export())

    def _sections(self):
        """The differences by section, in words: list of (title, rows)."""
        titles = {"": self.env._("The Document")}
        titles |= {
            name: self.env["ir.model"]._get(section.model).display_name
            for name, section in SECTIONS.items()
        }
        kinds = {
            scheme_diff.ADDED: self.env._("New"),
            scheme_diff.REMOVED: self.env._("Left out"),
            scheme_diff.CHANGED: self.env._("Changed"),
            scheme_diff.MOVED: self.env._("Order changed"),
        }
        found = {}
        for change in self._changes():
            found.setdefault(change.section, []).append(
                {
                    "kind": change.kind,
                    "word": kinds[change.kind],
                    "record": change.record,
                    "field": self._field_label(change),
                    "old": self._shown(change, change.old),
                    "new": self._shown(change, change.new),
                }
            )
        return [(titles[name], rows) for name, rows in found.items()]

    def _odoo_field(self, section, key):
        """The field of the record behind a key of the file, None where there is none.

        The parent of a layer, for one, is two keys of the file and one record.
        """
        model = SECTIONS[section].model if section else "award.scheme"
        keys = SECTIONS[section].fields if section else HEAD
        return self.env[model]._fields.get(keys[key].column_of(key))

    def _field_label(self, change):
        if not change.key:
            return ""
        field = self._odoo_field(change.section, change.key)
        if not field and change.key == "extends":
            field = self.env["award.scheme"]._fields["parent_id"]
        return field._description_string(self.env) if field else change.key

    def _shown(self, change, value):
        """A value of the file in words; a whole record as its keys and values."""
        if value is None or value is False:
            return "–"
        if isinstance(value, dict) and change.section and not change.key:
            return [
                (
                    self._field_label(change._replace(key=key)),
                    self._shown(change._replace(key=key), part),
                )
                for key, part in value.items()
            ]
        if value is True:
            return self.env._("Yes")
        if isinstance(value, (list, tuple)):
            return ", ".join(map(str, value))
        if isinstance(value, dict):
            return " ".join(map(str, value.values()))
        field = change.key and self._odoo_field(change.section, change.key)
        if field and field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value)


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    def action_compare(self):
        """Compare with the version before: the newest other one, or the parent."""
        self.ensure_one()
        others = self.search([("code", "=", self.code), ("id", "!=", self.id)]).sorted(
            lambda other: versions.order(other.version), reverse=True
        )
        mine = versions.order(self.version)
        before = others.filtered(lambda s: versions.order(s.version) < mine)[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Comparison"),
            "res_model": "award.scheme.comparison",
            "view_mode": "form",
            "target": "current",
            "context": {
                "default_old_id": (before or self.parent_id or others[:1]).id,
                "default_new_id": self.id,
            },
        }
