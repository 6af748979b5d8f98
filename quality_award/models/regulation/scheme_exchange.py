from odoo import api, models

from ...rules import safe_text, scheme_format, scheme_references, values
from ...rules.refusal import Refusal
from ...rules.scheme_format import SECTIONS, Problem
from ..base.refusal import AwardRefusal, refusal_text
from .exchange import read_shipped, row_of_record, shipped_names, values_of_row
from .provision import FIELDS

HEAD = scheme_format.Section("award.scheme", scheme_format.HEAD)
#: Heads that are not fields of the scheme.
NOT_STORED = {"format", "extends", "complete"}


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
            if name == "complete":
                return None
            value = self[name]
            return value.isoformat() if value and field.kind == "date" else value

        data = scheme_format.row_of(HEAD, head_value)
        for name, field in FIELDS.items():
            section = SECTIONS[name]
            rows = [self._export_row(section, r) for r in self[field].sorted()]
            data[name] = scheme_format.arranged(section, rows)
        return data

    @staticmethod
    def _export_row(section, record):
        row = row_of_record(section, record)
        if "criteria_latest" in section.fields and record.criteria_latest:
            row["criteria"] = record.criteria_family or ""
        return row

    @api.model
    def _import(self, data, company=None):
        """Create or replace a scheme from a parsed file; nothing where it has an error.

        A draft is replaced, keeping the agency's own copies of clauses, a checked
        version going back to its draft; what is adopted or published with the same
        content is left alone.

        :param data: the parsed JSON
        :param company: agency, the current one when None
        :return: the scheme
        :raise AwardRefusal: ``scheme_…`` per problem; ``scheme_frozen`` for an
            adopted or published version with other content
        """
        company = company or self.env.company
        schemes = self.browse().with_company(company)
        parent = schemes._parent_of(data, company)
        content, problems = scheme_format.read_scheme(
            data, parent._export() if parent else None
        )
        self._refuse_file(problems)
        criteria, families = schemes._criteria_of(content, company)
        known = {*criteria.mapped("code"), *map(scheme_references.family_key, families)}
        self._refuse_file(scheme_references.references(content, known))
        self._refuse_file(schemes._cycle(content, parent))
        found = schemes._version_of(content, company)
        if found and found._export() == content:
            return found
        if found and not found.is_editable:
            facts = {"code": found.code, "version": found.version}
            refusal = Refusal("scheme_frozen", values=facts)
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
        if not named or not values.fits("extends", named):
            return self.browse()
        if any(safe_text.faults(named)):
            return self.browse()  # told by the reader, never asked of the database
        parent = self._version_of(named, company)
        if not parent:
            self._refuse_file([Problem("unknown_parent_scheme", "extends", named)])
        return parent

    @api.model
    def _cycle(self, content, parent):
        """A scheme that rests on itself by way of the one it extends."""
        found = parent
        while found:
            if (found.code, found.version) == (content["code"], content["version"]):
                facts = {"code": parent.code, "version": parent.version}
                return [Problem("extends_cycle", "extends", facts)]
            found = found.parent_id
        return []

    @api.model
    def _criteria_of(self, content, company):
        """The criteria that a scheme names, and the families that the agency has."""
        codes, families = scheme_references.criteria_named(content)
        found = self.env["award.criteria"].search(
            [
                ("company_id", "=", company.id),
                "|",
                ("code", "in", list(codes)),
                ("family", "in", list(families)),
            ]
        )
        return (
            found.filtered(lambda c: c.code in codes),
            families & set(found.mapped("family")),
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
        schemes._import_shipped_criteria(data, company)
        return schemes._import(data, company)

    @api.model
    def _import_shipped_criteria(self, data, company):
        """Load what the scheme names and the addon ships, where it is missing."""
        codes, families = scheme_references.criteria_named(data)
        criteria = self.env["award.criteria"]
        held = criteria.search([("company_id", "=", company.id)]).mapped("code")
        for name in set(criteria._shipped()) - set(held):
            shipped = read_shipped("criteria", name)
            if shipped["code"] in codes or shipped.get("family") in families:
                criteria._import(shipped, company)

    def _replace_content(self, content, company, parent, criteria):
        head = {
            name: content.get(name, False)
            for name in HEAD.fields
            if name not in NOT_STORED
        }
        head["parent_id"] = parent.id
        licensed = {}
        scheme = self
        if scheme:
            licensed = {
                c.code: (c.licensed_text, c.licensed_public) for c in scheme.clause_ids
            }
            for field in reversed(FIELDS.values()):
                scheme[field].unlink()
            scheme.write(head)
        else:
            scheme = scheme.create({**head, "company_id": company.id})
        known = {"criteria": {record.code: record.id for record in criteria}}
        for name in FIELDS:
            records = scheme._create_rows(name, content[name], known)
            if name == "clauses":
                for clause in records.filtered(lambda c: c.code in licensed):
                    text, public = licensed[clause.code]
                    if text:
                        clause.licensed_text, clause.licensed_public = text, public
        scheme.invalidate_recordset()
        return scheme

    def _create_rows(self, name, rows, known):
        """Create the records of a section and note the ids of their codes."""
        section = SECTIONS[name]
        model = self.env[section.model]
        # the agency is known: nothing is left to compute for a thousand records
        owner = {"scheme_id": self.id, "company_id": self.company_id.id}
        vals_list = [{**values_of_row(section, row, known), **owner} for row in rows]
        for index, (vals, row) in enumerate(zip(vals_list, rows, strict=True)):
            if "sequence" in model._fields:
                vals["sequence"] = 10 * (index + 1)
            if row.get("criteria_latest"):
                vals |= {"criteria_family": row["criteria"], "criteria_id": False}
        records = model.create(vals_list)
        if section.key == ("code",):
            known[name] = {record.code: record.id for record in records}
        return records
