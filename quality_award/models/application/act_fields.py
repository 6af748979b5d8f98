from odoo import models

#: Kept by the database's own door.
DOOR_FIELDS = {"state", "stage_id"}


class AwardActFields(models.AbstractModel):
    """Read-only fields are written by acts, whatever the access rights say.

    `readonly=True` alone only speaks to forms. Numbers, dates and proofs of these
    models come from acts (which write with lifted rights), never from an RPC call.
    """

    _name = "award.act.fields"
    _description = "Fields Written by Acts"

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and field.readonly
            and field.name not in DOOR_FIELDS
            and not self.env.su
        ):
            return False
        return super()._has_field_access(field, operation)
