"""Today's names of bodies, and the class of a requirement, have records of their own.

They move as they are, published schemes included: what a scheme says stays the same,
so that the freeze is lifted for the move, by name and for these tables only. The
fingerprint that was kept when a scheme was published stays what it was.
"""


def migrate(cr, version):
    cr.execute(
        """SELECT table_name, column_name FROM information_schema.columns
            WHERE (table_name, column_name) IN
                  (('award_body', 'successor_zh'), ('award_requirement', 'class_id'))
              AND table_schema = current_schema"""
    )
    found = dict(cr.fetchall())
    if "award_body" in found:
        move_names(cr)
    if "award_requirement" in found:
        move_classes(cr)


def move_names(cr):
    """A later name was used from the first day of its scheme."""
    cr.execute(
        """
        ALTER TABLE award_body_successor DISABLE TRIGGER award_frozen;
        INSERT INTO award_body_successor
               (scheme_id, body_id, since, name_zh, name_en, clause_id, company_id,
                create_uid, write_uid, create_date, write_date)
        SELECT b.scheme_id, b.id,
               COALESCE(s.valid_from, s.document_date, b.create_date::date),
               b.successor_zh, b.successor_en, b.clause_id, b.company_id,
               b.create_uid, b.write_uid, b.create_date, b.write_date
          FROM award_body b JOIN award_scheme s ON s.id = b.scheme_id
         WHERE b.successor_zh IS NOT NULL;
        ALTER TABLE award_body_successor ENABLE TRIGGER award_frozen;
        """
    )


def move_classes(cr):
    cr.execute(
        """
        ALTER TABLE award_requirement_class_rel DISABLE TRIGGER award_frozen_link;
        INSERT INTO award_requirement_class_rel (requirement_id, class_id)
        SELECT id, class_id FROM award_requirement WHERE class_id IS NOT NULL;
        ALTER TABLE award_requirement_class_rel ENABLE TRIGGER award_frozen_link;
        """
    )
