"""The composite evaluation of many cases as one statement, exact to the last fraction.

What the result means is said in `rules/composite.py`; a test compares the two. Scores
are pairs of whole numbers, `numeric` so that none is too large; nothing is rounded.
"""

from odoo.tools import SQL

from ...rules.scoring import WHOLE

#: Combiner of points -> numerator and denominator.
_POINTS = {
    "mean": ("sum(points)", "count(*)"),
    "trimmed_mean": (
        """CASE WHEN count(*) < 3 THEN sum(points)
                ELSE sum(points) - min(points) - max(points) END""",
        "CASE WHEN count(*) < 3 THEN count(*) ELSE count(*) - 2 END",
    ),
    "median": (
        """(array_agg(points ORDER BY points))[(count(*) + 1)::integer / 2]
         + (array_agg(points ORDER BY points))[count(*)::integer / 2 + 1]""",
        "2",
    ),
}
#: Parts that are fractions: whole numbers over `<part>_of`.
_FRACTIONS = frozenset({"defence", "public"})
#: Two fractions whose denominators have at most 20 digits are apart by more than
#: 10^-40, so that the whole part of their 10^40-fold tells them apart.
_RANKING = """
WITH scored AS (
    SELECT c.*, j.defence, j.defence_of, u.public, u.public_of,
           %(score)s AS score, %(score_of)s AS score_of
      FROM (%(cases)s) AS c
      LEFT JOIN (SELECT submission_id, (%(points)s)::numeric * %(factor)s AS defence,
                        (%(judges)s)::numeric * %(divisor)s AS defence_of
                   FROM (%(judged)s) AS judged GROUP BY submission_id
                ) AS j USING (submission_id)
      LEFT JOIN (SELECT application_id,
                        (%(public)s)::numeric * %(public_factor)s AS public,
                        (%(surveys)s)::numeric * %(public_divisor)s AS public_of
                   FROM (%(asked)s) AS asked GROUP BY application_id
                ) AS u USING (application_id)
), marked AS (
    SELECT scored.*, -div(score * 1e40, score_of) AS mark FROM scored
), counted AS (
    SELECT marked.*, count(*) OVER (PARTITION BY %(apart)s, mark) AS alike FROM marked
), broken AS (
    SELECT counted.*, CASE WHEN %(breaks)s AND alike > 1 AND mark IS NOT NULL THEN (
               SELECT sum(r.points) FROM (%(results)s) AS r
                WHERE r.consensus_id = counted.consensus_id) END AS results
      FROM counted
), compared AS (
    -- Where one of those alike has no results, the results break nothing.
    SELECT broken.*, CASE WHEN count(results)
                               OVER (PARTITION BY %(apart)s, mark) = alike
                          THEN -results END AS behind
      FROM broken
), ranked AS (
    SELECT compared.*,
           rank() OVER (PARTITION BY %(apart)s ORDER BY mark, behind) AS rank,
           count(*) OVER (PARTITION BY %(apart)s, mark, behind) > 1 AS is_tied,
           gcd(defence, defence_of) AS defence_by, gcd(public, public_of) AS public_by,
           gcd(score, score_of) AS score_by,
           div(score * 100, score_of) * 0.0001 AS shown
      FROM compared
)
SELECT application_id, panel_id, document::text AS document, site::text AS site,
       div(defence, defence_by)
       || CASE WHEN defence_of = defence_by THEN ''
               ELSE '/' || div(defence_of, defence_by) END AS defence,
       div(public, public_by)
       || CASE WHEN public_of = public_by THEN ''
               ELSE '/' || div(public_of, public_by) END AS public,
       div(score, score_by)
       || CASE WHEN score_of = score_by THEN ''
               ELSE '/' || div(score_of, score_by) END AS score_exact,
       CASE WHEN shown * 100 * score_of < score THEN shown || '…'
            ELSE left(shown::text, -2) || rtrim(right(shown::text, 2), '0')
       END AS score_text,
       rank, is_tied, %(meets)s AS meets_threshold
  FROM ranked
 ORDER BY mark IS NULL, CASE WHEN mark IS NOT NULL THEN rank END, application_id
"""


