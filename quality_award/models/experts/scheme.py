import json

from odoo import models, tools


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    def _figure(self, code, kind=None, award_class=None):
        """A parameter as it applies in the stage of a kind.

        :param kind: kind of stage in which the question is asked
        :return: (value in Python, code of the clause behind it), (None, None) where
            the scheme is silent
        """
        # What carries a hash is frozen, and the hash tells what it says.
        published = self.content_hash
        read = self._published_figure if published else self._read_figure
        value, clause = read(code, kind, award_class.id if award_class else None)
        return None if value is None else json.loads(value), clause

    def _says(self, code, kind=None, award_class=None):
        """The value alone, for those who cite nothing."""
        return self._figure(code, kind, award_class)[0]

    @tools.ormcache("self.id", "self.content_hash", "code", "kind", "class_id")
    def _published_figure(self, code, kind, class_id):
        return self.sudo()._read_figure(code, kind, class_id)  # sudo: figures only

    def _read_figure(self, code, kind, class_id):
        """(value as JSON, code of the clause) of a parameter, or Nones."""
        stage = self.stage_ids.filtered(lambda s: s.kind == kind)[:1]
        award_class = self.env["award.class"].browse(class_id)
        found = self._parameter(code, award_class=award_class, stage=stage or None)
        return found.value or None, found.clause_id.code or None
