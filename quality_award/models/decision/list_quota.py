from fractions import Fraction

from odoo import models
from odoo.tools import SQL

from ...rules import quota, scoring
from ...rules.refusal import Refusal

#: Kind of list in quotas -> where in the procedure a threshold stands.
AT = {"shortlist": "shortlist", "recommended": "recommended", "awards": "award"}


class AwardList(models.Model):
    """Numbers and scores that a list must keep to: quotas, pools, thresholds.

    The single figures of a class are parameters; everything else is a record of the
    scheme. What is only the most leaves places vacant: nothing is filled up.
    """

    _inherit = "award.list"

    # -- quotas ----------------------------------------------------------------
    def _guard_quota(self):
        """No more names than the scheme gives places, no fewer than it demands."""
        facts = self._facts()
        return facts._refusal_quota()

    def _refusal_quota(self):
        """Refusal of the first quota that the list passes or misses, or None."""
        found = None
        if self._counts_for() == "awards":
            found = self._refusal_maximum()
        return found or self._refusal_rules()

    def _refusal_maximum(self):
        """The most awards of the class; a repeat winner may take no place."""
        scheme, award_class = self._scheme_of(), self.class_id
        maximum = scheme._value("quota_max", award_class=award_class)
        lines = self._in_lines()
        if scheme._value("quota_scope", award_class=award_class) == "pool":
            lines |= self._others_counting()._in_lines()
        found = quota.check_list(
            [quota.Line(key=line.application_id.id) for line in lines],
            maximum=maximum,
            exempt=self._spared(lines),
        )
        clause = scheme._clause_of("quota_max", award_class=award_class)
        for code, details in found:
            return Refusal(code, clause, details)
        return None

    def _in_lines(self):
        return self.line_ids.filtered(lambda line: line.outcome == "in")

    def _spared(self, lines):
        """Ids of the cases on `lines` that use no place."""
        cases = lines.application_id
        sparing = cases.class_id.filtered(
            lambda award_class: self._scheme_of()._value(
                "repeat_quota_exempt", award_class=award_class
            )
        )
        return cases.filtered(
            lambda case: case.class_id in sparing
        )._repeat_winners().ids

    def _others_counting(self):
        """The last adopted lists of the other classes that count for the same."""
        others = self.search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("class_id", "!=", self.class_id.id),
                ("state", "=", "adopted"),
            ]
        ).filtered(lambda other: other._counts_for() == self._counts_for())
        by_class = others.sorted(
            lambda other: (other.stage_id.sequence, other.id)
        ).grouped("class_id")
        return self.browse().union(*(lists[-1:] for lists in by_class.values()))

    def _refusal_rules(self):
        """The quotas of the scheme: pools, shares, per recommender, panel, group."""
        counts = self._counts_for()
        scheme = self._scheme_of()
        records = scheme._quotas(counts, self.class_id)
        # A class outside the quota is told by a rule that names other classes.
        outside = scheme._quotas(counts).filtered("outside")
        if not records:
            return None
        lists = self | self._others_counting()
        lines = lists._in_lines()
        found = quota.check_rules(
            lines.application_id._quota_lines(lists),
            [record._as_rule() for record in records | outside],
            exempt=self._spared(lines) if counts == "awards" else (),
            reason=self.overrun_reason,
            settled=self._settled_classes(lists),
        )
        by_code = {record.code: record for record in records}
        for code, details in found:
            record = by_code.get(details["rule"])
            if record:
                return record._refusal(code, details)
        return None

    def _settled_classes(self, lists):
        """Ids of the classes whose lists are there, None when no case waits for one."""
        waiting = self.env["award.application"].search_count(
            [
                ("edition_id", "=", self.edition_id.id),
                ("state", "in", ["submitted", "accepted"]),
                ("class_id", "not in", lists.class_id.ids),
            ],
            limit=1,
        )
        return set(lists.class_id.ids) if waiting else None

    # -- thresholds ------------------------------------------------------------
    def _guard_threshold(self):
        """Nobody below a threshold; exactly at it is enough."""
        facts = self._facts()
        return facts._refusal_threshold() or facts._refusal_thresholds()

    def _threshold(self):
        """The single threshold of the class for this list, None for none."""
        if self._counts_for() == "shortlist" or self._is_voted_on():
            return None
        return self._scheme_of()._value("threshold", award_class=self.class_id)

    def _refusal_threshold(self):
        threshold = self._threshold()
        if threshold is None:
            return None
        scheme = self._scheme_of()
        clause = scheme._clause_of("threshold", award_class=self.class_id)
        return self._refusal_below(threshold, self._threshold_scores(), clause)

    def _refusal_below(self, threshold, scores, clause, what=None):
        """Refusal of the first case that does not reach a threshold.

        :param scores: dict case -> hundredths
        :param what: name of the score where several are compared
        """
        lines = [
            quota.Line(key=case.name, score=scores.get(case))
            for case in self._in_cases()
        ]
        for code, details in quota.check_list(lines, threshold=threshold):
            values = {
                "case": f"{details['key']} ({what})" if what else details["key"],
                "threshold": scoring.to_text(threshold),
                "score": scoring.to_text(details["score"])
                if "score" in details
                else "",
            }
            return Refusal(code, clause, values)
        return None

    def _threshold_records(self):
        """The thresholds of the scheme that stand at this place of the procedure."""
        at = AT.get(self._counts_for())
        return self._scheme_of()._thresholds(self.class_id, at)

    def _refusal_thresholds(self):
        for record in self._threshold_records():
            refusal = self._refusal_below(
                record.minimum,
                self._scores_for(record),
                record.clause_id.code or None,
                record._shown(),
            )
            if refusal:
                return refusal
        return None

    def _scores_for(self, record, cases=None):
        """dict case -> score in hundredths that a threshold of the scheme compares."""
        if record.block:
            cases = self._in_cases() if cases is None else cases
            return cases._block_scores(record.score, record.block)
        phase = "document" if self._phase() == "document" else "final"
        return self._ranked_scores(record.score, phase)

    def _ranked_scores(self, which, phase="final"):
        """dict case -> one score of a frozen ranking, in hundredths.

        :param which: document, site, public or composite
        """
        composite = self.env["award.composite"].search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("class_id", "=", self.class_id.id),
                ("phase", "=", phase),
                ("state", "=", "frozen"),
            ],
            limit=1,
        )
        name = "score_exact" if which == "composite" else which
        return {
            line.application_id: Fraction(line[name])
            for line in composite.line_ids
            if line[name]
        }