def ranking(cases, judged, asked, results, terms):
    """The statement that ranks cases: rows of the columns of `award.composite.line`.

    Cases that lack a part which the scheme demands come last, without a score.

    :param cases: rows (application_id, submission_id, panel_id, document, site,
        consensus_id), totals in hundredths, the consensus being what stands last
    :param judged: rows (submission_id, points), one for each judge who counts
    :param asked: rows (application_id, points), one for each survey of the public
    :param results: rows (consensus_id, points) of the result items
    :param terms: a `rules.composite.Terms`
    """
    points, judges = _POINTS[terms.combiner]
    public, surveys = _POINTS[terms.public_combiner]
    score, score_of = _weighed(terms)
    return SQL(
        _RANKING,
        cases=cases,
        judged=judged,
        results=results,
        score=score,
        score_of=score_of,
        points=SQL(points),
        judges=SQL(judges),
        factor=terms.scale.numerator,
        divisor=terms.scale.denominator,
        asked=asked,
        public=SQL(public),
        surveys=SQL(surveys),
        public_factor=terms.public_scale.numerator,
        public_divisor=terms.public_scale.denominator,
        apart=SQL("panel_id" if terms.panels_apart else "0::integer"),
        breaks=terms.results_break_ties,
        meets=_meets(terms),
    )


def _weighed(terms):
    """Numerator and denominator of the score; NULL where it lacks a part."""
    if terms.weights is None:
        return SQL("COALESCE(site, document)::numeric"), SQL("1::numeric")
    shares, present = [], []
    for part, weight in terms.weights.items():
        if weight:
            share = SQL("%s::numeric * %s", SQL.identifier(part), weight)
            for other in _FRACTIONS - {part}:
                of = SQL.identifier(f"{other}_of")
                share = SQL("%s * COALESCE(%s, 1)", share, of)
            there = SQL("%s * (%s IS NOT NULL)::integer", weight, SQL.identifier(part))
            shares.append(share)
            present.append(there)
    if terms.missing == "renormalise":
        shares = [SQL("COALESCE(%s, 0)", share) for share in shares]
        whole = SQL("NULLIF(%s, 0)", SQL(" + ").join(present))
    else:
        whole = SQL("%s", WHOLE)
    of = SQL("COALESCE(defence_of, 1) * COALESCE(public_of, 1) * %s", whole)
    return SQL("(%s)", SQL(" + ").join(shares)), SQL("(%s)", of)


def _meets(terms):
    if terms.threshold is None:
        return SQL("TRUE")
    if terms.threshold_part:
        part = SQL.identifier(terms.threshold_part)
        return SQL("COALESCE(%s >= %s, FALSE)", part, terms.threshold)
    return SQL("score >= %s * score_of", terms.threshold)


def cases_at(composite, kind):
    """Rows for `ranking` of the live cases that stand at stages of a kind."""
    final = tuple(composite.env["award.application"]._lifecycle.final)
    return SQL(
        """SELECT p.id AS application_id, s.id AS submission_id, a.panel_id,
                  d.total AS document, v.total AS site,
                  COALESCE(v.id, d.id) AS consensus_id
             FROM award_application p
             JOIN award_stage g ON g.id = p.stage_id AND g.kind = %s
             JOIN award_submission s ON s.application_id = p.id AND s.is_current
             LEFT JOIN award_assignment a ON a.submission_id = s.id
             LEFT JOIN award_consensus d ON d.submission_id = s.id
                   AND d.phase = 'document' AND d.state = 'agreed'
             LEFT JOIN award_consensus v ON v.submission_id = s.id
                   AND v.phase = 'site' AND v.state = 'agreed'
            WHERE p.edition_id = %s AND p.class_id = %s AND p.state NOT IN %s""",
        kind,
        composite.edition_id.id,
        composite.class_id.id,
        final,
    )


def judged_points(composite):
    """Rows for `ranking`: points of the judges who count, in the defences held."""
    return SQL(
        """SELECT judged.submission_id, judged.points FROM (%s) AS judged
            WHERE judged.defence_state = 'held' AND judged.score_state = 'locked'
              AND judged.edition_id = %s""",
        composite.env["award.defence"]._judged_sql(),
        composite.edition_id.id,
    )


def no_points():
    """Rows for `ranking` of a phase that knows neither defence nor public."""
    return SQL(
        "SELECT 0 AS submission_id, 0 AS application_id, 0 AS points WHERE FALSE"
    )


def asked_points(composite):
    """Rows for `ranking`: points of the public that two clerks agree on."""
    return SQL(
        """SELECT l.application_id, l.points FROM award_public_evaluation_line l
             JOIN award_public_evaluation e ON e.id = l.evaluation_id
            WHERE e.state = 'checked' AND l.is_scored AND e.edition_id = %s""",
        composite.edition_id.id,
    )


def result_points():
    """Rows for `ranking`: the result items of every consensus."""
    return SQL(
        """SELECT l.consensus_id, l.points FROM award_consensus_line l
             JOIN award_criterion i ON i.id = l.criterion_id AND i.kind = 'result'"""
    )
