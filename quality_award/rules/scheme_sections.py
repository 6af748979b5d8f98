"""What a scheme file may say: its sections, their keys, and what each key means.

One table that everything else reads: the reader and writer of files, the records and
their freezing, the published JSON Schema and `docs/scheme-format.md`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from . import clock, lifecycle, parameters, values, words

SCHEME_FORMAT = "quality_award.scheme/1"


class Field(NamedTuple):
    """One key of a record.

    :param kind: a kind of `rules.values`
    :param default: what stands where the key is left out
    :param column: field of the record, where it is not called like the key
    :param zero: whether 0 says something else than the absence of the key
    :param help: what the key says, in a sentence or less
    """

    kind: str = "str"
    required: bool = False
    default: Any = None
    column: str | None = None
    help: str = ""
    zero: bool = False

    def column_of(self, key: str) -> str:
        """Name of the record's field for the key `key`."""
        return self.column or (f"{key}_id" if self.kind.startswith("ref:") else key)


class Section(NamedTuple):
    """A list of records: its model, its keys, and those that identify a record."""

    model: str
    fields: Mapping[str, Field]
    key: tuple[str, ...] = ("code",)
    in_order: bool = True
    help: str = ""


STAGE_KINDS = (
    "submission|recommendation|qualification|document_review|site_visit|defence|"
    "public_evaluation|composite|consultation|deliberation|notice|approval|award"
)
START_EVENTS = (
    "recommender_receipt|office_receipt|supplement_sent|site_end|last_scoring_end|"
    "list_receipt|letter_receipt|notice_published|objection_receipt|award_granted|"
    "edition_announced|window_closed|shortlist_adopted|order_issued|award_expired|"
    "violation_found|notice_closed|approval_given|year_end"
)
UNITS = clock.UNITS
#: Who can owe something without having a role in the software.
OUTSIDE_ROLES = ("department",)
OWNERS = (*lifecycle.GROUP_ROLES, *lifecycle.RECORD_ROLES, *OUTSIDE_ROLES)
SUBJECTS = "organisation|individual|team|project|unit"
LISTS = "shortlist|recommended|candidate|proposed|final"
RECOVERIES = parameters.CATALOG["recovery"].kind
REQUIREMENT_KINDS = (
    "years_registered|years_operating|years_working|legal_person|no_loss|no_incident|"
    "rank|prior_award|certificate|honour|pool_member|employer_consent|"
    "in_house_notice|lower_level_notice|recommendation|new_result|"
    "no_second_application|document|declaration|finding"
)
APPLIES_TO = (
    "list:enterprise|non_profit|public_body|small|top_manager|middle_manager|"
    "employee|innovation|repeat_winner"
)
PENALTY_FIELDS = (
    "list:quality|safety|environment|health|tax|labour|ip|construction|operation|"
    "counterfeit|fraud|crime|credit|complaint|inspection|other"
)

_CODE = {"code": Field("code", required=True, help="Names the record in the file.")}
_NAMES = {"name_zh": Field(required=True), "name_en": Field()}
_ANY_NAMES = {"name_zh": Field(), "name_en": Field()}
_CLAUSE = {"clause": Field("ref:clauses", help="Clause that the record rests on.")}
_CLASSES = {
    "classes": Field(
        "refs:classes", column="class_ids", help="For these classes; empty for all."
    )
}
_SANCTION = {
    "watch_years": Field("int"),
    "ban_years": Field("int"),
    "ban_terms": Field("int", help="Barred for so many editions."),
    "ban_for_ever": Field("bool", default=False),
}

HEAD = {
    "format": Field(required=True),
    "code": Field("code", required=True),
    "version": Field(required=True),
    "extends": Field("extends", help="The scheme that this one is layered on."),
    "complete": Field(
        "bool", default=False, help="Nothing is taken over from the parent."
    ),
    **_NAMES,
    "document_number": Field(),
    "document_date": Field("date"),
    "issued_by": Field(),
    "valid_from": Field("date"),
    "valid_to": Field("date"),
    "timezone": Field(default=clock.TIME_ZONE),
}
#: Heads that a layer takes from its parent; it is a document of its own otherwise.
INHERITED_HEAD = ("valid_from", "valid_to", "timezone")

