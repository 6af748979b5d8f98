"""The door kept by the database.

A state (and a stage) may change only when the register already holds the row that
says so: `award_transition` is written first, the record after it. The trigger on
the record compares the change with the newest register row; the trigger on the
register compares that row with the table of lifecycles, kept in
`award_lifecycle_edge`. Neither asks who is connected, so that import, defaults,
copies, server actions and raw SQL all meet the same refusal.
"""

from odoo.tools import SQL

from ...rules.lifecycle import LIFECYCLES

FUNCTIONS = """
CREATE OR REPLACE FUNCTION award_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
              CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION award_register_row() RETURNS trigger AS $$
DECLARE
    last record;
BEGIN
    SELECT seq, state_to, stage_to INTO last FROM award_transition
     WHERE model = NEW.model AND res_id = NEW.res_id
     ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT 0 AS seq, state_to, NULL::integer AS stage_to INTO last
          FROM award_lifecycle_edge
         WHERE model = NEW.model AND state_from IS NULL;
    END IF;
    IF NEW.state_from IS DISTINCT FROM last.state_to
       OR NEW.stage_from IS DISTINCT FROM last.stage_to
       OR NOT EXISTS (
            SELECT FROM award_lifecycle_edge e
             WHERE e.model = NEW.model AND e.state_from = NEW.state_from
               AND e.state_to = NEW.state_to)
    THEN
        RAISE EXCEPTION 'no such move: % % -> %',
            NEW.model, NEW.state_from, NEW.state_to
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = 'award_transition_door';
    END IF;
    NEW.seq := last.seq + 1;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION award_door() RETURNS trigger AS $$
DECLARE
    now_stage integer := (to_jsonb(NEW) ->> 'stage_id')::integer;
    old_stage integer;
    last record;
BEGIN
    IF NOT TG_ARGV[2]::boolean THEN
        now_stage := NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state IS NOT DISTINCT FROM TG_ARGV[1] AND now_stage IS NULL THEN
            RETURN NEW;
        END IF;
    ELSIF NEW.id = OLD.id THEN
        IF TG_ARGV[2]::boolean THEN
            old_stage := (to_jsonb(OLD) ->> 'stage_id')::integer;
        END IF;
        IF NEW.state IS NOT DISTINCT FROM OLD.state
           AND now_stage IS NOT DISTINCT FROM old_stage THEN
            RETURN NEW;
        END IF;
        SELECT state_from, state_to, stage_from, stage_to INTO last
          FROM award_transition
         WHERE model = TG_ARGV[0] AND res_id = NEW.id
         ORDER BY seq DESC LIMIT 1;
        IF FOUND AND last.state_from IS NOT DISTINCT FROM OLD.state
           AND last.state_to IS NOT DISTINCT FROM NEW.state
           AND last.stage_from IS NOT DISTINCT FROM old_stage
           AND last.stage_to IS NOT DISTINCT FROM now_stage THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'no register row for % % -> %', TG_ARGV[0],
        CASE WHEN TG_OP = 'UPDATE' THEN OLD.state END, NEW.state
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
              CONSTRAINT = TG_TABLE_NAME || '_door';
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION award_keep() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT FROM award_transition
                WHERE model = TG_ARGV[0] AND res_id = OLD.id) THEN
        RAISE EXCEPTION '% % is in the register', TG_ARGV[0], OLD.id
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = TG_TABLE_NAME || '_kept';
    END IF;
    RETURN OLD;
END $$ LANGUAGE plpgsql;
"""

#: Made anew at each installation and upgrade; in between nobody may touch it, or
#: a move could be added first and its register row forged after.
EDGES = """
DROP TABLE IF EXISTS award_lifecycle_edge;
CREATE TABLE award_lifecycle_edge (
    model varchar NOT NULL,
    state_from varchar,
    state_to varchar NOT NULL
)
"""


def install_functions(cr):
    """Create the functions, and write the table of lifecycles into the database."""
    cr.execute(FUNCTIONS)
    cr.execute(EDGES)
    rows = []
    for model, lifecycle in sorted(LIFECYCLES.items()):
        rows.append((model, None, lifecycle.initial))
        rows += [(model, *edge) for edge in sorted(lifecycle.edges())]
    cr.execute_values(
        "INSERT INTO award_lifecycle_edge (model, state_from, state_to) VALUES %s",
        rows,
    )
    append_only(cr, "award_lifecycle_edge", SQL("INSERT OR UPDATE OR DELETE"))


_CHANGES = SQL("UPDATE OR DELETE")


def append_only(cr, table, operations=_CHANGES):
    """Let `table` grow and nothing else; without INSERT not even that."""
    cr.execute(
        SQL(
            """
            DROP TRIGGER IF EXISTS award_append_only ON %(table)s;
            CREATE TRIGGER award_append_only BEFORE %(operations)s ON %(table)s
            FOR EACH ROW EXECUTE FUNCTION award_refuse_change();
            """,
            operations=operations,
            table=SQL.identifier(table),
        )
    )
    no_truncate(cr, table)


def no_truncate(cr, table):
    """Refuse TRUNCATE, which partitions do not inherit from their parent."""
    cr.execute(
        SQL(
            """
            DROP TRIGGER IF EXISTS award_no_truncate ON %(table)s;
            CREATE TRIGGER award_no_truncate BEFORE TRUNCATE ON %(table)s
            FOR EACH STATEMENT EXECUTE FUNCTION award_refuse_change();
            """,
            table=SQL.identifier(table),
        )
    )


def install_door(cr, table, model, has_stage):
    """Put the door on the table of `model`; `has_stage` guards `stage_id` too.

    A record in the register cannot be deleted either: another one put in its place
    would inherit its history.
    """
    columns = SQL("id, state, stage_id") if has_stage else SQL("id, state")
    cr.execute(
        SQL(
            """
            DROP TRIGGER IF EXISTS award_door ON %(table)s;
            CREATE TRIGGER award_door BEFORE INSERT OR UPDATE OF %(columns)s
            ON %(table)s FOR EACH ROW
            EXECUTE FUNCTION award_door(%(model)s, %(initial)s, %(has_stage)s);
            DROP TRIGGER IF EXISTS award_keep ON %(table)s;
            CREATE TRIGGER award_keep BEFORE DELETE ON %(table)s
            FOR EACH ROW EXECUTE FUNCTION award_keep(%(model)s)
            """,
            table=SQL.identifier(table),
            columns=columns,
            model=model,
            initial=LIFECYCLES[model].initial,
            has_stage=str(has_stage).lower(),
        )
    )


def remove_everything(cr):
    """Take triggers, functions and raw tables out again (uninstallation).

    Every room names its database functions `award_…`; triggers go with them.
    """
    cr.execute("DROP TABLE IF EXISTS award_access_log CASCADE")
    cr.execute("DROP TABLE IF EXISTS award_lifecycle_edge")
    cr.execute(
        r"""SELECT oid::regprocedure::text FROM pg_proc
             WHERE pronamespace = current_schema::regnamespace
               AND proname LIKE 'award\_%'"""
    )
    for (signature,) in cr.fetchall():
        cr.execute(SQL("DROP FUNCTION %s CASCADE", SQL(signature)))
