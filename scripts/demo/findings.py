"""What the database holds in the end, counted by the ORM as the supervisor reads it."""

from fractions import Fraction

from scripts.demo.finals import JUST_BELOW

ENDED = ("refuse", "eliminate", "withdraw", "lapse", "disqualify")


class Findings:
    """The numbers of one edition; every property is a question to the database.

    :param env: environment of a user who may read everything
    """

    def __init__(self, env, edition):
        self.env = env
        self.edition = env["award.edition"].browse(edition)
        self.scheme = self.edition.scheme_id

    def count(self, model, *domain):
        [(number,)] = self.env[model]._read_group(list(domain), [], ["__count"])
        return number

    def _of(self, field="edition_id"):
        return (field, "=", self.edition.id)

    def stages(self):
        """Rows (stage, in, passed, failed, open), the scheme's stages in order."""
        found = {}
        for stage, state, count in self.env["award.case.stage"]._read_group(
            [self._of("application_id.edition_id")], ["scheme_stage_id", "state"],
            ["__count"],
        ):
            found.setdefault(stage, {})[state] = count
        return [
            (
                stage.name_zh, stage.name_en, sum(found.get(stage, {}).values()),
                *(found.get(stage, {}).get(key, 0)
                  for key in ("passed", "failed", "open")),
            )
            for stage in self.scheme.stage_ids.sorted("sequence")
        ]

    def endings(self):
        """Rows (stage, move, clause, count): how cases ended, by the register."""
        cases = self.env["award.application"].search([self._of()])
        names = {stage.id: stage.name_zh for stage in self.scheme.stage_ids}
        order = {stage.id: n for n, stage in enumerate(
            self.scheme.stage_ids.sorted("sequence"))}
        rows = self.env["award.transition"]._read_group(
            [("model", "=", "award.application"), ("res_id", "in", cases.ids),
             ("move", "in", ENDED)],
            ["stage_from", "move", "clause"], ["__count"],
        )
        rows.sort(key=lambda row: (order.get(row[0], -1), row[1], row[2] or ""))
        return [
            (names.get(stage, "—"), move,
             self.scheme._citation(clause) if clause else "", count)
            for stage, move, clause, count in rows
        ]

    def ended(self, *moves, kind=None, clauses=None):
        """How many cases ended by these moves, at a kind of stage, under clauses."""
        stages = self.scheme.stage_ids.filtered(lambda s: not kind or s.kind == kind)
        cases = self.env["award.application"].search([self._of()])
        domain = [("model", "=", "award.application"), ("res_id", "in", cases.ids),
                  ("move", "in", moves), ("stage_from", "in", stages.ids)]
        if clauses:
            domain.append(("clause", "in", clauses))
        return self.count("award.transition", *domain)

    def entered(self, kind):
        """How many cases entered the first stage of a kind."""
        stage = self.scheme.stage_ids.filtered(lambda s: s.kind == kind)[:1]
        return self.count("award.case.stage", self._of("application_id.edition_id"),
                          ("scheme_stage_id", "=", stage.id))

    def clocks(self):
        """Rows (name, met, late, running, overdue, ended) of the edition's clocks."""
        rows = {}
        Clock = self.env["award.clock"]
        for column, standings in enumerate((
            ["met"],
            ["missed"],
            ["running", "due_today", "suspended", "unknown", "edition"],
            ["overdue"],
            ["void", "expired"],
        )):
            domain = [("standing", "in", standings), ("company_id", "=",
                                                       self.edition.company_id.id)]
            for code, count in Clock._read_group(domain, ["code"], ["__count"]):
                rows.setdefault(code, [0] * 5)[column] = count
        names = {rule.code: rule.name_zh for rule in self.scheme.clock_rule_ids}
        return [(names.get(code, code), code, *counts)
                for code, counts in sorted(rows.items())]

    def ranking(self):
        """Lines of the final composite, best first."""
        return self.env["award.composite.line"].search(
            [("composite_id.edition_id", "=", self.edition.id),
             ("composite_id.phase", "=", "final")], order="rank, id")

    def awards(self):
        """Rows (title, certificate, repeat, prize in yuan, exact score text)."""
        scores = {line.application_id.id: line for line in self.ranking()}
        awards = self.env["award.award"].search([self._of()], order="id")
        return [
            (award.title, award.certificate_number or "", award.is_repeat,
             sum(award.prize_ids.mapped("amount")), scores[award.application_id.id])
            for award in awards
        ]

    def panels(self):
        """Rows (panel, cases, mean of the consensus in points) of the documents."""
        rows = self.env["award.consensus"]._read_group(
            [self._of("panel_id.edition_id"), ("phase", "=", "document")],
            ["panel_id"], ["__count", "total:sum"])
        return [
            (panel.name, count, round(total / count / 100, 1))
            for panel, count, total in rows
        ]

    def flat_experts(self):
        """How many experts gave every item of every case the same percentage."""
        rows = self.env["award.sheet"]._read_group(
            [self._of("panel_id.edition_id"), ("state", "=", "locked")],
            ["expert_id"], ["id:recordset"])
        return sum(
            len(set(sheets.line_ids.mapped("percent"))) == 1 for _expert, sheets in rows
        )

    def on_list(self, kind, outcome="in"):
        return self.count(
            "award.list.line", self._of("list_id.edition_id"),
            ("list_id.kind", "=", kind), ("list_id.state", "=", "adopted"),
            ("outcome", "=", outcome))

    def prize_money(self):
        [(total,)] = self.env["award.prize"]._read_group(
            [self._of("award_id.edition_id"), ("state", "=", "paid")], [],
            ["amount:sum"])
        return total or 0

    def access_entries(self):
        return self.count("award.access.entry")

    def moves(self):
        return self.count("award.transition")


