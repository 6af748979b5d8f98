"""What schemes and criteria have in common when they are read from and made files."""

import base64
import json
from pathlib import Path

from odoo import models
from odoo.fields import Command
from odoo.tools import file_open, file_path

from ...rules import scheme_format, values
from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from .provision import as_list, as_text
from .refusals import POPULATIONS, PROBLEM_WORDS


def row_of_record(section, record):
    """A record as a row of the file."""

    def value_of(name, field):
        column = field.column_of(name)
        if values.section_of(field.kind):
            found = record[column].mapped(_code_field(field.kind))
            return found if values.is_list(field.kind) else "".join(found)
        return _from_column(field.kind, record[column])

    return scheme_format.row_of(section, value_of)


def _code_field(kind):
    return "number" if values.section_of(kind) == "items" else "code"


def _from_column(kind, value):
    if kind == "json":
        return json.loads(value)
    if kind == "date":
        return value and value.isoformat()
    if values.is_list(kind):
        return as_list(kind, value)
    return value


def values_of_row(section, row, known):
    """A row of the file as values of a record.

    :param known: ``{section: {code: id}}`` of the records that the row may name
    """
    found = {}
    for name, field in section.fields.items():
        value, column = row.get(name), field.column_of(name)
        if named := values.section_of(field.kind):
            ids = known.get(named, {})
            if values.is_list(field.kind):
                found[column] = [Command.set([ids[code] for code in value or ()])]
            else:
                found[column] = ids.get(value, False)
        elif field.kind == "json":
            found[column] = json.dumps(value, ensure_ascii=False)
        elif values.is_list(field.kind):
            found[column] = as_text(value)
        else:
            found[column] = False if value is None else value
    return found


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
        def words(model, name):
            field = self.env[model]._fields[name]
            return dict(field._description_selection(self.env))

        kinds = words("award.stage", "kind")
        return {
            "kind": {**kinds, **PROBLEM_WORDS},
            "needed": kinds,
            "role": words("award.body", "role"),
            "event": words("award.clock.rule", "start_event"),
            "parameter": words("award.parameter", "code"),
            "list": words("award.stage", "list_kind"),
            "population": POPULATIONS,
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

    def _file_text(self):
        """The record as the text of a file, for people to read.

        A layer says that it is complete: what was taken out of it by hand would
        otherwise be taken over from its parent again.
        """
        data = self._export()
        if "extends" in data:
            data = {"format": data["format"], "complete": True, **data}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def _as_file(self):
        """The file as the content of a Binary field."""
        return base64.b64encode(self._file_text().encode())

    def _download(self, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/export_file/{name}"
            "?download=true",
            "target": "self",
        }
