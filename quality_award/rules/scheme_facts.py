"""What the checks of a scheme ask it, and what the kinds of stage need and make."""

from .scheme_references import criteria_key

#: Stage kind -> (what must have been made before, what it makes).
KINDS = {
    "submission": ((), ("file",)),
    "recommendation": (("file",), ("opinion",)),
    "qualification": (("file",), ("checked_file",)),
    "document_review": (("file",), ("document_score", "list")),
    "site_visit": (("document_score",), ("site_score",)),
    "defence": (("file",), ("defence_score",)),
    "public_evaluation": (("file",), ("public_score",)),
    "composite": (("document_score",), ("ranking", "list")),
    "consultation": (("list",), ("opinions",)),
    "deliberation": (("list",), ("decision", "list")),
    "notice": (("list",), ("notice",)),
    "approval": (("decision",), ("approval",)),
    "award": (("approval",), ("award",)),
}
#: Stage kind that is scored -> parameter that weighs it in the composite score.
WEIGHTS = {
    "document_review": "weight_document",
    "site_visit": "weight_site",
    "defence": "weight_defence",
    "public_evaluation": "weight_public",
}
#: Stage kind -> lists that it may adopt where the stage does not say which.
LISTS = {
    "document_review": {"shortlist"},
    "composite": {"recommended", "candidate"},
    "consultation": {"candidate"},
    "deliberation": {"candidate", "proposed", "final"},
    "approval": {"final"},
}
#: Score of a threshold -> the stage that gives it.
SCORED_IN = {
    "document": "document_review",
    "site": "site_visit",
    "composite": "composite",
    "public": "public_evaluation",
}


def first_unmet(stages):
    """The first stage that needs what no stage before it makes, or None.

    :param stages: ``(key, kind of stage)`` in order
    :return: its key
    """
    made = set()
    for key, kind in stages:
        needs, makes = KINDS[kind]
        if not made.issuperset(needs):
            return key
        made.update(makes)
    return None


def lists_of(stage):
    """Kinds of list that a stage may adopt."""
    return {stage["list"]} if stage.get("list") else LISTS.get(stage["kind"], set())


class Scheme:
    """A complete dict with the look-ups that the checks share.

    :param data: complete dict of a scheme without unknown references
    :param criteria: ``{scheme_references.criteria_key: complete dict of criteria}``
    :param parent: complete dict of the scheme that it is layered on
    """

    def __init__(self, data, criteria=None, parent=None):
        self.data = data
        self.parent = parent
        self._criteria = {
            row["code"]: (criteria or {}).get(criteria_key(row))
            for row in data["classes"]
        }
        self.kinds = [stage["kind"] for stage in data["stages"]]
        self.classes = [row["code"] for row in data["classes"]]
        self._stages = {row["code"]: row for row in data["stages"]}
        self.roles = {row["code"]: row["role"] for row in data["bodies"]}
        self._values = {
            (row["code"], row.get("class"), row.get("stage")): row["value"]
            for row in data["parameters"]
        }

    def rows(self, section):
        """Each record of a section with its path."""
        for index, row in enumerate(self.data[section]):
            yield row, f"{section}[{index}]"

    def each(self, code):
        """Path and value of every record of a parameter."""
        return [
            (f"{path}.value", row["value"])
            for row, path in self.rows("parameters")
            if row["code"] == code
        ]

    def value(self, code, award_class=None, stage=None):
        """What holds for a class at a stage: the most particular value, else None."""
        for key in ((award_class, stage), (award_class, None), (None, stage)):
            if (found := self._values.get((code, *key))) is not None:
                return found
        return self._values.get((code, None, None))

    def by_class(self, *codes):
        """For each class its row, path, and the values of parameters."""
        for row, path in self.rows("classes"):
            values = [self.value(code, row["code"]) for code in codes]
            yield (row, path, *values)

    def criteria_of(self, award_class):
        """Complete dict of the criteria of a class, None where it has none."""
        return self._criteria.get(award_class)

    def total_of(self, award_class):
        """The points that a class can reach (hundredths), None without criteria."""
        criteria = self.criteria_of(award_class)
        return criteria and criteria["total"]

    def classes_of(self, row):
        """The classes that a record is for, all where it names none."""
        return row.get("classes") or self.classes

    def stages_of(self, award_class):
        """The stages that a class passes, in order: ``(row, path)``."""
        return [
            (row, path)
            for row, path in self.rows("stages")
            if award_class in (row.get("classes") or [award_class])
        ]

    def kinds_of(self, award_class):
        """The kinds of stage that a class passes, in order."""
        return [row["kind"] for row, _path in self.stages_of(award_class)]

    def stage(self, code):
        """The stage with a code, None where there is none."""
        return self._stages.get(code)
