from odoo import api, models

from ...rules import scheme_check, scheme_format
from ...rules.refusal import Refusal
from ...rules.scheme_format import SECTIONS, Problem
from ..base.refusal import AwardRefusal, refusal_text
from .exchange import read_shipped, row_of_record, shipped_names, values_of_row

HEAD = scheme_format.Section(scheme_format.HEAD)
#: Section of the file -> field of the scheme, in the order of creation.
FIELDS = {
    "clauses": "clause_ids",
    "bodies": "body_ids",
    "classes": "class_ids",
    "stages": "stage_ids",
    "parameters": "parameter_ids",
    "requirements": "requirement_ids",
    "clock_rules": "clock_rule_ids",
}


class AwardScheme(models.Model):
    _name = "award.scheme"
    _inherit = ["award.scheme", "award.exchange"]

    def _export(self):
        """The scheme as a complete dict of the file format, layers merged."""
        self.ensure_one()

        def head_value(name, field):
            if name == "format":
                return scheme_format.SCHEME_FORMAT
            if name == "extends":
                parent = self.parent_id
                named = {"code": parent.code, "version": parent.version}
                return named if parent else None
            value = self[name]
            return value.isoformat() if value and field.kind == "date" else value

        data = scheme_format.row_of(HEAD, head_value)
        for name, field in FIELDS.items():
            section = SECTIONS[name]
            rows = [row_of_record(section, record) for record in self[field].sorted()]
            data[name] = scheme_format.arranged(section, rows)
        return data

    @api.model
    def _import(self, data, company=None):
        """Create or replace a scheme from a parsed file; nothing where it has an error.

        A draft is replaced, keeping the agency's own copies of clauses; a published
        version with the same content is left alone.

        :param data: the parsed JSON
        :param company: agency, the current one when None
        :return: the scheme
        :raise AwardRefusal: ``scheme_…`` per problem; ``scheme_frozen`` for a
            published version with other content
        """
        company = company or self.env.company
        schemes = self.with_company(company)
        parent = schemes._parent_of(data, company)
        content, problems = scheme_format.read_scheme(
            data, parent._export() if parent else None
        )
        self._refuse_file(problems)
        criteria = schemes._criteria_of(content, company)
        self._refuse_file(scheme_check.references(content, criteria.mapped("code")))
        found = schemes._version_of(content, company)
        if found and found._export() == content:
            return found
        if found and found.state != "draft":
            values = {"code": found.code, "version": found.version}
            refusal = Refusal("scheme_frozen", values=values)
            raise AwardRefusal(refusal_text(self.env, refusal), [refusal])
        with self.env.cr.savepoint():
            return (found or schemes)._replace_content(
                content, company, parent, criteria
            )

    @api.model
    def _version_of(self, named, company):
        return self.search(
            [
                ("company_id", "=", company.id),
                ("code", "=", named["code"]),
                ("version", "=", named["version"]),
            ]
        )

    @api.model
    def _parent_of(self, data, company):
        """The scheme that a file extends; none where it extends none, or names it ill.

        :raise AwardRefusal: where the agency has no such scheme
        """
        named = isinstance(data, dict) and data.get("extends")
        if not named or not scheme_format.is_extends(named):
            return self.browse()
        parent = self._version_of(named, company)
        if not parent:
            self._refuse_file([Problem("unknown_parent_scheme", "extends", named)])
        return parent

    @api.model
    def _criteria_of(self, content, company):
        codes = [row.get("criteria") for row in content.get("classes", [])]
        return self.env["award.criteria"].search(
            [("company_id", "=", company.id), ("code", "in", codes)]
        )

    @api.model
    def _shipped(self):
        """Names of the schemes that the addon ships."""
        return shipped_names("schemes")

    @api.model
    def _import_shipped(self, name, company=None):
        """Import a shipped scheme with the schemes and criteria that it rests on.

        What the agency already has under the same code is left as it is.

        :param name: name of a file in `data/schemes`, without ending
        :raise ValueError: when the addon ships no such scheme
        """
        company = company or self.env.company
        data = read_shipped("schemes", name)
        schemes = self.with_company(company)
        if (named := data.get("extends")) and not schemes._version_of(named, company):
            schemes._import_shipped(f"{named['code']}_{named['version']}", company)
        criteria = schemes.env["award.criteria"]
        codes = {row.get("criteria") for row in data.get("classes", [])}
        present = set(schemes._criteria_of(data, company).mapped("code"))
        for code in sorted((codes - present) & set(criteria._shipped())):
            criteria._import_shipped(code, company)
        return schemes._import(data, company)

    def _replace_content(self, content, company, parent, criteria):
        head = {
            name: content.get(name, False)
            for name in HEAD.fields
            if name not in {"format", "extends"}
        }
        head["parent_id"] = parent.id
        licensed = {}
        scheme = self
        if scheme:
            licensed = {c.code: c.licensed_text for c in scheme.clause_ids}
            for field in reversed(FIELDS.values()):
                scheme[field].unlink()
            scheme.write(head)
        else:
            scheme = scheme.create({**head, "company_id": company.id})
        known = {"criteria": {record.code: record.id for record in criteria}}
        for name in FIELDS:
            records = scheme._create_rows(name, content[name], known)
            if name == "clauses":
                for clause in records.filtered(lambda c: licensed.get(c.code)):
                    clause.licensed_text = licensed[clause.code]
        scheme.invalidate_recordset()
        return scheme

    def _create_rows(self, name, rows, known):
        """Create the records of a section and note the ids of their codes."""
        section = SECTIONS[name]
        model = self.env[self._fields[FIELDS[name]].comodel_name]
        values = [
            {**values_of_row(section, row, known), "scheme_id": self.id} for row in rows
        ]
        if "sequence" in model._fields:
            for index, value in enumerate(values):
                value["sequence"] = 10 * (index + 1)
        records = model.create(values)
        key = {"clauses": "clause", "classes": "class", "stages": "stage"}.get(name)
        if key:
            known[key] = {record.code: record.id for record in records}
        return records
