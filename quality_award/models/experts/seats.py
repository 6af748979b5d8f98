"""SQL that says who sits where: the one source of all predicates on panels."""

from odoo.tools import SQL


def _flushed(env):
    """Fields that the subselects below read and that may wait in the cache."""
    wanted = {
        "award.expert": ("user_id", "standing"),
        "award.panel.member": ("expert_id", "is_leader"),
        "award.assignment": ("acting_leader_id",),
    }
    return [
        env[model]._fields[name] for model, names in wanted.items() for name in names
    ]


def my_panels(env):
    """Rows (panel_id, leads): confirmed panels in which the current user sits."""
    return SQL(
        """SELECT m.panel_id, m.is_leader IS TRUE AS leads
             FROM award_panel_member m
             JOIN award_panel p ON p.id = m.panel_id AND p.state = 'confirmed'
             JOIN award_expert e ON e.id = m.expert_id
            WHERE e.user_id = %s AND e.standing = 'active'""",
        env.uid,
        to_flush=_flushed(env),
    )


#: In plpgsql, because it plans once a session; as part of each statement that asks
#: a record rule, planning these joins takes ten times as long as running them.
_MY_CASES = """
CREATE OR REPLACE FUNCTION award_my_cases(uid integer)
RETURNS TABLE (submission_id integer, panel_id integer, expert_id integer,
               leads boolean) AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT a.submission_id, a.panel_id, m.expert_id,
           CASE WHEN a.acting_leader_id IS NULL THEN m.is_leader IS TRUE
                ELSE m.id = a.acting_leader_id END
      FROM award_expert e
      JOIN award_panel_member m ON m.expert_id = e.id
      JOIN award_panel p ON p.id = m.panel_id AND p.state = 'confirmed'
      JOIN award_assignment a ON a.panel_id = p.id
      JOIN award_interest i
        ON i.expert_id = e.id AND i.submission_id = a.submission_id
       AND i.state IN ('none', 'dismissed')
     WHERE e.user_id = award_my_cases.uid AND e.standing = 'active'
       AND EXISTS (SELECT FROM award_undertaking u
                    WHERE u.user_id = e.user_id AND u.edition_id = p.edition_id);
END $$ LANGUAGE plpgsql STABLE ROWS 20;
"""


def install(cr):
    """Create the function behind `my_cases`."""
    cr.execute(_MY_CASES)


def my_cases(env):
    """Rows (submission_id, panel_id, expert_id, leads): cases open to the user.

    A case is open to a member of its confirmed panel who is in good standing, has
    signed the undertaking of the edition, and has declared no interest or one that
    the office dismissed. The panel's leader leads, or the member whom the office
    put in the leader's place for this case.
    """
    return SQL(
        "SELECT * FROM award_my_cases(%s)", env.uid, to_flush=_flushed(env)
    )


def live_seats(env):
    """Rows (assignment_id, submission_id, panel_id, expert_id, is_free).

    Everybody who sits on the panel of the case and is not recused from it, whether
    or not a declaration has been made yet; `is_free` says that it has been, and that
    nothing stands or is undecided.
    """
    return SQL(
        """SELECT a.id AS assignment_id, a.submission_id, a.panel_id, m.expert_id,
                  COALESCE(i.state IN ('none', 'dismissed'), FALSE) AS is_free
             FROM award_assignment a
             JOIN award_panel_member m ON m.panel_id = a.panel_id
             LEFT JOIN award_interest i
               ON i.expert_id = m.expert_id AND i.submission_id = a.submission_id
            WHERE i.state IS DISTINCT FROM 'confirmed'""",
        to_flush=_flushed(env),
    )


def roles_by_case(env, submission_ids):
    """Roles of the current user on cases: dict of submission id -> set of roles."""
    if not submission_ids:
        return {}
    rows = env.execute_query(
        SQL(
            "SELECT submission_id, bool_or(leads) FROM (%s) AS mine "
            "WHERE submission_id IN %s GROUP BY submission_id",
            my_cases(env),
            tuple(submission_ids),
        )
    )
    return {case: _roles(leads) for case, leads in rows}


def roles_by_panel(env, panel_ids):
    """Roles of the current user on panels: dict of panel id -> set of roles."""
    if not panel_ids:
        return {}
    rows = env.execute_query(
        SQL(
            "SELECT panel_id, leads FROM (%s) AS mine WHERE panel_id IN %s",
            my_panels(env),
            tuple(panel_ids),
        )
    )
    return {panel: _roles(leads) for panel, leads in rows}


def _roles(leads):
    return {"panel_member", "panel_leader"} if leads else {"panel_member"}