class AwardQuota(models.Model):
    _inherit = "award.quota"

    def _as_rule(self):
        """The record as `rules.quota` reads it."""
        return quota.Rule(
            code=self.code,
            counts=self.counts,
            per=self.per or "edition",
            classes=frozenset(self.class_ids.ids),
            tag=self.tag or None,
            minimum=self.minimum or None,
            maximum=self.maximum or None,
            soft=self.soft,
            outside=self.outside,
        )

    def _refusal(self, code, details):
        """The refusal of this quota, in words that name it."""
        of = details["of"]
        if isinstance(of, models.Model):
            of = of.display_name
        values = {
            "quota": self.display_name if not of else f"{self.display_name}: {of}",
            "counted": details["counted"],
            "limit": details["limit"],
        }
        return Refusal(code, self.clause_id.code or None, values)


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _quota_lines(self, lists):
        """The cases as `rules.quota` counts them.

        :param lists: the lists they are on, for the panels that ranked them
        """
        panels = {}
        for record in lists:
            panels |= record._panels()
        return [
            quota.Line(
                key=case.id,
                panel=panels.get(case) or None,
                tags=case._quota_tags(),
                award_class=case.class_id.id,
                recommender=case.recommender_id or None,
                group=case._group_of_applicant() or None,
            )
            for case in self
        ]

    def _quota_tags(self):
        """What a share of a quota may be of, such as ``size:small``."""
        applicant = self.applicant_id
        tags = {
            "size": applicant.size,
            "subject": self.class_id.subject,
            "class": self.class_id.code,
            "trade": self.trade_id.code,
            "territory": applicant.territory,
        }
        return frozenset(f"{name}:{value}" for name, value in tags.items() if value)

    def _group_of_applicant(self):
        """Head of the group of companies that the applicant belongs to, or none."""
        return self.applicant_id.browse()

    def _block_scores(self, score, block):
        """dict case -> agreed points of one category, in hundredths.

        :param score: ``document`` or ``site``; otherwise what stands last
        :param block: number of the category
        """
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE inside AS (
                       SELECT id FROM award_criterion WHERE number = %s
                        UNION ALL
                       SELECT i.id FROM award_criterion i
                         JOIN inside ON inside.id = i.parent_id)
                   SELECT last.application_id, sum(l.points)::bigint
                     FROM (SELECT DISTINCT ON (s.application_id) s.application_id, k.id
                             FROM award_submission s
                             JOIN award_consensus k ON k.submission_id = s.id
                                                   AND k.state = 'agreed'
                            WHERE s.is_current AND s.application_id IN %s
                              AND (%s IS NULL OR k.phase = %s)
                            ORDER BY s.application_id, (k.phase = 'site') DESC) AS last
                     JOIN award_consensus_line l ON l.consensus_id = last.id
                     JOIN inside ON inside.id = l.criterion_id
                    GROUP BY last.application_id""",
                block,
                tuple(self.ids) or (0,),
                *[score if score in {"document", "site"} else None] * 2,
            )
        )
        return {self.browse(id_): points for id_, points in rows}


class AwardThreshold(models.Model):
    _inherit = "award.threshold"

    def _shown(self):
        """Which score is compared, for a sentence; nothing for the whole."""
        return self.display_name if self.block or self.score != "composite" else None
