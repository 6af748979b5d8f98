"""What the composite evaluation reads: agreed totals and defence scores, by SQL."""

from odoo.tools import SQL


def _cases(composite, kind):
    """Rows (application_id, submission_id) of the live cases at stages of a kind."""
    final = tuple(composite.env["award.application"]._lifecycle.final)
    return SQL(
        """SELECT p.id AS application_id, s.id AS submission_id
             FROM award_application p
             JOIN award_stage g ON g.id = p.stage_id AND g.kind = %s
             JOIN award_submission s ON s.application_id = p.id AND s.is_current
            WHERE p.edition_id = %s AND p.class_id = %s AND p.state NOT IN %s""",
        kind,
        composite.edition_id.id,
        composite.class_id.id,
        final,
    )


def read_parts(composite, kind):
    """Rows (application, panel, document total, site total) in hundredths."""
    return composite.env.execute_query(
        SQL(
            """SELECT c.application_id, a.panel_id, d.total, v.total
                 FROM (%s) AS c
                 LEFT JOIN award_assignment a ON a.submission_id = c.submission_id
                 LEFT JOIN award_consensus d ON d.submission_id = c.submission_id
                       AND d.phase = 'document' AND d.state = 'agreed'
                 LEFT JOIN award_consensus v ON v.submission_id = c.submission_id
                       AND v.phase = 'site' AND v.state = 'agreed'
                ORDER BY c.application_id""",
            _cases(composite, kind),
        )
    )


def read_defences(composite):
    """Rows (application, points of the judges who count) of the defences held."""
    return composite.env.execute_query(
        SQL(
            """SELECT c.application_id, array_agg(judged.points)
                 FROM (%s) AS c
                 JOIN (%s) AS judged ON judged.submission_id = c.submission_id
                                    AND judged.defence_state = 'held'
                                    AND judged.score_state = 'locked'
                GROUP BY c.application_id""",
            _cases(composite, "composite"),
            composite.env["award.defence"]._judged_sql(),
        )
    )


def read_results(composite, application_ids):
    """Dict of application id -> points of the result items, hundredths.

    Taken from the consensus that stands last: after the site visit, else on the
    documents.
    """
    rows = composite.env.execute_query(
        SQL(
            """SELECT last.application_id, sum(l.points)::bigint
                 FROM (SELECT DISTINCT ON (s.application_id) s.application_id, k.id
                         FROM award_submission s
                         JOIN award_consensus k ON k.submission_id = s.id
                                               AND k.state = 'agreed'
                        WHERE s.is_current AND s.application_id IN %s
                        ORDER BY s.application_id, (k.phase = 'site') DESC) AS last
                 JOIN award_consensus_line l ON l.consensus_id = last.id
                 JOIN award_criterion i ON i.id = l.criterion_id
                                       AND i.kind = 'result'
                GROUP BY last.application_id""",
            tuple(application_ids),
        )
    )
    return dict(rows)
