"""A search or a count that comes from outside leaves an entry too.

Internal code searches all the time and gives nothing away; only the method that an
RPC client called is logged: the ids it was given and the names of the fields it
searched by, never the values. A search whose rows are read leaves the entry of that
read and no second one.
"""

from odoo import api, models
from odoo.fields import Domain

from .asked import rpc_call
from .confidential import _open_for_writing


def _searched_fields(domain):
    """Names (or paths) of the fields in `domain`; `id` for one without conditions."""
    conditions = Domain(domain or []).iter_conditions()
    return sorted({condition.field_expr for condition in conditions}) or ["id"]


class AwardConfidential(models.AbstractModel):
    _inherit = "award.confidential"

    @api.model
    def _leave_search(self, door_name, domain, found=None, more=()):
        if rpc_call() == (self._name, door_name):
            found = self.browse() if found is None else found
            scope = sorted({*_searched_fields(domain), *more})
            found._leave_entry(door_name, scope=scope)

    @api.model
    @_open_for_writing
    def search(self, domain, offset=0, limit=None, order=None):
        result = super().search(domain, offset, limit, order)
        self._leave_search("search", domain, result)
        return result

    @api.model
    @_open_for_writing
    def search_count(self, domain, limit=None):
        result = super().search_count(domain, limit)
        self._leave_search("search_count", domain)
        return result

    @api.model
    @_open_for_writing
    def search_read(self, domain=None, *args, **kwargs):
        result = super().search_read(domain, *args, **kwargs)
        if not result:
            self._leave_search("search_read", domain)
        return result

    @api.model
    @_open_for_writing
    def web_search_read(self, domain, specification, *args, **kwargs):
        result = super().web_search_read(domain, specification, *args, **kwargs)
        if not (result["records"] and specification):
            found = self.browse([row["id"] for row in result["records"]])
            self._leave_search("web_search_read", domain, found)
        return result

    @api.model
    @_open_for_writing
    def name_search(self, name="", domain=None, *args, **kwargs):
        result = super().name_search(name, domain, *args, **kwargs)
        if not result:
            self._leave_search("name_search", domain, more=["display_name"])
        return result