#: In the order of creation: a section names records of those before it.
SECTIONS: dict[str, Section] = {
    "clauses": Section(
        "award.clause",
        {
            **_CODE,
            "citation_zh": Field(required=True, help="How the clause is cited."),
            "citation_en": Field(),
            "summary_zh": Field(help="What it says, in own words."),
            "summary_en": Field(),
            "mark": Field(
                "rule|agency_decision|doubtful|not_for_software", default="rule"
            ),
        },
        help="The articles, and what the agency has decided where they are silent.",
    ),
    "words": Section(
        "award.word",
        {
            "code": Field("|".join(words.WORDS), required=True),
            "text_zh": Field(required=True),
            "text_en": Field(),
            **_CLAUSE,
        },
        help="Words that the regulation chooses for itself.",
    ),
    "bodies": Section(
        "award.body",
        {
            **_CODE,
            "role": Field(
                "government|leading_group|committee|office|handling|recommender|"
                "nominator|panel|department|finance|supervision|other",
                required=True,
            ),
            **_NAMES,
            **_CLAUSE,
        },
        help="Bodies as the regulation calls them.",
    ),
    "successors": Section(
        "award.body.successor",
        {
            "body": Field("ref:bodies", required=True),
            "since": Field("date", required=True),
            **_NAMES,
            **_CLAUSE,
        },
        key=("body", "since"),
        in_order=False,
        help="What a body is called from a day on; clauses keep the old name.",
    ),
    "adoptions": Section(
        "award.adoption.rule",
        {
            **_CODE,
            "subject": Field(
                "scheme|criteria|rules|roster|plan|announcement", required=True
            ),
            "body": Field("ref:bodies", required=True, help="Who adopts it."),
            "published": Field("bool", default=False, help="It is published, too."),
            **_ANY_NAMES,
            **_CLAUSE,
        },
        help="What is adopted before an edition is announced.",
    ),
    "awards": Section(
        "award.title",
        {**_CODE, **_NAMES, **_CLAUSE},
        help="The awards of the scheme, where it has several.",
    ),
    "classes": Section(
        "award.class",
        {
            **_CODE,
            "award": Field("ref:awards", column="title_id"),
            "subject": Field(SUBJECTS, default="organisation"),
            "criteria": Field(
                "ref:criteria",
                required=True,
                help="Code of the criteria, or of their family with criteria_latest.",
            ),
            "criteria_latest": Field(
                "bool",
                default=False,
                help="The newest edition of the family on the day of announcement.",
            ),
            "entry": Field("open|transfer|both", default="open"),
            "graded": Field("points|rating", default="points"),
            **_NAMES,
            **_CLAUSE,
        },
        help="Classes of award: what is applied for, and by which criteria.",
    ),
    "choices": Section(
        "award.class.choice",
        {
            "class": Field("ref:classes", required=True),
            **_CODE,
            "by": Field("role|sector|category", required=True),
            "criteria": Field("ref:criteria", help="Instead of those of the class."),
            **_NAMES,
            **_CLAUSE,
        },
        key=("class", "code"),
        help="What an applicant picks within a class.",
    ),
    "quotas": Section(
        "award.quota",
        {
            **_CODE,
            "counts": Field("applications|recommended|shortlist|awards", required=True),
            "per": Field("edition|recommender|panel|group", default="edition"),
            **_CLASSES,
            "tag": Field(help="Only these count: size:…, subject:… or choice:…."),
            "min": Field("int", column="minimum"),
            "max": Field("int", column="maximum"),
            "soft": Field("bool", default=False, help="May be passed with a reason."),
            "outside": Field(
                "bool", default=False, help="These classes take no place of a pool."
            ),
            **_ANY_NAMES,
            **_CLAUSE,
        },
        help="How many, of what, by whom; several classes make a pool.",
    ),
    "thresholds": Section(
        "award.threshold",
        {
            **_CODE,
            **_CLASSES,
            "score": Field("document|site|composite|public", required=True),
            "block": Field(help="Number of a category of the criteria."),
            "min": Field("int", required=True, column="minimum", help="Hundredths."),
            "at": Field("shortlist|recommended|award", default="award"),
            **_ANY_NAMES,
            **_CLAUSE,
        },
        help="Lowest scores, of the whole or of one block.",
    ),
    "stages": Section(
        "award.stage",
        {
            **_CODE,
            "kind": Field(STAGE_KINDS, required=True),
            "accepts": Field("bool", default=False, help="Passing it is acceptance."),
            **_CLASSES,
            "body": Field("ref:bodies", help="Who decides or approves here."),
            "list": Field(LISTS, column="list_kind", help="The list adopted here."),
            "of_list": Field(LISTS, help="The list that a notice shows."),
            "in_parallel": Field("bool", default=False, help="Beside the next stage."),
            "optional": Field("bool", default=False),
            **_NAMES,
            **_CLAUSE,
        },
        help="The procedure in order. A layer with this list names the whole order.",
    ),
    "parameters": Section(
        "award.parameter",
        {
            "code": Field("|".join(parameters.CATALOG), required=True),
            "class": Field("ref:classes"),
            "stage": Field("ref:stages"),
            "value": Field("json", required=True),
            **_CLAUSE,
            "note_zh": Field(),
            "note_en": Field(),
        },
        key=("code", "class", "stage"),
        in_order=False,
        help="Figures and choices.",
    ),
    "requirements": Section(
        "award.requirement",
        {
            **_CODE,
            **_CLASSES,
            "kind": Field(REQUIREMENT_KINDS, required=True),
            "group": Field(
                column="alternative",
                help="Requirements of one group are alternatives: one suffices.",
            ),
            "applies_to": Field(APPLIES_TO),
            "fields": Field(PENALTY_FIELDS, column="penalty_fields"),
            "years": Field("int", default=0),
            "basis": Field("date|full_years|award_years", default="date"),
            "count": Field("int", help="At least so many."),
            "rank_max": Field("int"),
            "prior": Field("code", help="Award or class won before."),
            "penalties": Field("none|serious|any", help="Severities that count."),
            "except": Field("list:policy_loss|minor_penalty", column="exceptions"),
            "on_fail": Field("refuse|judge|warn", default="refuse"),
            "text_zh": Field(required=True),
            "text_en": Field(),
            **_CLAUSE,
        },
        help="Conditions of eligibility and grounds of exclusion.",
    ),
    "clock_rules": Section(
        "award.clock.rule",
        {
            **_CODE,
            **_CLASSES,
            "stage": Field("ref:stages"),
            "start_event": Field(START_EVENTS, required=True),
            "owner_role": Field("|".join(OWNERS), required=True),
            "unit": Field("|".join(UNITS), required=True),
            "length": Field("int", required=True),
            "first_day": Field("|".join(clock.FIRST_DAYS), default="exclude"),
            "roll": Field("|".join(clock.ROLLS), default="none"),
            "cut_off": Field("time", help="Hour after which the next day counts."),
            "suspended_by": Field("list:supplement|objection"),
            "remind_days": Field(
                "ints", default=(3, 1), help="Working days before the due day."
            ),
            "on_expiry": Field(
                "none|lapse|deemed_no_comment|close_notice|expire", default="none"
            ),
            **_NAMES,
            **_CLAUSE,
        },
        help="Time limits: from which event, how long, who owes what.",
    ),
    "obligations": Section(
        "award.obligation.rule",
        {
            **_CODE,
            "kind": Field(
                "annual_report|prize_report|sharing|volunteer|publicity", required=True
            ),
            **_CLASSES,
            "due_month_day": Field("month_day"),
            "first": Field("same_year|next_year", help="Year in which it begins."),
            "years": Field("int", help="For so many years; absent without end."),
            "to": Field("refs:bodies", column="body_ids", help="Who receives it."),
            "only_with_prize": Field("bool", default=False),
            **_NAMES,
            **_CLAUSE,
        },
        help="What winners owe.",
    ),
    "grounds": Section(
        "award.ground",
        {
            **_CODE,
            "procedure": Field("cancel|revoke", required=True),
            **_SANCTION,
            "recover": Field(RECOVERIES),
            "known": Field(
                "bool", default=True, help="False where the text of it is lost."
            ),
            **_NAMES,
            **_CLAUSE,
        },
        help="Grounds on which a title is cancelled or revoked, and what follows.",
    ),
}

def references(section: Section) -> dict[str, str]:
    """Keys of a section that name other records: key -> section named."""
    return {
        key: named
        for key, field in section.fields.items()
        if (named := values.section_of(field.kind))
    }
