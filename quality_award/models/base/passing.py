from odoo import api, models


class Base(models.AbstractModel):
    """Doors of any model through which confidential records are read on the way.

    An export along a path (`line_ids/percent`) and a group by a path
    (`application_id.applicant_id.name`) read the model at the end of the path
    without calling a method of it, so that the entry is left here.
    """

    _inherit = "base"

    @api.model
    def _is_confidential(self):
        return issubclass(type(self), self.env.registry["award.confidential"])

    def export_data(self, fields_to_export):
        result = super().export_data(fields_to_export)
        for records in self._confidential_on(fields_to_export).values():
            records._leave_entry("export_data")
        return result

    def _confidential_on(self, paths):
        """The confidential records that an export along `paths` reads.

        :return: dict of model name -> records, `self` included
        """
        found = {self._name: self} if self._is_confidential() else {}
        for path in paths:
            records = self
            for name in path.split("/"):
                field = records._fields.get(name)
                if field is None or not field.relational:
                    break
                records = records[name]
                if records._is_confidential():
                    seen = found.get(records._name, records.browse())
                    found[records._name] = seen | records
        return found

    @api.model
    def formatted_read_group(
        self, domain, groupby=(), aggregates=(), *args, **kwargs
    ):
        result = super().formatted_read_group(
            domain, groupby, aggregates, *args, **kwargs
        )
        self._leave_grouping("formatted_read_group", groupby)
        return result

    @api.model
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), *args, **kwargs
    ):
        result = super().formatted_read_grouping_sets(
            domain, grouping_sets, aggregates, *args, **kwargs
        )
        self._leave_grouping(
            "formatted_read_grouping_sets",
            [spec for groupby in grouping_sets for spec in groupby],
        )
        return result

    @api.model
    @api.deprecated("Deprecated since 19.0, use formatted_read_group")
    def read_group(self, domain, fields, groupby, *args, **kwargs):
        result = super().read_group(domain, fields, groupby, *args, **kwargs)
        self._leave_grouping(
            "read_group", [groupby] if isinstance(groupby, str) else groupby
        )
        return result

    @api.model
    def read_progress_bar(self, domain, group_by, progress_bar):
        result = super().read_progress_bar(domain, group_by, progress_bar)
        self._leave_grouping("read_progress_bar", [group_by, progress_bar["field"]])
        return result

    @api.model
    def _leave_grouping(self, door_name, groupby):
        """Leave an entry on each confidential model that the paths go through."""
        scopes = {}
        for spec in groupby:
            model = self
            for name in spec.partition(":")[0].split(".")[:-1]:
                field = model._fields.get(name)
                if field is None or not field.comodel_name:
                    break
                model = self.env[field.comodel_name]
                if model._is_confidential():
                    scopes.setdefault(model._name, []).append(f"{self._name}: {spec}")
        for name, scope in scopes.items():
            self.env[name]._leave_entry(door_name, scope=scope)
