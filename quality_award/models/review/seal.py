"""Scores that have been locked, agreed or frozen change no more, by any route."""

from odoo.tools import SQL

FUNCTION = """
CREATE OR REPLACE FUNCTION award_sealed_line() RETURNS trigger AS $$
DECLARE
    parents integer[];
    sealed boolean;
BEGIN
    -- Rows are added and deleted many at a time: asked once for each statement.
    IF TG_LEVEL = 'STATEMENT' THEN
        EXECUTE format('SELECT array_agg(DISTINCT %I) FROM changed', TG_ARGV[1])
           INTO parents;
    ELSE
        parents := ARRAY[(to_jsonb(OLD) ->> TG_ARGV[1])::integer,
                         (to_jsonb(NEW) ->> TG_ARGV[1])::integer];
    END IF;
    -- The share lock waits for a lock act under way, so that no line slips past it.
    EXECUTE format('SELECT bool_or(state = %L) FROM (SELECT state FROM %I '
                   'WHERE id = ANY($1) FOR SHARE) AS parent',
                   TG_ARGV[2], TG_ARGV[0])
       INTO sealed USING parents;
    IF sealed THEN
        RAISE EXCEPTION '% is sealed', TG_ARGV[0]
            USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                  CONSTRAINT = TG_TABLE_NAME || '_sealed';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE FUNCTION award_sealed_head() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is sealed', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
              CONSTRAINT = TG_TABLE_NAME || '_sealed';
END $$ LANGUAGE plpgsql;
"""


def seal_lines(cr, table, columns, parent, link, state):
    """Refuse changes of `columns` of `table` while its parent is in `state`.

    :param parent: table of the records that own the lines
    :param link: column of `table` that points to `parent`
    """
    cr.execute(FUNCTION)
    cr.execute(
        SQL(
            """
            DROP TRIGGER IF EXISTS award_sealed ON %(table)s;
            CREATE TRIGGER award_sealed
            BEFORE UPDATE OF %(columns)s ON %(table)s
            FOR EACH ROW EXECUTE FUNCTION award_sealed_line(
                %(parent)s, %(link)s, %(state)s);
            DROP TRIGGER IF EXISTS award_sealed_insert ON %(table)s;
            CREATE TRIGGER award_sealed_insert
            AFTER INSERT ON %(table)s REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION award_sealed_line(
                %(parent)s, %(link)s, %(state)s);
            DROP TRIGGER IF EXISTS award_sealed_delete ON %(table)s;
            CREATE TRIGGER award_sealed_delete
            AFTER DELETE ON %(table)s REFERENCING OLD TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION award_sealed_line(
                %(parent)s, %(link)s, %(state)s)
            """,
            table=SQL.identifier(table),
            columns=SQL(", ").join(map(SQL.identifier, [link, *columns])),
            parent=parent,
            link=link,
            state=state,
        )
    )


def seal_head(cr, table, columns, state):
    """Refuse changes of `columns` of `table` in rows that are and stay in `state`."""
    cr.execute(FUNCTION)
    cr.execute(
        SQL(
            """
            DROP TRIGGER IF EXISTS award_sealed_head ON %(table)s;
            CREATE TRIGGER award_sealed_head
            BEFORE UPDATE OF %(columns)s ON %(table)s FOR EACH ROW
            WHEN (OLD.state = %(state)s AND NEW.state = %(state)s)
            EXECUTE FUNCTION award_sealed_head()
            """,
            table=SQL.identifier(table),
            columns=SQL(", ").join(map(SQL.identifier, columns)),
            state=state,
        )
    )
