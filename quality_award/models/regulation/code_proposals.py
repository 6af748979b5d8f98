"""Codes and names that are proposed while a scheme is written."""

from odoo import api, models

from .provision import FIELDS


class AwardCodedProvision(models.AbstractModel):
    _inherit = "award.provision.coded"

    def _propose_code(self, word):
        """A code that no other record of this kind has, made from what it is about."""
        if self.code or not word:
            return
        taken = set(self.scheme_id[FIELDS[self._section]].mapped("code"))
        count, code = 1, word
        while code in taken:
            count += 1
            code = f"{word}{count}"
        self.code = code

    def _propose_names(self, name):
        """The words of a choice as names, in the languages that are installed."""
        value = self[name]
        if not value:
            return
        for field, lang in (("name_zh", "zh_CN"), ("name_en", "en_US")):
            if not self[field] and self.env["res.lang"]._get_data(code=lang):
                env = self.with_context(lang=lang).env
                self[field] = dict(self._fields[name]._description_selection(env))[
                    value
                ]


class AwardStage(models.Model):
    _inherit = "award.stage"

    @api.onchange("kind")
    def _onchange_kind(self):
        self._propose_code(self.kind)
        self._propose_names("kind")


class AwardBody(models.Model):
    _inherit = "award.body"

    @api.onchange("role")
    def _onchange_role(self):
        self._propose_code(self.role)


class AwardClass(models.Model):
    _inherit = "award.class"

    @api.onchange("subject")
    def _onchange_subject(self):
        self._propose_code(self.subject)


class AwardClockRule(models.Model):
    _inherit = "award.clock.rule"

    @api.onchange("start_event")
    def _onchange_start_event(self):
        self._propose_code(self.start_event)


class AwardRequirement(models.Model):
    _inherit = "award.requirement"

    @api.onchange("kind")
    def _onchange_kind(self):
        self._propose_code(self.kind)


class AwardAdoptionRule(models.Model):
    _inherit = "award.adoption.rule"

    @api.onchange("subject")
    def _onchange_subject(self):
        self._propose_code(self.subject)


class AwardQuota(models.Model):
    _inherit = "award.quota"

    @api.onchange("counts")
    def _onchange_counts(self):
        self._propose_code(self.counts)


class AwardThreshold(models.Model):
    _inherit = "award.threshold"

    @api.onchange("at")
    def _onchange_at(self):
        self._propose_code(self.at)


class AwardObligationRule(models.Model):
    _inherit = "award.obligation.rule"

    @api.onchange("kind")
    def _onchange_kind(self):
        self._propose_code(self.kind)
