import json
import time
from datetime import datetime, timezone

from odoo import api, fields, models
from odoo.tools import SQL, OrderedSet

from . import door

TABLE = """
CREATE OR REPLACE FUNCTION award_entry_ids(entry text) RETURNS integer[] AS $$
    SELECT ARRAY(SELECT value::integer
                   FROM jsonb_array_elements_text(entry::jsonb -> 'ids'))
$$ LANGUAGE sql IMMUTABLE;

CREATE TABLE IF NOT EXISTS award_access_log (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamp NOT NULL,
    entry text NOT NULL,
    user_id integer GENERATED ALWAYS AS ((entry::jsonb ->> 'uid')::integer) STORED,
    company_id integer
        GENERATED ALWAYS AS ((entry::jsonb ->> 'company')::integer) STORED,
    door varchar GENERATED ALWAYS AS (entry::jsonb ->> 'door') STORED,
    model varchar GENERATED ALWAYS AS (entry::jsonb ->> 'model') STORED,
    roles varchar GENERATED ALWAYS AS (entry::jsonb ->> 'roles') STORED,
    record_ids integer[] GENERATED ALWAYS AS (award_entry_ids(entry)) STORED
) PARTITION BY RANGE (at);

ALTER TABLE award_access_log ADD COLUMN IF NOT EXISTS outcome varchar
    GENERATED ALWAYS AS (COALESCE(entry::jsonb ->> 'outcome', 'seen')) STORED;

CREATE TABLE IF NOT EXISTS award_access_log_rest
    PARTITION OF award_access_log DEFAULT;
CREATE INDEX IF NOT EXISTS award_access_log_at ON award_access_log (at DESC, id DESC);
CREATE INDEX IF NOT EXISTS award_access_log_id ON award_access_log (id);
CREATE INDEX IF NOT EXISTS award_access_log_records
    ON award_access_log USING gin (record_ids);
"""


def _machine_time():
    """Now (UTC) by the machine's clock, which no simulated time moves."""
    seconds = time.clock_gettime(time.CLOCK_REALTIME)
    return datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)


