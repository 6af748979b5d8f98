"""The published scheme as plain data: classes with their stages, needs, figures."""

from dataclasses import dataclass, field

from odoo.addons.quality_award.rules import lists


@dataclass(frozen=True)
class Stop:
    """A stage of the scheme.

    :param list_kind: kind of list that the scheme says is adopted here, or None
    :param parallel: it runs beside the next stage; no case stands at it
    """

    id: int
    code: str
    kind: str
    sequence: int
    class_ids: frozenset
    body: int | None
    list_kind: str | None
    parallel: bool
    optional: bool

    def is_for(self, award_class):
        return not self.class_ids or award_class in self.class_ids


@dataclass(frozen=True)
class Need:
    """A requirement of a class."""

    code: str
    kind: str
    class_ids: frozenset
    group: str
    applies_to: frozenset
    fields: frozenset
    years: int
    count: int
    rank_max: int
    basis: str
    prior: str
    on_fail: str


@dataclass
class Klass:
    """A class of award with what its applicants pass through.

    :param stops: its stages in order, those beside another one included
    :param total: points of its criteria in hundredths, 0 where there are none
    """

    id: int
    code: str
    title: str
    subject: str
    entry: str
    rated: bool
    choices: list
    stops: list
    needs: list
    total: int = 0
    values: dict = field(default_factory=dict)

    @property
    def way(self):
        """The stages at which its cases stand, one after the other."""
        return [stop for stop in self.stops if not stop.parallel]

    @property
    def lists(self):
        """dict code of a stage -> kind of the list that the class adopts there."""
        return lists.kinds_of_lists(
            lists.Stage(stop.code, stop.kind, stop.list_kind) for stop in self.way
        )

    def first(self, *kinds):
        return next((stop for stop in self.way if stop.kind in kinds), None)

    def before(self, stop, *kinds):
        """The stages of some kinds that come earlier."""
        return [
            one for one in self.way
            if one.sequence < stop.sequence and one.kind in kinds
        ]


#: Parameters that the driver asks for, by class.
ASKED = (
    "threshold threshold_score quota_max quota_scope recommenders_per_application "
    "panel_min panel_odd panel_ranking site_days_min site_days_max site_voices "
    "defence_max defence_judges_min public_evaluation_max vote_instead_of_ranking "
    "look_back_base submission_moment silence quorum vote_pass prize_amount "
    "prize_amount_repeat reapply_lock_years reapply_lock_terms notice_unit "
    "supplement_working_days objection_anonymous annual_report_due "
    "annual_report_first annual_report_years opening_hours_from volunteer_list "
    "reapply_new_result second_award_same_year"
).split()


@dataclass
class Rulebook:
    """Everything that the driver needs to know of the scheme."""

    id: int
    code: str
    classes: list
    stops: list
    bodies: dict
    quotas: list
    thresholds: list
    duties: list
    channels: dict
    silence: str | None = None

    def of_role(self, *roles):
        return {code: row for code, row in self.bodies.items() if row["role"] in roles}

    def class_of(self, code):
        return next(one for one in self.classes if one.code == code)

    def duties_of(self, award_class, *kinds):
        return [
            row for row in self.duties
            if row["kind"] in kinds and (
                not row["class_ids"] or award_class.id in row["class_ids"]
            )
        ]


def read(desk, scheme_id):
    """The rulebook, as a clerk of the office reads the scheme."""
    scheme = desk.env["award.scheme"].browse(scheme_id)
    stops = [_stop(stage) for stage in scheme.stage_ids.sorted("sequence")]
    needs = [_need(record) for record in scheme.requirement_ids.sorted("sequence")]
    return Rulebook(
        id=scheme.id,
        code=scheme.code,
        classes=[_class(scheme, one, stops, needs) for one in scheme.class_ids],
        stops=stops,
        bodies={
            body.code: {"id": body.id, "role": body.role, "name_zh": body.name_zh,
                        "name_en": body.name_en}
            for body in scheme.body_ids
        },
        quotas=scheme.quota_ids.read(
            ["counts", "per", "class_ids", "maximum", "minimum", "soft", "tag"],
            load=None),
        thresholds=scheme.threshold_ids.read(
            ["score", "at", "minimum", "class_ids", "block"], load=None),
        duties=scheme.obligation_ids.read(
            ["kind", "class_ids", "only_with_prize", "due_month_day", "first",
             "years"], load=None),
        channels={
            (one.code, stage.code): scheme._value(
                "notice_channels", award_class=one, stage=stage)
            for one in scheme.class_ids for stage in scheme.stage_ids
            if stage.kind == "notice"
        },
        silence=scheme._value("silence"),
    )


def _stop(stage):
    return Stop(
        id=stage.id, code=stage.code, kind=stage.kind, sequence=stage.sequence,
        class_ids=frozenset(stage.class_ids.ids), body=stage.body_id.id or None,
        list_kind=stage.list_kind or None, parallel=stage.in_parallel,
        optional=stage.optional,
    )


def _words(text):
    return frozenset(part.strip() for part in (text or "").split(",") if part.strip())


def _need(record):
    return Need(
        code=record.code, kind=record.kind,
        class_ids=frozenset(record.class_ids.ids),
        group=record.alternative or "", applies_to=_words(record.applies_to),
        fields=_words(record.penalty_fields), years=record.years,
        count=record.count, rank_max=record.rank_max, basis=record.basis,
        prior=record.prior or "", on_fail=record.on_fail,
    )


def _class(scheme, award_class, stops, needs):
    return Klass(
        id=award_class.id, code=award_class.code,
        title=award_class.title_id.code or "",
        subject=award_class.subject, entry=award_class.entry,
        rated=award_class.graded == "rating",
        choices=award_class.choice_ids.mapped("code"),
        stops=[stop for stop in stops if stop.is_for(award_class.id) and not (
            stop.parallel and stop.optional)],
        needs=[need for need in needs
               if not need.class_ids or award_class.id in need.class_ids],
        values={code: scheme._value(code, award_class=award_class) for code in ASKED},
    )
