from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import filing
from ...rules.refusal import Refusal

#: Cases that count as an application made: handed in and not taken back.
MADE = ("submitted", "returned", "accepted", "not_accepted", "eliminated", "decided")


class AwardApplication(models.Model):
    """What is applied for: class and choice; by which criteria; on whose advice."""

    _inherit = "award.application"

    choice_id = fields.Many2one(
        "award.class.choice",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('class_id', '=', class_id)]",
    )
    criteria_id = fields.Many2one(
        "award.criteria", "Review Criteria", compute="_compute_criteria_id"
    )
    other_recommender_ids = fields.Many2many(
        "award.recommender",
        "award_application_recommender_rel",
        "application_id",
        "recommender_id",
        "Further Recommenders",
        help="Where the scheme asks for several recommenders of one application.",
    )
    paper_received_at = fields.Datetime(
        "Paper Set Received At",
        readonly=True,
        copy=False,
        help="Where the scheme counts paper: when the sealed set was taken in.",
    )

    @api.depends("class_id", "choice_id", "edition_id")
    def _compute_criteria_id(self):
        """The criteria of the choice, else those pinned to the edition or class."""
        latest = self.filtered("class_id.criteria_latest")
        pinned = self.env["award.edition.criteria"]._of(latest.edition_id)
        for case in self:
            key = case.edition_id.id, case.class_id.id
            case.criteria_id = (
                case.choice_id.criteria_id
                or pinned.get(key)
                or case.class_id.criteria_id
            )

    def _recommenders(self):
        return self.recommender_id | self.other_recommender_ids

    def _tags(self, won):
        """What requirements tell cases apart by.

        :param won: awards of the applicant, list of `Won`
        """
        again = {"repeat_winner"} if self._earlier_of(won) else set()
        return self._kind_tags() | again

    def _kind_tags(self):
        """What quotas tell cases apart by: size, kind of applicant, class, choice."""
        self.ensure_one()
        applicant = self.applicant_id
        tags = {
            f"size:{applicant.size}",
            f"subject:{applicant.subject}",
            f"class:{self.class_id.code}",
            f"choice:{self.choice_id.code}",
            self.choice_id.code,
            self.class_id.code,
            applicant.role,
        }
        if applicant.subject == "organisation":
            tags.add("non_profit" if applicant.size == "other" else "enterprise")
        if applicant.size in {"small", "micro"}:
            tags.add("small")
        return frozenset(tags - {False, None, "size:False", "choice:False"})

    # -- the day that counts ---------------------------------------------------------
    def _paper_counts(self):
        return self._parameter("submission_moment") == "paper"

    def _parameter(self, code):
        """Value of a parameter of the scheme for the class of the case."""
        return self._scheme_of()._value(code, award_class=self.class_id)

    def _clause_of(self, code):
        return self._scheme_of()._clause_of(code, award_class=self.class_id)

    def _submission_day(self):
        """The day on which the application counts as submitted; None before.

        Paper that comes in after the office has closed counts on the next working
        day.
        """
        instant = self.paper_received_at if self._paper_counts() else self.submitted_at
        if not instant:
            return None
        if not self._paper_counts():
            return self.edition_id._local_date(instant)
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=self._scheme_of().timezone), instant
        )
        return filing.counts_on(
            local,
            opens=self._parameter("opening_hours_from"),
            closes=self._parameter("opening_hours_to"),
            calendar=self.env["award.calendar.year"]._calendar(),
        )

    def _base_day(self):
        """The day at which conditions must hold: of the submission, else today."""
        return self._submission_day() or self.env["award.clock"]._today()

    def _look_back_day(self):
        """The day from which look-backs count, as the scheme says."""
        edition = self.edition_id
        base = self._parameter("look_back_base")
        if base == "announcement":
            return edition.announced_on or self._base_day()
        if base == "window_end":
            return edition._local_date(edition.window_end)
        if base == "recommendation_end":
            signed = self.recommendation_ids.filtered("signed_on").mapped("signed_on")
            return max(signed, default=self._base_day())
        return self._base_day()

    # -- guards ------------------------------------------------------------------------
    def _guard_class_fits(self):
        """The kind of applicant, the class and the choice belong together."""
        clause = self.class_id.clause_id.code or None
        if self.class_id not in self.edition_id._open_classes():
            return Refusal("class_unknown", clause)
        if self.applicant_id.subject != self.class_id.subject:
            subjects = dict(
                self.applicant_id._fields["subject"]._description_selection(self.env)
            )
            values = {"subject": subjects[self.class_id.subject]}
            return Refusal("subject_differs", clause, values)
        if self.class_id.choice_ids and self.choice_id not in self.class_id.choice_ids:
            return Refusal("choice_missing", clause)
        return None

    def _guard_recommenders_named(self):
        """As many as the scheme asks for, all of a kind that may recommend."""
        if not self._stage_of_kind("recommendation"):
            return None
        clause = self._clause_of_kind("recommendation")
        needed = self.edition_id._recommenders_needed(self.class_id)
        named = self._recommenders()
        if len(named) != needed:
            values = {"needed": needed, "named": len(named)}
            return Refusal("recommenders_differ", clause, values)
        for recommender in named:
            if recommender._kind_in(self._scheme_of()) == "nominator":
                values = {"recommender": recommender.display_name}
                return Refusal("may_not_recommend", clause, values)
            barred = recommender._bar_refusal(self._scheme_of(), self.edition_id.term)
            if barred:
                return barred
        return None

    def _guard_group_free(self):
        """One applicant of a group of companies, where the scheme says so."""
        if not self._parameter("group_exclusion"):
            return None
        others = self._cases_of_relatives()
        if others:
            values = {"other": others[:1].applicant_id.name}
            return Refusal("group_applies", self._clause_of("group_exclusion"), values)
        return None

    def _cases_of_relatives(self):
        return self.search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("applicant_id", "in", self.applicant_id._relatives().ids),
                ("state", "in", MADE),
            ]
        )

    def _guard_quota_free(self):
        """Quotas of applications: of the edition, a recommender, a group."""
        for quota in self._scheme_of()._quotas("applications", self.class_id):
            if quota.soft or not quota._counts_case(self):
                continue
            for name, count in self._applications_counted(quota):
                if quota.maximum and count >= quota.maximum:
                    values = {"most": quota.maximum, "whose": name}
                    clause = quota.clause_id.code or None
                    return Refusal("quota_of_applications", clause, values)
        return None

    def _applications_counted(self, quota):
        """(name, applications of others) for each that the quota counts by."""
        base = Domain("edition_id", "=", self.edition_id.id) & Domain(
            "state", "in", MADE
        )
        base &= Domain("id", "!=", self.id)
        if quota.per == "recommender":
            by = [
                (
                    recommender.display_name,
                    Domain("recommender_id", "=", recommender.id)
                    | Domain("other_recommender_ids", "=", recommender.id),
                )
                for recommender in self._recommenders()
            ]
        elif quota.per == "group":
            kin = self.applicant_id | self.applicant_id._relatives()
            by = [(self.applicant_id.name, Domain("applicant_id", "in", kin.ids))]
        else:
            by = [(self.edition_id.display_name, Domain.TRUE)]
        return [(name, quota._count_cases(base & domain)) for name, domain in by]

    def _guard_paper_in_time(self):
        """Where paper counts, the set must have come in inside the window."""
        if not self._paper_counts():
            return None
        clause = self._clause_of("submission_moment")
        if not self.paper_received_at:
            return Refusal("paper_missing", clause)
        last = self.edition_id._local_date(self.edition_id.window_end)
        day = self._submission_day()
        if day > last or self.paper_received_at > self.edition_id.window_end:
            return Refusal("paper_late", clause, {"day": day, "last": last})
        return None


class AwardQuota(models.Model):
    _inherit = "award.quota"

    def _counts_case(self, case):
        """Whether a case is of those that the quota counts."""
        in_class = not self.class_ids or case.class_id in self.class_ids
        return in_class and (not self.tag or self.tag in case._kind_tags())

    def _count_cases(self, domain):
        """How many cases of the domain count for the quota; one or three queries."""
        if self.class_ids:
            domain &= Domain("class_id", "in", self.class_ids.ids)
        cases = self.env["award.application"]
        if not self.tag:
            return cases.search_count(domain)
        return sum(self._counts_case(case) for case in cases.search(domain))


class AwardRecommender(models.Model):
    _inherit = "award.recommender"

    def _kind_in(self, scheme):
        """Role of the recommender's body in a scheme; `recommender` where unsaid.

        The body is found by its code: each version of a scheme has its own records.
        """
        self.ensure_one()
        own = self.body_id
        body = scheme.body_ids.filtered(lambda b: b.code == own.code) if own else own
        return body[:1].role or own.role or "recommender"
