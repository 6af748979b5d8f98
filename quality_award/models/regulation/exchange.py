"""What schemes and criteria have in common when they are read from and made files."""

import base64
import json
from pathlib import Path

from odoo import models
from odoo.tools import file_open, file_path

from ...rules import scheme_format
from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from .refusals import PROBLEM_WORDS

#: Keys of the file that are references -> field of the record.
REFERENCES = {
    "clause": "clause_id",
    "class": "class_id",
    "stage": "stage_id",
    "criteria": "criteria_id",
}


def row_of_record(section, record):
    """A record as a row of the file."""

    def value_of(name, field):
        if name in REFERENCES:
            return record[REFERENCES[name]].code
        value = record[name]
        if field.kind == "json":
            return json.loads(value)
        if field.kind == "date":
            return value and value.isoformat()
        return value

    return scheme_format.row_of(section, value_of)


def values_of_row(section, row, known):
    """A row of the file as values of a record.

    :param known: ``{key of the file: {code: id}}``
    """
    values = {}
    for name, field in section.fields.items():
        value = row.get(name)
        if name in REFERENCES:
            values[REFERENCES[name]] = known[name].get(value, False)
        elif field.kind == "json":
            values[name] = json.dumps(value)
        else:
            values[name] = False if value is None else value
    return values


def shipped_names(folder):
    """Names of the files that the addon ships in `data/<folder>`."""
    path = Path(file_path(f"quality_award/data/{folder}"))
    return sorted(file.stem for file in path.glob("*.json"))


def read_shipped(folder, name):
    """The parsed file `name` of `data/<folder>`.

    :raise ValueError: when the addon ships no such file
    """
    if name not in shipped_names(folder):
        raise ValueError(name)
    with file_open(f"quality_award/data/{folder}/{name}.json") as stream:
        return json.load(stream)


class AwardExchange(models.AbstractModel):
    """Reads and makes the files; says in words what is wrong with them."""

    _name = "award.exchange"
    _description = "Exchange of Schemes as Files"

    def _problem_texts(self, problems):
        """The sentences of problems, each with the place it is found."""
        words = self._problem_vocabulary()
        return [
            refusal_text(self.env, self._refusal_of(problem, words))
            for problem in problems
        ]

    def _problem_vocabulary(self):
        """Technical word -> word that people know, per kind of value."""
        options = self.env["award.stage"]._fields["kind"]._description_selection
        kinds = dict(options(self.env))
        roles = self.env["award.body"]._fields["role"]
        events = self.env["award.clock.rule"]._fields["start_event"]
        figures = self.env["award.parameter"]._fields["code"]
        return {
            "kind": {**kinds, **PROBLEM_WORDS},
            "needed": kinds,
            "role": dict(roles._description_selection(self.env)),
            "event": dict(events._description_selection(self.env)),
            "parameter": dict(figures._description_selection(self.env)),
        }

    @staticmethod
    def _refusal_of(problem, words):
        values = {"path": problem.path or "/", **problem.values}
        for key, known in words.items():
            if isinstance(values.get(key), str):
                parts = values[key].split(", ")
                values[key] = ", ".join(str(known.get(part, part)) for part in parts)
        return Refusal(f"scheme_{problem.code}", values=values)

    def _refuse_file(self, problems):
        """Raise `AwardRefusal` with all problems of a file, nothing being written."""
        if not problems:
            return
        words = self._problem_vocabulary()
        refusals = [self._refusal_of(problem, words) for problem in problems]
        text = "\n".join(refusal_text(self.env, refusal) for refusal in refusals)
        raise AwardRefusal(text, refusals)

    @staticmethod
    def _as_file(data):
        """A complete dict as the content of a Binary field, for people to read."""
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        return base64.b64encode(text.encode())

    def _download(self, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/export_file/{name}"
            "?download=true",
            "target": "self",
        }
