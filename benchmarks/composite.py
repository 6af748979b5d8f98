"""Composite and ranking, by the button of the review room and by one SQL statement.

Both read the same agreed totals and the scores of the same judges, apply the weights,
the trimmed mean and the tie rule of the scheme, and store one row a case in the same
table. The results are compared value by value before anything is measured.
"""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from benchmarks import ground
from benchmarks.harness import Result, interleave
from benchmarks.load import EXPERTS, Load
from scripts import databases
from scripts.demo import house

#: Cases -> pairs measured.
SIZES = {170: 200, 1000: 50, 10000: 10}
AIM = 1.5

_SCORED = """
WITH defended AS (
    SELECT d.submission_id,
           (sum(s.points) - min(s.points) - max(s.points))::numeric / (count(*) - 2)
               AS points
      FROM award_defence d
      JOIN award_defence_score s ON s.defence_id = d.id AND s.state = 'locked'
      JOIN award_expert e ON e.id = s.expert_id AND e.standing = 'active'
     WHERE d.edition_id = %(edition)s AND d.state = 'held'
       AND NOT EXISTS (SELECT FROM award_interest i
                        WHERE i.expert_id = s.expert_id
                          AND i.submission_id = d.submission_id
                          AND i.state IN ('declared', 'confirmed'))
     GROUP BY d.submission_id
), scored AS (
    SELECT p.id AS application_id, a.panel_id, d.total AS document, v.total AS site,
           f.points AS defence, v.id AS last_consensus,
           (d.total * %(weight_document)s + v.total * %(weight_site)s
            + f.points * %(weight_defence)s) / 10000 AS score
      FROM award_application p
      JOIN award_stage g ON g.id = p.stage_id AND g.kind = 'composite'
      JOIN award_submission s ON s.application_id = p.id AND s.is_current
      JOIN award_assignment a ON a.submission_id = s.id
      JOIN award_consensus d ON d.submission_id = s.id AND d.phase = 'document'
                            AND d.state = 'agreed'
      JOIN award_consensus v ON v.submission_id = s.id AND v.phase = 'site'
                            AND v.state = 'agreed'
      JOIN defended f ON f.submission_id = s.id
     WHERE p.edition_id = %(edition)s AND p.class_id = %(award_class)s
       AND p.state IN ('submitted', 'accepted')
), tied AS (
    SELECT scored.*, count(*) OVER (PARTITION BY score) > 1 AS is_tied FROM scored
), broken AS (
    SELECT tied.*, (SELECT sum(l.points) FROM award_consensus_line l
                      JOIN award_criterion i ON i.id = l.criterion_id
                                            AND i.kind = 'result'
                     WHERE l.consensus_id = last_consensus AND is_tied) AS results
      FROM tied
), ranked AS (
    SELECT application_id, panel_id, document, site, defence, score,
           rank() OVER (ORDER BY score DESC, results DESC) AS rank,
           count(*) OVER (PARTITION BY score, results) > 1 AS is_tied,
           score >= %(threshold)s AS meets_threshold
      FROM broken
)
"""
SELECT = _SCORED + "SELECT * FROM ranked ORDER BY rank"
INSERT = (
    """
INSERT INTO award_composite_line (composite_id, company_id, create_uid, create_date,
       application_id, panel_id, document, site, defence, score_exact, score_text,
       rank, is_tied, meets_threshold)
"""
    + _SCORED
    + """
SELECT %(composite)s, %(company)s, %(user)s, now() AT TIME ZONE 'UTC', application_id,
       panel_id, document::text, site::text, defence::text, score::text,
       round(score / 100, 4)::text, rank, is_tied, meets_threshold FROM ranked
"""
)
#: The documents alone, from the seven sheets of 23 items of every case.
FROM_SHEETS = """
SELECT application_id, sum(points) AS score,
       rank() OVER (ORDER BY sum(points) DESC,
                    sum(points) FILTER (WHERE kind = 'result') DESC) AS rank
  FROM (SELECT s.application_id, i.kind, i.points
               * percentile_disc(0.5) WITHIN GROUP (ORDER BY l.percent) / 100 AS points
          FROM award_submission s
          JOIN award_sheet h ON h.submission_id = s.id AND h.state = 'locked'
          JOIN award_sheet_line l ON l.sheet_id = h.id
          JOIN award_criterion i ON i.id = l.criterion_id
         WHERE s.edition_id = %(edition)s AND s.is_current
         GROUP BY s.application_id, i.id, i.kind, i.points) AS item
 GROUP BY application_id
"""


