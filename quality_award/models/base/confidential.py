from odoo import api, models


def _open_for_writing(method):
    """Keep a door off the read-only cursor: its entry is an INSERT.

    Odoo looks the mark up under each RPC name along the MRO, so every door that the
    web client or JSON-2 may call is re-declared here.
    """
    method._readonly = False
    return method


class AwardConfidential(models.AbstractModel):
    """Every read of these records leaves an entry in the access log.

    The doors are named one by one because an override of `read` sees neither
    `search_read` nor exports, name searches, copies or aggregates.
    """

    _name = "award.confidential"
    _description = "Confidential Record"

    def _leave_entry(self, door_name, scope=None):
        ids = [id_ for id_ in self.ids if id_]
        if ids or scope:
            self.env["award.access.entry"]._leave(door_name, self._name, ids, scope)

    @_open_for_writing
    def read(self, fields=None, load="_classic_read"):
        result = super().read(fields, load)
        self.browse([row["id"] for row in result])._leave_entry("read")
        return result

    @api.model
    @_open_for_writing
    def search_read(
        self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs
    ):
        result = super().search_read(
            domain, fields, offset, limit, order, **read_kwargs
        )
        self.browse([row["id"] for row in result])._leave_entry("search_read")
        return result

    @_open_for_writing
    def web_read(self, specification):
        return super().web_read(specification)

    @api.model
    @_open_for_writing
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        return super().web_search_read(
            domain, specification, offset, limit, order, count_limit
        )

    @api.model
    @_open_for_writing
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        result = super().name_search(name, domain, operator, limit)
        self.browse([id_ for id_, _name in result])._leave_entry("name_search")
        return result

    @api.model
    @_open_for_writing
    def web_name_search(
        self, name, specification, domain=None, operator="ilike", limit=100
    ):
        return super().web_name_search(name, specification, domain, operator, limit)

    def copy_data(self, default=None):
        result = super().copy_data(default)
        self._leave_entry("copy_data")
        return result

    @api.model
    @_open_for_writing
    def formatted_read_group(
        self, domain, groupby=(), aggregates=(), *args, **kwargs
    ):
        result = super().formatted_read_group(
            domain, groupby, aggregates, *args, **kwargs
        )
        self.browse()._leave_entry(
            "formatted_read_group", scope=[*map(str, groupby), *map(str, aggregates)]
        )
        return result

    @api.model
    @_open_for_writing
    def formatted_read_grouping_sets(
        self, domain, grouping_sets, aggregates=(), *args, **kwargs
    ):
        result = super().formatted_read_grouping_sets(
            domain, grouping_sets, aggregates, *args, **kwargs
        )
        self.browse()._leave_entry(
            "formatted_read_grouping_sets", scope=[str(grouping_sets), str(aggregates)]
        )
        return result

    @api.model
    @_open_for_writing
    def web_read_group(self, domain, groupby, aggregates=(), *args, **kwargs):
        # Asks `formatted_read_group`, and `read` for the groups it unfolds: those
        # leave the entries.
        return super().web_read_group(domain, groupby, aggregates, *args, **kwargs)

    @api.model
    @_open_for_writing
    @api.deprecated("Deprecated since 19.0, use formatted_read_group")
    def read_group(
        self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True
    ):
        result = super().read_group(
            domain, fields, groupby, offset, limit, orderby, lazy
        )
        self.browse()._leave_entry("read_group", scope=[str(groupby), str(fields)])
        return result

    @api.model
    @_open_for_writing
    def read_progress_bar(self, domain, group_by, progress_bar):
        result = super().read_progress_bar(domain, group_by, progress_bar)
        self.browse()._leave_entry("read_progress_bar", scope=[str(group_by)])
        return result