class AwardAccessEntry(models.Model):
    """What was seen, by whom, through which door (access log, 查阅记录).

    The rows live in the raw table `award_access_log`, partitioned by year, which
    refuses every change; this model only shows them. A row is written by one INSERT
    in the transaction of the read, so that data and entry are committed together.
    It holds ids and no personal data, and has no foreign key.
    """

    _name = "award.access.entry"
    _description = "Access Log Entry"
    _auto = False
    _order = "id desc"
    _log_access = False
    _allow_sudo_commands = False
    _rec_name = "door"

    at = fields.Datetime(readonly=True)
    user_id = fields.Integer(string="User No.", readonly=True)
    user_name = fields.Char("User", compute="_compute_user_name")
    company_id = fields.Many2one("res.company", readonly=True)
    door = fields.Char(readonly=True)
    model = fields.Char(readonly=True)
    model_label = fields.Char("Kind of Record", compute="_compute_model_label")
    roles = fields.Char(readonly=True)
    outcome = fields.Selection(
        [("seen", "Seen"), ("refused", "Access Refused")], readonly=True
    )
    record_ids_text = fields.Char(string="Records", readonly=True)
    entry = fields.Text(readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT id, at, user_id, company_id, door, model, roles, outcome, entry,
                      array_to_string(record_ids, ',') AS record_ids_text
                 FROM award_access_log"""
        )

    def init(self):
        cr = self.env.cr
        cr.execute(TABLE)
        door.append_only(cr, "award_access_log")
        year = _machine_time().year
        for start in range(year, year + 3):
            self._create_partition(start)
        cr.execute(
            """SELECT inhrelid::regclass::text FROM pg_inherits
                WHERE inhparent = 'award_access_log'::regclass"""
        )
        for (partition,) in cr.fetchall():
            door.no_truncate(cr, partition)

    @api.model
    def _create_partition(self, year):
        """Create the partition of a calendar year (UTC) unless it is there.

        Entries of a year whose partition came too late lie in the rest, and stay
        there: a partition over them would be refused, and with it the upgrade.
        """
        name = f"award_access_log_{year}"
        first, next_first = f"{year}-01-01", f"{year + 1}-01-01"
        cr = self.env.cr
        cr.execute(
            SQL(
                """SELECT to_regclass(%s) IS NOT NULL OR EXISTS (
                       SELECT FROM award_access_log_rest WHERE at >= %s AND at < %s)""",
                name,
                first,
                next_first,
            )
        )
        if cr.fetchone()[0]:
            return
        cr.execute(
            SQL(
                "CREATE TABLE %s PARTITION OF award_access_log "
                "FOR VALUES FROM (%s) TO (%s)",
                SQL.identifier(name),
                first,
                next_first,
            )
        )
        door.no_truncate(cr, name)

    @api.autovacuum
    def _gc_partitions(self):
        """Have next year's partition ready before the year begins."""
        self._create_partition(_machine_time().year + 1)

    def _compute_user_name(self):
        names = self._names_of_users(self.mapped("user_id"))
        for entry in self:
            entry.user_name = names[entry.user_id]

    @api.model
    def _names_of_users(self, ids):
        """Who it was, as a dict id -> name, even where users are hidden."""
        Users = self.env["res.users"].with_context(active_test=False)
        users = Users.browse(OrderedSet(ids)).sudo()  # sudo: names of actors, no more
        names = {user.id: user.name for user in users.exists()}
        return {id_: names.get(id_, f"#{id_}") for id_ in ids}

    @api.depends_context("lang")
    def _compute_model_label(self):
        IrModel = self.env["ir.model"]
        for entry in self:
            entry.model_label = IrModel._get(entry.model).display_name or entry.model

    def action_open_records(self):
        """Show the records of the entry; looking at them leaves an entry too."""
        self.ensure_one()
        ids = [int(id_) for id_ in (self.record_ids_text or "").split(",") if id_]
        return {
            "type": "ir.actions.act_window",
            "name": self.model_label,
            "res_model": self.model,
            "domain": [("id", "in", ids)],
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
        }

    @api.model
    def _leave(self, door_name, model, ids, scope=None, outcome=None):
        """Write the entry of one read, in the transaction of the read.

        The time is the machine's, never the simulated one. A read across agencies
        leaves an entry with each of them.

        :param door_name: the method or route through which the data went
        :param model: technical name of the model
        :param ids: ids of the records seen, none for an aggregate
        :param scope: fields or groups of the read, for aggregates; no values
        :param outcome: `refused`, or nothing where the records were seen
        """
        at = _machine_time()
        payload = {
            "at": at.isoformat(timespec="microseconds"),
            "door": door_name,
            "model": model,
            "roles": ",".join(sorted(self.env["award.lifecycle"]._group_roles())),
            "su": self.env.su,
            "uid": self.env.uid,
        }
        if scope:
            payload["scope"] = scope
        if outcome:
            payload["outcome"] = outcome
        rows = [
            SQL(
                "(%s, %s)",
                at,
                json.dumps(
                    {**payload, "company": company, "ids": sorted(seen)},
                    ensure_ascii=False,
                    sort_keys=True,
                    separators=(",", ":"),
                ),
            )
            for company, seen in self._by_company(model, ids, outcome).items()
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO award_access_log (at, entry) VALUES %s",
                SQL(", ").join(rows),
            )
        )

    @api.model
    def _by_company(self, model, ids, outcome=None):
        """The agencies whose records were seen, as a dict company id -> ids.

        Whoever has one agency sees records of that one only, unless the record rules
        are lifted; only otherwise the records themselves are asked. What was refused
        may belong to another agency, or not exist.
        """
        companies = self.env.companies.ids
        if not self.env.su and not outcome and len(companies) == 1:
            return {companies[0]: ids}
        if not ids:
            return dict.fromkeys(companies, ids)
        records = self.env[model].browse(ids).sudo()  # sudo: whose they are, no more
        there = records.exists() if outcome else records
        if "company_id" not in records._fields or not there:
            return {self.env.company.id: ids}
        return {
            company.id or None: seen.ids
            for company, seen in there.grouped("company_id").items()
        }