class Bench:
    """One edition of a size, with its two composites, measured in turns."""

    def __init__(self, registry, shared: ground.Ground, edition: int):
        self._registry = registry
        self._ground = shared
        self._edition = edition
        self._office = shared.users["office"]
        self._ids: dict[str, int] = {}
        with registry.cursor() as cursor:
            env = ground.environment(cursor, self._office)
            for phase in ("document", "final"):
                self._ids[phase] = env["award.composite"].create({
                    "edition_id": edition,
                    "class_id": shared.award_class,
                    "phase": phase,
                }).id
            scheme = env["award.scheme"].browse(shared.scheme)
            names = ("threshold", "weight_document", "weight_site", "weight_defence")
            award_class = scheme.class_ids[:1]
            self._values = {
                name: scheme._value(name, award_class=award_class) for name in names
            }
            assert scheme._value("defence_combiner") == "trimmed_mean"
            assert scheme._value("tie_rule") == "results_then_committee"

    def parameters(self, phase: str) -> dict:
        return self._values | {
            "edition": self._edition,
            "award_class": self._ground.award_class,
            "company": self._ground.company,
            "composite": self._ids[phase],
            "user": self._office,
        }

    def _turn(self, work: Callable) -> Callable[[], object]:
        """A request's worth of `work`: own cursor and caches, undone afterwards."""

        def act():
            cursor = self._registry.cursor()
            env = ground.environment(cursor, self._office)
            work(env)
            env.flush_all()

            def undo():
                cursor.rollback()
                cursor.close()

            return undo

        return act

    def button(self, phase: str) -> Callable[[], object]:
        """What the office's button does."""
        model, id_ = "award.composite", self._ids[phase]
        return self._turn(lambda env: env[model].browse(id_).action_compute())

    def computing(self, phase: str) -> Callable[[], object]:
        """Scores and ranks, nothing stored."""
        model, id_ = "award.composite", self._ids[phase]
        return self._turn(lambda env: env[model].browse(id_)._compute_lines())

    def statement(self, text: str, phase: str) -> Callable[[], object]:
        parameters = self.parameters(phase)

        def work(env):
            env.cr.execute(text, parameters)
            if env.cr.description:
                env.cr.fetchall()

        return self._turn(work)

    def outcome(self, phase: str, text: str = "") -> list[tuple]:
        """What the button, or the statement `text`, comes to; undone again.

        :return: rows of application, score, rank; of stored ones also tie, threshold
        """
        with self._registry.cursor() as cursor:
            env = ground.environment(cursor, self._office)
            if text:
                cursor.execute(text, self.parameters(phase))
            else:
                env["award.composite"].browse(self._ids[phase]).action_compute()
            if text != FROM_SHEETS:
                cursor.execute(
                    """SELECT application_id, score_exact, rank, is_tied,
                              meets_threshold
                         FROM award_composite_line WHERE composite_id = %s""",
                    [self._ids[phase]],
                )
            rows = cursor.fetchall()
            cursor.rollback()
        return sorted((row[0], Fraction(row[1]), *row[2:]) for row in rows)


def _check(ours: list[tuple], peers: list[tuple], cases: int) -> None:
    """Both have ranked every case, alike."""
    if len(ours) != cases or ours != peers:
        differing = [pair for pair in zip(ours, peers, strict=False)
                     if pair[0] != pair[1]]
        raise SystemExit(
            f"The ranking of {len(ours)} of {cases} cases differs from the "
            f"statement's in {len(differing)} rows: {differing[:3]}"
        )


def _size(registry, database, shared, cases: int, pairs: int):
    """An edition of a size; its bench and the results."""
    print(f"  {cases} cases …", flush=True)
    edition = ground.announce(registry, shared)
    with registry.cursor() as cursor:
        env = ground.superuser(cursor)
        Load(env, shared, edition, cases).to_review().to_ranking()
    databases.sql("VACUUM ANALYZE", database)
    bench = Bench(registry, shared, edition)
    documents = [row[:3] for row in bench.outcome("document")]
    _check(documents, bench.outcome("document", FROM_SHEETS), cases)
    name = f"{cases} × {EXPERTS} × 23"
    sheets = interleave(
        f"ranking of documents, {name}",
        bench.button("document"),
        bench.statement(FROM_SHEETS, "document"),
        peer_name="one SELECT from all sheets",
        times=max(pairs // 4, 3),
        warm_up=1,
    )
    sheets.note = "the button reads agreed totals, the statement every item of a sheet"
    with registry.cursor() as cursor:
        Load(ground.superuser(cursor), shared, edition, cases).again().to_composite()
    databases.sql("VACUUM ANALYZE", database)
    _check(bench.outcome("final"), bench.outcome("final", INSERT), cases)
    return bench, [
        interleave(
            f"composite and ranking, {name}",
            bench.button("final"),
            bench.statement(INSERT, "final"),
            peer_name="one INSERT … SELECT",
            times=pairs, aim=AIM, warm_up=3,
        ),
        interleave(
            f"the same, nothing stored, {name}",
            bench.computing("final"),
            bench.statement(SELECT, "final"),
            peer_name="one SELECT",
            times=pairs, warm_up=3,
        ),
        sheets,
    ]


def _growth(first: Bench, small: int, last: Bench, large: int) -> Result:
    """Time for each application at two sizes, in turns; 1 is linear."""
    result = interleave(
        f"time per application, {large} cases",
        last.button("final"),
        first.button("final"),
        peer_name=f"{small} cases",
        times=max(SIZES[large] // 5, 5),
        aim=1.2,
        warm_up=2,
    )
    result.ours = [seconds / large for seconds in result.ours]
    result.peers = [seconds / small for seconds in result.peers]
    result.note = "linear growth stays at or below 1"
    return result


def run(database: str) -> list[Result]:
    """Three sizes, each an edition of its own, and how the time grows."""
    registry = house.registry(database)
    shared = ground.lay(registry)
    results, laid = [], []
    for cases, pairs in SIZES.items():
        bench, found = _size(registry, database, shared, cases, pairs)
        results += found
        laid.append((bench, cases))
    results += [_growth(*one, *next_) for one, next_ in pairwise(laid)]
    return results
