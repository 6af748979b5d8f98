"""Scores that have been locked, agreed or frozen change no more, by any route."""

from odoo.tools import SQL

FUNCTION = """
CREATE OR REPLACE FUNCTION award_sealed_line() RETURNS trigger AS $$
DECLARE
    parents integer[];
    sealed boolean;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        parents := parents || (to_jsonb(OLD) ->> TG_ARGV[1])::integer;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        parents := parents || (to_jsonb(NEW) ->> TG_ARGV[1])::integer;
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
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
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
            BEFORE INSERT OR DELETE OR UPDATE OF %(columns)s ON %(table)s
            FOR EACH ROW EXECUTE FUNCTION award_sealed_line(
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
