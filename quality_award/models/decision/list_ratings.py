from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import quota, scales, votes
from .list_line import SCORE_GROUPS

#: Latest agreed consensus of each case, its answers by top category and rating.
_RATINGS = """
WITH RECURSIVE last AS (
    SELECT DISTINCT ON (s.application_id) s.application_id, k.id
      FROM award_submission s
      JOIN award_consensus k ON k.submission_id = s.id AND k.state = 'agreed'
     WHERE s.is_current AND s.application_id IN %(cases)s
     ORDER BY s.application_id, (k.phase = 'site') DESC
), judged AS (
    SELECT last.application_id, l.criterion_id, l.rating_id, l.verdict
      FROM last JOIN award_consensus_line l ON l.consensus_id = last.id
), above AS (
    SELECT DISTINCT criterion_id, criterion_id AS top FROM judged
     UNION
    SELECT above.criterion_id, i.parent_id FROM above
      JOIN award_criterion i ON i.id = above.top AND i.parent_id IS NOT NULL
)
SELECT judged.application_id, i.id, judged.rating_id, judged.verdict, count(*)
  FROM judged
  JOIN above USING (criterion_id)
  JOIN award_criterion i ON i.id = above.top AND i.parent_id IS NULL
 GROUP BY 1, 2, 3, 4, i.sequence
 ORDER BY 1, i.sequence, 2
"""


