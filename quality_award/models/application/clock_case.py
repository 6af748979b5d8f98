from odoo import api, fields, models

#: Roles whose people are those of the recommender, and what each step may be told.
RECOMMENDER_ROLES = {
    "recommender",
    "recommender_prepare",
    "recommender_check",
    "recommender_sign",
}


class AwardLifecycle(models.AbstractModel):
    _inherit = "award.lifecycle"

    def _clock_term(self):
        if self._name == "award.edition":
            return self.term
        if "edition_id" in self._fields:
            return self.edition_id.term
        return "application_id" in self._fields and self.application_id.edition_id.term


class AwardClock(models.Model):
    """What editions and supplements mean for clocks."""

    _inherit = "award.clock"

    @api.model
    def _edition_dates(self, wanted):
        editions = self.env["award.edition"].sudo()  # sudo: public once announced
        found = editions.search(
            [
                ("company_id", "in", [company for company, _code, _term in wanted]),
                ("scheme_id.code", "in", [code for _company, code, _term in wanted]),
                ("term", "in", [term for _company, _code, term in wanted]),
                ("announced_on", "!=", False),
                ("state", "!=", "cancelled"),
            ]
        )
        dates = {
            (one.company_id.id, one.scheme_id.code, one.term): one.announced_on
            for one in found
        }
        return {key: dates[key] for key in wanted if key in dates}

    def _after_recount(self):
        """Supplements keep a copy of the last day."""
        result = super()._after_recount()
        mine = self.filtered(lambda clock: clock.res_model == "award.supplement")
        supplements = self.env["award.supplement"].sudo()  # sudo: a date that follows
        supplements.browse(mine.mapped("res_id"))._take_due()
        return result

    @api.model
    def _suspended_by(self, rule, record):
        """The check stands still during a supplement where a figure says so."""
        events = super()._suspended_by(rule, record)
        if (
            record._name == "award.qualification"
            and "supplement" not in events
            and record._scheme_of()._value("supplement_suspends")
        ):
            events.append("supplement")
        return events

    @api.model
    def _consequence(self, rule, record):
        """A supplement lapses by itself where a figure ends the case with it."""
        word = super()._consequence(rule, record)
        if word == "none" and record._name == "award.supplement":
            return record._lapses_by_itself()
        return word


class AwardSupplement(models.Model):
    _inherit = "award.supplement"

    def _lapses_by_itself(self):
        """The word for what happens to a supplement that nobody answers."""
        ends = self._scheme_of()._value(
            "supplement_lapse", award_class=self.application_id.class_id
        )
        return "lapse" if ends else "none"


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def _after_announce(self):
        """Time limits that end with this edition have their date now."""
        done = super()._after_announce()
        ended = self.env["award.clock"].sudo()  # sudo: clocks are kept by acts
        for edition in self:
            ended.search(
                [
                    ("is_open", "=", True),
                    ("company_id", "=", edition.company_id.id),
                    ("edition_scheme", "=", edition.scheme_id.code),
                    ("edition_term", "=", edition.term),
                ]
            )._recount("edition", edition.display_name)
        return done


class AwardRecommender(models.Model):
    _inherit = "award.recommender"

    def _clock_people(self, role, rung):
        """Who is told of a delay: those who prepare, then those who check and sign.

        :return: dict recommender id -> users
        """
        steps = {
            "owner": ("can_prepare", "can_check", "can_sign"),
            "section_head": ("can_check", "can_sign"),
        }.get(rung, ())
        if rung == "owner" and role.startswith("recommender_"):
            steps = (role.replace("recommender_", "can_"),)
        return {
            record.id: record.member_ids.filtered(
                lambda member: any(member[step] for step in steps)
            ).user_id
            for record in self
        }


class AwardApplicant(models.Model):
    _inherit = "award.applicant"

    def _clock_people(self, role, rung):
        """The people who act for the applicant; nobody above them is told."""
        own = rung == "owner"
        return {
            record.id: record.member_ids.user_id if own else self.env["res.users"]
            for record in self
        }


class AwardApplication(models.Model):
    _inherit = "award.application"

    clock_strips = fields.Json(
        "Time Limits",
        compute="_compute_clock_strips",
        groups="quality_award.group_office,quality_award.group_supervisor",
    )

    def _clock_party(self, role):
        if role == "applicant":
            return self.applicant_id
        return self.recommender_id if role in RECOMMENDER_ROLES else None

    @api.depends_context("lang")
    def _compute_clock_strips(self):
        for case in self:
            case.clock_strips = case._open_clocks(case._clock_records())._strips()

    def _open_clocks(self, record_sets):
        """The open clocks of records of the case, the next one due first."""
        Clock = self.env["award.clock"]
        found = Clock.union(*(Clock._of(records) for records in record_sets if records))
        return found.filtered("is_open").sorted(
            lambda clock: (not clock.due_on, clock.due_on or clock.started_on)
        )


class AwardRecommendation(models.Model):
    _inherit = "award.recommendation"

    def _clock_party(self, role):
        return self.application_id._clock_party(role)
