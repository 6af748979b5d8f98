from datetime import date

from odoo import fields, models
from odoo.tools import LazyTranslate

from ...rules import requirements, self_test
from ..base.refusal import refusal_text, translated
from .lock import Won
from .portal_applicant import NAME_MAX, clean_text

_lt = LazyTranslate(__name__)
#: Years in which a day may lie: no calendar is asked about others.
YEARS = range(1900, 2101)
NUMBER_MAX = 9_999

#: The question in words, by part.
ASKED = {
    "registered_on": _lt("Registered here on"),
    "operating_since": _lt("In operation since"),
    "working_since": _lt("Quality-related work here since"),
    "legal_person": _lt("Independent legal person?"),
    "losses": _lt("Loss in the years %(years)s?"),
    "incident": _lt("An accident or major complaint in this time?"),
    "penalty": _lt("Gravest penalty in this time"),
    "last_on": _lt("If so, on (the latest)"),
    "ranks": _lt("Certified indicators within the first %(rank)s"),
    "valid_to": _lt("Valid until"),
    "given_on": _lt("Given on"),
    "held": _lt("Is the document at hand?"),
    "first": _lt("Shown from"),
    "last": _lt("Shown until"),
    "agreed": _lt("Will a recommender recommend you?"),
    "new_on": _lt("Latest new result on"),
    "elsewhere": _lt("Another government award applied for this year?"),
    "size": _lt("Size"),
    "role": _lt("Role"),
    "choice": _lt("What you apply for"),
    "won_class": _lt("Award won before"),
    "won_year": _lt("Award year of it"),
    "won_term": _lt("Number of its edition"),
    "won_on": _lt("Awarded on"),
}
YES_NO = [("yes", _lt("Yes")), ("no", _lt("No"))]
LOSSES = [
    ("none", _lt("No loss")),
    ("policy", _lt("A loss due to policy, with a document")),
    ("loss", _lt("A loss")),
]
OUTCOMES = {
    self_test.MET: _lt("Met"),
    self_test.NOT_MET: _lt("Not Met"),
    self_test.BY_DOCUMENT: _lt("By Document"),
    self_test.BY_OFFICE: _lt("To Be Judged by the Office"),
    self_test.OPEN: _lt("Not Answered"),
}
#: What to do, by outcome; `PAPERS` where a paper shows it.
TO_DO = {
    self_test.MET: _lt("Nothing; the award office checks it again."),
    self_test.NOT_MET: _lt(
        "As answered you cannot be accepted. Check the answer; if it is right, apply "
        "in a later edition or ask the award office."
    ),
    self_test.BY_DOCUMENT: _lt(
        "Prepare the document and hand it in with the application."
    ),
    self_test.BY_OFFICE: _lt(
        "Nothing now; state what you know in the application, the award office judges."
    ),
    self_test.OPEN: _lt("Answer the question above."),
}
WARNS = _lt("This alone does not keep you out; explain it in the application.")