def numbers(found):
    """The funnel as the database tells it: name -> number."""
    return {**_before_panels(found), **_review(found), **_decision(found)}


def _before_panels(found):
    count, of = found.count, found._of
    case, sent = "award.application", ("submitted_at", "!=", False)
    lapsed, withdrawn = ("supplement_ids.state", "=", "lapsed"), (
        "state", "=", "withdrawn")
    clause_of = {r.code: r.clause_id.code for r in found.scheme.requirement_ids}

    def supplements(*states):
        return count("award.supplement", of("application_id.edition_id"),
                     ("state", "in", states))

    def refused(requirement):
        return found.ended("refuse", clauses=[clause_of[requirement]])

    return {
        "registered": count(case, of()),
        "never_finished": count(case, of(), ("state", "=", "draft")),
        "gave_up": count(case, of(), withdrawn, ("submitted_at", "=", False)),
        "submitted": count(case, of(), sent),
        "declined": found.ended("eliminate", kind="recommendation"),
        "recommended": found.entered("qualification"),
        "late": count("award.clock", ("code", "=", "recommendation"),
                      ("late", "=", True)),
        "supplements": supplements("sent", "answered", "lapsed"),
        "answered": supplements("answered"),
        "lapsed": count(case, of(), lapsed, withdrawn),
        "withdrew": count(case, of(), withdrawn, sent, "!", lapsed),
        "refused": found.ended("refuse", kind="qualification"),
        "refused_by_penalty_clause": refused("no_penalty"),
        "refused_by_registration_clause": refused("registered"),
        "accepted": found.entered("document_review"),
    }


def _review(found):
    count, of = found.count, found._of
    threshold = found.scheme._value("threshold")
    scores = [Fraction(line.score_exact) for line in found.ranking()]
    equal = [place for place, score in enumerate(scores, 1) if scores.count(score) > 1]

    def interests(state):
        return count("award.interest", of("submission_id.edition_id"),
                     ("state", "=", state))

    return {
        "recused": interests("confirmed"),
        "dismissed": interests("dismissed"),
        "consensus": count("award.consensus", of("panel_id.edition_id"),
                           ("phase", "=", "document"), ("state", "=", "agreed")),
        "shortlisted": found.entered("site_visit"),
        "notices": count("award.letter", of("application_id.edition_id"),
                         ("kind", "=", "not_shortlisted"), ("state", "=", "served")),
        "at_threshold": scores.count(threshold),
        "reach_threshold": sum(score >= threshold for score in scores),
        "below": sum(score < threshold for score in scores),
        "just_below": scores.count(threshold - JUST_BELOW),
        "equal_scores": len(scores) - len(set(scores)),
        "tie_place": min(equal, default=0),
        "flat_experts": found.flat_experts(),
    }


def _decision(found):
    count, of = found.count, found._of
    return {
        "put_forward": found.on_list("recommended"),
        "candidates": found.on_list("candidate"),
        "proposed": found.on_list("proposed"),
        "final": found.on_list("final"),
        "objections_reported": count(
            "award.objection", of("notice_id.edition_id"), ("state", "=", "reported")),
        "awards": count("award.award", of()),
        "repeats": count("award.award", of(), ("is_repeat", "=", True)),
        "prize_money": found.prize_money(),
        "prize_reports_owed": count("award.obligation", of("award_id.edition_id"),
                                    ("kind", "=", "prize_report"),
                                    ("state", "=", "owed")),
    }


def expected(world):
    """The same numbers as the plan wants them."""
    funnel = world.funnel
    names = ("registered never_finished gave_up submitted declined recommended late "
             "supplements answered lapsed withdrew refused accepted shortlisted below "
             "put_forward candidates repeats").split()
    return {name: getattr(funnel, name) for name in names} | {
        "refused_by_penalty_clause": funnel.refused_penalty,
        "refused_by_registration_clause": funnel.refused_years + funnel.refused_person,
        "recused": funnel.declared + funnel.found - funnel.found_dismissed,
        "dismissed": funnel.found_dismissed,
        "consensus": funnel.accepted,
        "notices": funnel.accepted - funnel.shortlisted,
        "at_threshold": funnel.held_back,
        "just_below": funnel.below,
        "equal_scores": 1,
        "tie_place": funnel.tie_place,
        "flat_experts": 1,
        "reach_threshold": funnel.shortlisted - funnel.below,
        "proposed": funnel.candidates,
        "final": funnel.candidates,
        "objections_reported": 1,
        "awards": funnel.candidates,
        "prize_money": funnel.winners * world.figures_of_prize,
        "prize_reports_owed": funnel.winners,
    }
