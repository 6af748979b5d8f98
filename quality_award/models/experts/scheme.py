import json

from odoo import models


class AwardScheme(models.Model):
    _inherit = "award.scheme"

    def _figure(self, code, kind=None, award_class=None):
        """A parameter as it applies in the stage of a kind.

        :param kind: kind of stage in which the question is asked
        :return: (value in Python, code of the clause behind it), (None, None) where
            the scheme is silent
        """
        found = self._parameter_at(code, kind, award_class)
        value = json.loads(found.value) if found else None
        return value, found.clause_id.code or None

    def _says(self, code, kind=None, award_class=None):
        """The value alone, for those who cite nothing: no clause is read."""
        found = self._parameter_at(code, kind, award_class)
        return json.loads(found.value) if found else None

    def _parameter_at(self, code, kind, award_class):
        stage = self.stage_ids.filtered(lambda s: s.kind == kind)[:1]
        return self._parameter(code, award_class=award_class, stage=stage or None)