class AwardEdition(models.Model):
    """The eligibility self-test: nobody is asked who he is, nothing is kept."""

    _inherit = "award.edition"

    def _self_test_form(self, award_class):
        """The fields of the self-test of a class.

        :return: list of dicts: `name`, `label`, `kind` (date, number, choice),
            `options`, and `about` with the text of the requirement where it is of one
        """
        rows = self.scheme_id._requirements(award_class)
        by_code = {row.code: row for row in rows}
        case = self._self_test_case(award_class, {})
        asked = [
            self._self_test_field(case, question, by_code)
            for question in self_test.questions(row._as_rule() for row in rows)
        ]
        return [*self._self_test_general(award_class, rows), *asked]

    def _self_test_general(self, award_class, rows):
        """What tells cases apart, and what was won before, where it matters."""
        Applicant = self.env["award.applicant"]._fields
        found = []

        def choice(name, options):
            found.append(self._self_test_input(name, "choice", options))

        if award_class.choice_ids:
            choice("choice", [(c.code, c.display_name) for c in award_class.choice_ids])
        if award_class.subject in {"organisation", "unit"}:
            choice("size", Applicant["size"]._description_selection(self.env))
        if award_class.subject == "individual":
            choice("role", Applicant["role"]._description_selection(self.env))
        locks = self._self_test_locks(award_class)
        kinds = set(rows.mapped("kind"))
        if any(locks.values()) or kinds & {"prior_award", "new_result"}:
            classes = self.scheme_id.class_ids
            none = [("none", self.env._("None"))]
            choice("won_class", none + [(c.code, c.display_name) for c in classes])
            found.append(self._self_test_input("won_year", "number"))
            if locks["reapply_lock_terms"]:
                found.append(self._self_test_input("won_term", "number"))
            if locks["reapply_lock_years"]:
                found.append(self._self_test_input("won_on", "date"))
        return found

    def _self_test_locks(self, award_class):
        names = ("reapply_lock_terms", "reapply_lock_years")
        return {
            name: self.scheme_id._value(name, award_class=award_class)
            for name in names
        }

    def _self_test_input(self, name, kind, options=(), about="", **values):
        label = translated(self.env, ASKED[name.rpartition(".")[2]])
        return {
            "name": name,
            "label": label % values if values else label,
            "kind": kind,
            "options": list(options),
            "about": about,
            "value": "",
        }

    def _self_test_field(self, case, question, by_code):
        row = by_code[question.code]
        values = {}
        if question.part == "losses":
            first, last = self._self_test_years(row, case)
            values["years"] = f"{first}–{last}" if first != last else str(last)
        if question.part == "ranks":
            values["rank"] = row.rank_max or "…"
        severities = self.env["award.fact"]._fields["severity"]
        none = [("none", self.env._("None"))]
        options = {
            self_test.YES_NO: [(k, translated(self.env, v)) for k, v in YES_NO],
            self_test.LOSS: [(k, translated(self.env, v)) for k, v in LOSSES],
            self_test.SEVERITY: none + severities._description_selection(self.env),
        }.get(question.kind, ())
        kind = "choice" if options else question.kind
        return self._self_test_input(
            question.name, kind, options, row.display_name, **values
        )

    def _self_test_years(self, row, case):
        years = self_test.accounts(
            row._as_rule(), case._look_back_day(), self.award_year
        )
        return years[0], years[-1]

    # -- the answers ---------------------------------------------------------------
    def _self_test(self, award_class, typed):
        """What the answers say on each requirement.

        :param typed: name of a field -> text, as the form sends it
        :return: dict with `findings` (text, clause, anchor, outcome, label, because,
            to_do), `refusals` (sentences: locked after an award), `errors` (name of
            a field -> sentence; what cannot be read counts as not answered)
        """
        form = self._self_test_form(award_class)
        answers, errors = self._self_test_answers(form, typed)
        case = self._self_test_case(award_class, answers)
        won = self._self_test_won(award_class, answers)
        rows = self.scheme_id._requirements(award_class)
        by_code = {row.code: row for row in rows}
        rules = [row._as_rule() for row in rows]
        facts = self._self_test_facts(case, rules, answers, won)
        findings = [
            self._self_test_finding(case, by_code[found.code], found, answers)
            for found in requirements.check(rules, facts)
        ]
        barring = case._barring(case._earlier_of(won))
        locked = barring and (
            case._lock_by_terms([w for w in barring if w.term > 0])
            or case._lock_by_years(barring)
        )
        refusals = [self._self_test_words(locked)] if locked else []
        return {"findings": findings, "refusals": refusals, "errors": errors}

    def _self_test_words(self, refusal):
        return refusal_text(self.env, refusal, self.scheme_id._citation(refusal.clause))

    def _self_test_case(self, award_class, answers):
        """A case that is in no database: the rules ask it as they ask any other."""
        role, size = answers.get("role"), answers.get("size")
        applicant = self.env["award.applicant"].new(
            {
                "name": self.env._("You"),
                "subject": award_class.subject,
                "role": role,
                "size": size,
            }
        )
        choice = award_class.choice_ids.filtered(
            lambda c: c.code == answers.get("choice")
        )
        return self.env["award.application"].new(
            {
                "edition_id": self.id,
                "class_id": award_class.id,
                "choice_id": choice.id,
                "applicant_id": applicant,
            }
        )

    def _self_test_won(self, award_class, answers):
        """The award won before, as the answers tell it: list of `Won`, at most one."""
        code = answers.get("won_class")
        won = self.scheme_id.class_ids.filtered(lambda c: c.code == code)
        if not won:
            return []
        on, year = answers.get("won_on"), answers.get("won_year")
        year = year or (on.year if on else self.award_year - 1)
        term = answers.get("won_term") or 0
        return [Won(term, on, year, self.scheme_id.code, won.title_id.code, won.code)]

    def _self_test_facts(self, case, rules, answers, won):
        agreed = [
            rule
            for rule in rules
            if rule.kind == "recommendation" and answers.get(f"{rule.code}.agreed")
        ]
        elsewhere = [
            self.env._("as answered")
            for rule in rules
            if rule.kind == "no_second_application"
            and answers.get(f"{rule.code}.elsewhere")
        ]
        look_back = case._look_back_day()
        return requirements.Facts(
            base=case._base_day(),
            look_back=look_back,
            award_year=self.award_year,
            tags=case._tags(won),
            registered_on=answers.get("registered_on"),
            operating_since=answers.get("operating_since"),
            working_since=answers.get("working_since"),
            legal_person=bool(answers.get("legal_person")),
            records=self_test.records(
                rules, answers, look_back=look_back, award_year=self.award_year
            ),
            awards=tuple(
                requirements.Prior(w.award, w.award_class, w.year, w.on) for w in won
            ),
            recommenders=tuple(
                tuple(rule.fields) or ("recommender",)
                for rule in agreed
                for _number in range(max(rule.count, 1))
            ),
            elsewhere=tuple(elsewhere[:1]),
            count_days=case._count_days(self.env["award.calendar.year"]._calendar()),
        )

    def _self_test_finding(self, case, row, finding, answers):
        outcome = self_test.outcome(row._as_rule(), finding, answers)
        to_do = translated(self.env, TO_DO[outcome])
        if outcome == self_test.NOT_MET and not finding.blocks:
            to_do = translated(self.env, WARNS)
        return {
            "text": row.display_name,
            "clause": row.clause_id.display_name or "",
            "anchor": row.clause_id.code or "",
            "outcome": outcome,
            "label": translated(self.env, OUTCOMES[outcome]),
            "because": case._finding_sentence(finding),
            "to_do": to_do,
        }

    # -- what was typed -------------------------------------------------------------
    def _self_test_answers(self, form, typed):
        """Typed text as values: (dict name -> value, dict name -> sentence)."""
        answers, errors = {}, {}
        for field in form:
            text = clean_text(typed.get(field["name"])).strip()[:NAME_MAX]
            if not text:
                continue
            try:
                answers[field["name"]] = _READ[field["kind"]](field, text)
            except ValueError:
                errors[field["name"]] = self.env._(
                    "“%(value)s” is not possible here. Check the answer.", value=text
                )
        return answers, errors


def _read_date(_field, text):
    day = fields.Date.to_date(text) if len(text) == 10 else None
    if not isinstance(day, date) or day.year not in YEARS:
        raise ValueError(text)
    return day


def _read_number(_field, text):
    if not (text.isascii() and text.isdigit() and int(text) <= NUMBER_MAX):
        raise ValueError(text)
    return int(text)


def _read_choice(field, text):
    if text not in {key for key, _label in field["options"]}:
        raise ValueError(text)
    return {"yes": True, "no": False}.get(text, text)


_READ = {"date": _read_date, "number": _read_number, "choice": _read_choice}
