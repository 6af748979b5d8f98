"""What a scheme says is changed in its draft only: kept by the database."""

from odoo import api, models
from odoo.tools import SQL

#: States in which people change a scheme; a change takes a checked one back.
EDITABLE = {"draft", "checked"}

FUNCTIONS = """
CREATE OR REPLACE FUNCTION award_content(changed jsonb, columns text)
RETURNS jsonb AS $$
    SELECT jsonb_object_agg(name, COALESCE(changed -> name, 'null'))
      FROM unnest(string_to_array(columns, ',')) AS name
$$ LANGUAGE sql IMMUTABLE;

-- Change the owner of a changed record once a transaction, so that whoever publishes
-- it at this moment meets the change. The time of the transaction tells that it has
-- been done; xmin would not, for after a savepoint it is another one.
CREATE OR REPLACE FUNCTION award_touch(owner_table text, owner integer)
RETURNS void AS $$
BEGIN
    IF owner_table = 'award_scheme' THEN
        UPDATE award_scheme SET write_date = now() AT TIME ZONE 'UTC'
         WHERE id = owner AND write_date IS DISTINCT FROM now() AT TIME ZONE 'UTC';
    ELSE
        UPDATE award_criteria SET write_date = now() AT TIME ZONE 'UTC'
         WHERE id = owner AND write_date IS DISTINCT FROM now() AT TIME ZONE 'UTC';
    END IF;
END $$ LANGUAGE plpgsql;

-- Arguments: column of the owner, its kind ('scheme' or 'criteria'), content columns
CREATE OR REPLACE FUNCTION award_frozen() RETURNS trigger AS $$
DECLARE
    owner_column text := TG_ARGV[0];
    before jsonb;
    after jsonb;
    owner integer;
    frozen boolean;
BEGIN
    IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW); END IF;
    IF TG_TABLE_NAME = 'award_scheme' AND before ->> 'content_hash' IS NULL THEN
        after := after - 'content_hash';  -- written once, when publishing
    END IF;
    IF TG_OP = 'UPDATE' AND award_content(before, TG_ARGV[2])
       IS NOT DISTINCT FROM award_content(after, TG_ARGV[2])
    THEN
        RETURN NEW;
    END IF;
    FOREACH owner IN ARRAY ARRAY[(before ->> owner_column)::integer,
                                 (after ->> owner_column)::integer]
    LOOP
        CONTINUE WHEN owner IS NULL;
        IF TG_ARGV[1] = 'scheme' THEN
            SELECT state <> 'draft' INTO frozen FROM award_scheme WHERE id = owner;
            IF TG_TABLE_NAME <> 'award_scheme' AND NOT frozen THEN
                PERFORM award_touch('award_scheme', owner);
            END IF;
        ELSE
            SELECT COALESCE(k.is_pinned, false) OR EXISTS (
                SELECT FROM award_class c JOIN award_scheme s ON s.id = c.scheme_id
                 WHERE c.criteria_id = owner AND s.state <> 'draft') OR EXISTS (
                SELECT FROM award_class_choice c
                  JOIN award_scheme s ON s.id = c.scheme_id
                 WHERE c.criteria_id = owner AND s.state <> 'draft')
              INTO frozen FROM award_criteria k WHERE k.id = owner;
            IF TG_TABLE_NAME <> 'award_criteria' AND NOT frozen THEN
                PERFORM award_touch('award_criteria', owner);
            END IF;
        END IF;
        IF frozen THEN
            RAISE EXCEPTION '% is frozen: % refused', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                      CONSTRAINT = TG_TABLE_NAME || '_frozen';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;

-- A table of links: arguments are its column with the id of a record, the table of
-- that record, and the column there with the scheme
CREATE OR REPLACE FUNCTION award_frozen_link() RETURNS trigger AS $$
DECLARE
    record_id integer;
    owner integer;
    frozen boolean;
BEGIN
    FOREACH record_id IN ARRAY ARRAY[
        CASE WHEN TG_OP <> 'INSERT' THEN (to_jsonb(OLD) ->> TG_ARGV[0])::integer END,
        CASE WHEN TG_OP <> 'DELETE' THEN (to_jsonb(NEW) ->> TG_ARGV[0])::integer END]
    LOOP
        CONTINUE WHEN record_id IS NULL;
        EXECUTE format('SELECT s.id, s.state <> ''draft'' FROM %I r'
                       ' JOIN award_scheme s ON s.id = r.%I WHERE r.id = $1',
                       TG_ARGV[1], TG_ARGV[2])
           INTO owner, frozen USING record_id;
        IF frozen THEN
            RAISE EXCEPTION '% is frozen: % refused', TG_ARGV[1], TG_OP
                USING ERRCODE = 'check_violation', TABLE = TG_ARGV[1],
                      CONSTRAINT = TG_ARGV[1] || '_frozen';
        END IF;
        PERFORM award_touch('award_scheme', owner);
    END LOOP;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
"""


