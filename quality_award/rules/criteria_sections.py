"""What a file of review criteria may say, as `scheme_sections` for schemes."""

from .scheme_sections import Field, Section

CRITERIA_FORMAT = "quality_award.criteria/1"
_NAMES = {"name_zh": Field(required=True), "name_en": Field()}

CRITERIA_HEAD = {
    "format": Field(required=True),
    "code": Field("code", required=True),
    "family": Field("code", help="Editions of the same criteria have one family."),
    "valid_from": Field("date"),
    **_NAMES,
    "source": Field(),
    "total": Field("int", required=True, help="Hundredths; 0 where none has any."),
    "scale": Field("percent|points|rating", default="percent"),
    "step": Field("int", default=5, help="Percent, or hundredths on the scale points."),
}
CRITERIA_SECTIONS: dict[str, Section] = {
    "items": Section(
        "award.criterion",
        {
            "number": Field("code", required=True),
            "parent": Field("ref:items"),
            "kind": Field(
                "category|process|result|unscored|indicator|veto", required=True
            ),
            "points": Field("int", default=0, help="Hundredths."),
            "scale": Field("percent|points|rating", help="Instead of the common one."),
            **_NAMES,
        },
        key=("number",),
        help="The tree of criteria.",
    ),
    "bands": Section(
        "award.band",
        {
            "kind": Field("process|result", required=True),
            "low": Field("int", required=True),
            "high": Field("int", required=True),
            "text_zh": Field(required=True),
            "text_en": Field(),
        },
        key=("kind", "low"),
        in_order=False,
        help="Ranges of percentages and what deserves them.",
    ),
    "ratings": Section(
        "award.rating",
        {
            "code": Field("code", required=True),
            "percent": Field(
                "int", zero=True, help="Of the points; absent without points."
            ),
            **_NAMES,
        },
        help="Steps of the scale rating, the best first.",
    ),
}
