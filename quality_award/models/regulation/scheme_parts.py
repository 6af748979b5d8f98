from odoo import models


class AwardScheme(models.Model):
    """What other rooms ask a scheme; each answer is in the order of the scheme."""

    _inherit = "award.scheme"

    def _word(self, code):
        """The word of the scheme for a concept, in the language of the user.

        :param code: key of `rules.words.WORDS`
        :return: the scheme's own word, else the common one
        """
        self.ensure_one()
        own = self.word_ids.filtered(lambda word: word.code == code)
        common = self.env["award.word"]._fields["code"]._description_selection(self.env)
        return own.display_name or dict(common)[code]

    def _quotas(self, counts, award_class=None):
        """Quotas that count something, those for a class where one is given.

        :param counts: applications, recommended, shortlist or awards
        """
        return self.quota_ids.filtered(
            lambda quota: quota.counts == counts and quota._is_for(award_class)
        )

    def _thresholds(self, award_class, at):
        """Lowest scores that a class must reach.

        :param at: shortlist, recommended or award
        """
        return self.threshold_ids.filtered(
            lambda threshold: threshold.at == at and threshold._is_for(award_class)
        )

    def _requirements(self, award_class):
        """Conditions for a class; those with the same `alternative` are one."""
        return self.requirement_ids.filtered(lambda r: r._is_for(award_class)).sorted(
            "sequence"
        )

    def _stages(self, award_class=None):
        """The stages in order, those that a class passes where one is given."""
        return self.stage_ids.filtered(lambda s: s._is_for(award_class)).sorted(
            "sequence"
        )

    def _clock_rules(self, event, award_class=None, stage=None):
        """Time limits that an event starts.

        :param event: key of `START_EVENTS`
        :param award_class: only those for this class
        :param stage: only those that hang on this stage or on none
        """
        return self.clock_rule_ids.filtered(
            lambda rule: (
                rule.start_event == event
                and rule._is_for(award_class)
                and (not stage or not rule.stage_id or rule.stage_id == stage)
            )
        )

    def _obligations(self, award_class=None):
        """What the winners of a class owe."""
        return self.obligation_ids.filtered(lambda rule: rule._is_for(award_class))

    def _grounds(self, procedure=None):
        """Grounds of cancelling or revoking, of one procedure where it is given."""
        return self.ground_ids.filtered(
            lambda ground: not procedure or ground.procedure == procedure
        )

    def _successor_name(self, body, date):
        """What a body is called on a day, in the language of the user."""
        return body._name_on(date)