class AwardFrozen(models.AbstractModel):
    """Refuses every change of content once the scheme behind it is no draft.

    A scheme that was only checked goes back to its draft by the change itself, with a
    row in the register; raw SQL, which cannot do that, is refused there, too.

    The trigger compares the columns named in `_frozen_columns` only, so that what is
    not law (time stamps, the agency's own copy of a text, columns of later versions)
    can still be written, and an update of the module with unchanged content passes.
    """

    _name = "award.frozen"
    _description = "Frozen with Its Scheme"
    #: column with the id of the scheme or the criteria that the record belongs to
    _frozen_owner = "scheme_id"
    _frozen_by = "scheme"
    _frozen_columns = ()
    #: many2many fields that are content, too
    _frozen_links = ()
    #: columns of the content that only acts write
    _frozen_stamps = ("content_hash", "is_pinned")

    _frozen = models.Constraint(
        "CHECK (id IS NOT NULL)",
        "This belongs to an adopted or published scheme and cannot be changed any "
        "more. Take an adopted scheme back to its draft first; of a published one, "
        "make a new version.",
    )

    def init(self):
        super().init()
        if not self._abstract:
            install_freeze(self)

    # -- a change takes a checked scheme back ------------------------------------
    @api.model_create_multi
    def create(self, vals_list):
        ids = {vals.get(self._frozen_owner) for vals in vals_list} - {None, False}
        if ids:
            self.check_access("create")
            owner = self._fields[self._frozen_owner].comodel_name
            self.env[owner].browse(ids)._take_back(self._description)
        return super().create(vals_list)

    def write(self, vals):
        content = {self._frozen_owner, *self._frozen_columns, *self._frozen_links}
        if changed := (content - {*self._frozen_stamps}) & vals.keys():
            self.check_access("write")
            self._owners()._take_back(self._description)
            if self._frozen_owner in changed:  # moved to another one
                owner = self._fields[self._frozen_owner].comodel_name
                self.env[owner].browse(vals[self._frozen_owner])._take_back(
                    self._description
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_takes_back(self):
        self._owners()._take_back(self._description)

    def _owners(self):
        """The schemes, or the criteria, that the records are content of."""
        return self if self._frozen_owner == "id" else self[self._frozen_owner]


def install_freeze(model):
    """Put the trigger on the table of a model, with its columns as they are now."""
    cr = model.env.cr
    cr.execute(FUNCTIONS)
    columns = sorted({model._frozen_owner, *model._frozen_columns} - {"id"})
    cr.execute(
        SQL(
            """
            DROP TRIGGER IF EXISTS award_frozen ON %(table)s;
            CREATE TRIGGER award_frozen BEFORE INSERT OR UPDATE OR DELETE
            ON %(table)s FOR EACH ROW
            EXECUTE FUNCTION award_frozen(%(owner)s, %(by)s, %(columns)s)
            """,
            table=SQL.identifier(model._table),
            owner=model._frozen_owner,
            by=model._frozen_by,
            columns=",".join(columns),
        )
    )
    for name in model._frozen_links:
        _freeze_links(model, model._fields[name])


def _freeze_links(model, field):
    """Put the trigger on the table of a many2many field."""
    model.env.cr.execute(
        SQL(
            """
            DROP TRIGGER IF EXISTS award_frozen_link ON %(links)s;
            CREATE TRIGGER award_frozen_link BEFORE INSERT OR UPDATE OR DELETE
            ON %(links)s FOR EACH ROW
            EXECUTE FUNCTION award_frozen_link(%(column)s, %(table)s, %(owner)s)
            """,
            links=SQL.identifier(field.relation),
            column=field.column1,
            table=model._table,
            owner=model._frozen_owner,
        )
    )


def remove_freeze(cr):
    """Take the functions out again (uninstallation)."""
    cr.execute(
        """
        DROP FUNCTION IF EXISTS award_frozen() CASCADE;
        DROP FUNCTION IF EXISTS award_frozen_link() CASCADE;
        DROP FUNCTION IF EXISTS award_content(jsonb, text);
        DROP FUNCTION IF EXISTS award_touch(text, integer);
        """
    )