class AwardList(models.Model):
    """A class graded by ratings: what the committee sees instead of a score.

    Nothing is added up to a number. The ratings put the cases in an order to read
    them in; who is put forward the ballot decides.
    """

    _inherit = "award.list"

    is_rated = fields.Boolean(compute="_compute_is_rated")
    ratings_html = fields.Html(
        "Ratings of the Panels",
        compute="_compute_ratings_html",
        sanitize=False,
        groups=SCORE_GROUPS,
    )

    @api.depends("class_id")
    def _compute_is_rated(self):
        for record in self:
            record.is_rated = record.class_id.graded == "rating"

    @api.depends("line_ids", "class_id")
    @api.depends_context("lang")
    def _compute_ratings_html(self):
        for record in self:
            record.ratings_html = record.is_rated and self.env["ir.qweb"]._render(
                "quality_award.award_list_ratings", record._facts()._shown_ratings()
            )

    # -- what the panels agreed on ---------------------------------------------------
    def _rating_rows(self):
        """Rows (case, top category, rating or none, verdict, number of items)."""
        cases = self.line_ids.application_id
        rows = self.env.execute_query(
            SQL(_RATINGS, cases=tuple(cases.ids) or (0,))
        )
        Criterion, Rating = self.env["award.criterion"], self.env["award.rating"]
        names = {row[2] for row in rows} - {None}
        ratings = {rating.id: rating for rating in Rating.browse(names)}
        return [
            (cases.browse(case), Criterion.browse(top), ratings.get(rating), *rest)
            for case, top, rating, *rest in rows
        ]

    @staticmethod
    def _codes(rows):
        """Codes of the ratings, the best first; criteria side by side share them."""
        found = {}
        for _case, _top, rating, _verdict, _count in rows:
            if rating:
                for other in rating.criteria_id.rating_ids.sorted():
                    found.setdefault(other.code, other)
        return found

    def _counts_by_case(self, rows=None):
        """dict case -> number of items with each rating, the best first."""
        rows = self._rating_rows() if rows is None else rows
        codes = self._codes(rows)
        found = {
            case: dict.fromkeys(codes, 0) for case in self.line_ids.application_id
        }
        for case, _top, rating, _verdict, count in rows:
            if rating:
                found[case][rating.code] += count
        return {case: tuple(counts.values()) for case, counts in found.items()}

    def _shown_ratings(self):
        """Values of the template: a row for each case, ratings by category."""
        rows = self._rating_rows()
        codes = self._codes(rows)
        counts = self._counts_by_case(rows)
        lines = self.line_ids.sorted(lambda line: (line.sequence, line.id))
        return {
            "ratings": [rating.display_name for rating in codes.values()],
            "rows": [
                {
                    "number": line.case_number,
                    "title": line.title,
                    "counts": counts[line.application_id],
                    "categories": self._shown_categories(
                        [row for row in rows if row[0] == line.application_id], codes
                    ),
                }
                for line in lines
            ],
        }

    def _shown_categories(self, rows, codes):
        """Lines of text: a category with its ratings, or what was not passed."""
        found = {}
        for _case, top, rating, verdict, count in rows:
            part = found.setdefault(top, {})
            if rating:
                part[rating.code] = part.get(rating.code, 0) + count
            elif verdict == "failed":
                part["failed"] = part.get("failed", 0) + count
        names = {code: rating.display_name for code, rating in codes.items()}
        names["failed"] = self.env._("Not Passed")
        return [
            (top.display_name, [(names[c], part[c]) for c in names if c in part])
            for top, part in found.items()
            if part
        ]

    # -- the order in which the cases are read -----------------------------------------
    def _stamp_lines(self):
        """Ratings and their order are written with the rest, and sealed with it."""
        super()._stamp_lines()
        if not self.is_rated:
            return
        counts = self._counts_by_case()
        ranks = {case: place for place, case, _tied in scales.order(counts)}
        decided = self.meeting_ids.filtered(lambda m: m.state == "closed")
        for line in self.line_ids:
            case = line.application_id
            stamp = {"rating_counts": " / ".join(map(str, counts[case]))}
            if not decided:  # the ballot has put them in its own order
                stamp["sequence"] = ranks[case]
            changed = {key: val for key, val in stamp.items() if line[key] != val}
            if changed:
                line.write(changed)

    def _panels(self):
        """dict case -> the panel that ranked it; unranked, the one that reviewed it."""
        found = {
            line.application_id: line.panel_id for line in self._composite().line_ids
        }
        if found or self._is_ranked():
            return found
        assigned = self.env["award.assignment"].search(
            [("submission_id.application_id", "in", self.line_ids.application_id.ids)]
        )
        return {one.submission_id.application_id: one.panel_id for one in assigned}

    def _propose_unranked(self, lines):
        """On a first list without ranking: all, up to the cap the best rated.

        Where nothing tells the cases apart the office decides on each.
        """
        at = {"award_class": self.class_id, "stage": self.stage_id}
        scheme, lines_all = self._scheme_of(), self.line_ids
        cap = scheme._value("onsite_max", **at)
        groups = {None: lines_all}
        if scheme._value("onsite_scope", **at) == "per_panel":
            panels = self._panels()
            groups = lines_all.grouped(lambda line: panels.get(line.application_id))
        counts = self._counts_by_case() if self.is_rated else {}
        for group in groups.values():
            ranked = scales.order(
                {line: counts.get(line.application_id, ()) for line in group}
            )
            cut = quota.cut_with_ties(ranked, cap)
            (lines & lines.browse().union(*cut.taken)).write({"outcome": "in"})
            (lines & lines.browse().union(*cut.left)).write(
                {
                    "outcome": "out",
                    "clause": scheme._clause_of("onsite_max", **at),
                    "reason": self.env._(
                        "Not among the applicants with the best ratings in the "
                        "document review, of whom at most %(cap)s are visited on site.",
                        cap=cap,
                    ),
                }
            )

    # -- the ballot --------------------------------------------------------------------
    def _order_by_votes(self, tallies):
        """After a ballot that stands for a ranking: most votes first, up to the places.

        Equal votes are told apart by the ratings; where these are equal too the lines
        stay undecided, for the committee to vote on again.

        :param tallies: dict case -> checked `award.tally`
        """
        counts = self._counts_by_case() if self.is_rated else {}
        ranked = votes.rank_by_votes(
            {
                line: (tally.in_favour, tally._base())
                for line in self.line_ids
                for tally in [tallies[line.application_id]]
            },
            {
                line: scales.shares(counts.get(line.application_id, ()))
                for line in self.line_ids
            },
        )
        for place, line, _tied in ranked:
            if line.sequence != place:
                line.sequence = place
        if self._counts_for() == "awards":
            self._cut_by_votes(ranked)

    def _cut_by_votes(self, ranked):
        """Leave out those for whom no place is left; a divided tie stays open."""
        at = {"award_class": self.class_id}
        scheme = self._scheme_of()
        places = scheme._value("quota_max", **at)
        if places is None or scheme._value("quota_scope", **at) == "pool":
            return
        inside = self._in_lines()
        spared = set(self._spared(inside))
        contest = [
            row
            for row in ranked
            if row[1] in inside and row[1].application_id.id not in spared
        ]
        cut = quota.cut_with_ties(contest, places)
        inside.browse().union(*cut.left).write(
            {
                "outcome": "out",
                "clause": scheme._clause_of("quota_max", **at),
                "reason": self.env._(
                    "Not among the %(places)s with the most votes.", places=places
                ),
            }
        )
        inside.browse().union(*cut.tied).write({"outcome": False})


class AwardMeeting(models.Model):
    _inherit = "award.meeting"

    def _write_outcomes(self):
        done = super()._write_outcomes()
        award_list = self.list_id._facts()
        if award_list._is_voted_on():
            tallies = {tally.application_id: tally for tally in self._all_tallies()}
            award_list._order_by_votes(tallies)
        return done
