from odoo import api, models

from ...rules import criteria_check, scheme_format
from ...rules.refusal import Refusal
from ..base.refusal import AwardRefusal, refusal_text
from .exchange import read_shipped, row_of_record, shipped_names, values_of_row

ITEMS = scheme_format.CRITERIA_SECTIONS["items"]
BANDS = scheme_format.CRITERIA_SECTIONS["bands"]
RATINGS = scheme_format.CRITERIA_SECTIONS["ratings"]
HEAD = scheme_format.Section("award.criteria", scheme_format.CRITERIA_HEAD)


class AwardCriteria(models.Model):
    _name = "award.criteria"
    _inherit = ["award.criteria", "award.exchange"]

    def _export(self):
        """The criteria as a complete dict of the file format."""
        self.ensure_one()

        def head_value(name, field):
            if name == "format":
                return scheme_format.CRITERIA_FORMAT
            value = self[name]
            return value.isoformat() if value and field.kind == "date" else value

        def rating_value(rating):
            def value_of(name, _field):
                scored = name != "percent" or rating.is_scored
                return rating[name] if scored else None

            return value_of

        return {
            **scheme_format.row_of(HEAD, head_value),
            "items": [row_of_record(ITEMS, i) for i in self.criterion_ids.sorted()],
            "bands": [row_of_record(BANDS, band) for band in self.band_ids.sorted()],
            "ratings": [
                scheme_format.row_of(RATINGS, rating_value(rating))
                for rating in self.rating_ids.sorted()
            ],
        }

    @api.model
    def _import(self, data, company=None):
        """Create or replace criteria from a parsed file; nothing where it has an error.

        :param data: the parsed JSON
        :param company: agency, the current one when None
        :return: the criteria
        :raise AwardRefusal: ``scheme_…`` per problem, ``criteria_frozen``
        """
        company = company or self.env.company
        content, problems = scheme_format.read_criteria(data)
        self._refuse_file(problems or criteria_check.tree(content))
        domain = [("company_id", "=", company.id), ("code", "=", content["code"])]
        found = self.with_company(company).search(domain)
        if found and found._export() == content:
            return found
        if found.is_frozen:
            refusal = Refusal("criteria_frozen", values={"code": content["code"]})
            raise AwardRefusal(refusal_text(self.env, refusal), [refusal])
        with self.env.cr.savepoint():
            return found._replace_content(content, company)

    @api.model
    def _import_shipped(self, name, company=None):
        """Import the criteria file `name` that the addon ships."""
        return self._import(read_shipped("criteria", name), company)

    @api.model
    def _shipped(self):
        return shipped_names("criteria")

    def _replace_content(self, content, company):
        head = {
            name: content.get(name, False) for name in HEAD.fields if name != "format"
        }
        criteria = self.with_company(company)
        if criteria:
            criteria.criterion_ids.unlink()
            criteria.band_ids.unlink()
            criteria.rating_ids.unlink()
            criteria.write(head)
        else:
            criteria = criteria.create({**head, "company_id": company.id})
        criteria._create_items(content["items"])
        self.env["award.band"].create(
            [
                {**values_of_row(BANDS, row, {}), "criteria_id": criteria.id}
                for row in content["bands"]
            ]
        )
        self.env["award.rating"].create(
            [
                {
                    **values_of_row(RATINGS, row, {}),
                    "is_scored": "percent" in row,
                    "sequence": 10 * (index + 1),
                    "criteria_id": criteria.id,
                }
                for index, row in enumerate(content["ratings"])
            ]
        )
        return criteria

    def _create_items(self, rows):
        """Create the tree, the roots first."""
        created = {}
        pending = [
            {
                **{name: row.get(name, False) for name in ITEMS.fields},
                "criteria_id": self.id,
                "sequence": 10 * (index + 1),
            }
            for index, row in enumerate(rows)
        ]
        while pending:
            level = [v for v in pending if not v["parent"] or v["parent"] in created]
            pending = [value for value in pending if value not in level]
            items = self.env["award.criterion"].create(
                [
                    {
                        **{name: v[name] for name in v if name != "parent"},
                        "parent_id": created.get(v["parent"], False),
                    }
                    for v in level
                ]
            )
            created.update({item.number: item.id for item in items})
