"""Each kind of requirement against facts: met, not met, or for a person to judge."""

from dataclasses import replace
from datetime import date
from functools import partial

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import clock, requirements
from odoo.addons.quality_award.rules.requirements import (
    Fact,
    Facts,
    Finding,
    Prior,
    Requirement,
)
from odoo.addons.quality_award.rules.scheme_sections import REQUIREMENT_KINDS

BASE = date(2026, 3, 10)
NOTHING = Facts(base=BASE, look_back=BASE, award_year=2026)


def day(text):
    return date.fromisoformat(text)


def asked(kind, **values):
    return Requirement("r", kind, **values)


def known(*facts, **values):
    return replace(NOTHING, records=facts, **values)


def rank(key, indicator="sales", **values):
    values = {"year": 2025, "rank": 5, "population": 80, "trade": "C35", **values}
    values.setdefault("issuer", "行业协会")
    return Fact(key, "rank", indicator=indicator, **values)


def profit(year, value, **values):
    return Fact(f"p{year}", "profit", year=year, value=value, **values)


class TestRulesRequirements(BaseCase):
    def assertFound(self, requirement, facts, verdict, reason, used=None):
        findings = requirements.check([requirement], facts)
        self.assertEqual(
            [(found.verdict, found.reason) for found in findings], [(verdict, reason)]
        )
        if used is not None:
            self.assertEqual(set(findings[0].used), set(used))
        return findings[0]

    def test_every_kind_of_the_format_has_a_check(self):
        self.assertEqual(
            sorted(REQUIREMENT_KINDS.split("|")), sorted(requirements.KINDS)
        )

    def test_silence_is_never_held_against_the_applicant(self):
        """Without any fact nothing is refused but what the case itself says."""
        from_the_case = {"legal_person": "not_met", "prior_award": "not_met"}
        from_the_case["new_result"] = "met"
        for kind in requirements.KINDS:
            with self.subTest(kind=kind):
                found = requirements.check([asked(kind, years=3, count=3)], NOTHING)
                expected = from_the_case.get(kind, "judge")
                self.assertEqual(found[0].verdict, expected)

    # -- time ----------------------------------------------------------------------
    def test_three_lengths_of_time(self):
        """Registered here, operating, working: each from its own day (R22)."""
        facts = replace(
            NOTHING,
            registered_on=day("2024-01-05"),
            operating_since=day("2001-01-01"),
            working_since=day("2021-03-10"),
        )
        for kind, verdict in (
            ("years_registered", "not_met"),
            ("years_operating", "met"),
            ("years_working", "met"),
        ):
            with self.subTest(kind=kind):
                reason = "years_reached" if verdict == "met" else "years_short"
                self.assertFound(asked(kind, years=5), facts, verdict, reason)

    def test_years_by_basis(self):
        """(since, basis, years there are on 2026-03-10 in award year 2026)."""
        for since, basis, years in (
            ("2021-03-10", "date", 5),
            ("2021-03-11", "date", 4),
            ("2021-01-01", "full_years", 5),
            ("2021-01-02", "full_years", 4),
            ("2021-12-31", "award_years", 5),
            ("2022-01-01", "award_years", 4),
            ("2026-03-11", "date", 0),
        ):
            with self.subTest(since=since, basis=basis):
                facts = replace(NOTHING, registered_on=day(since))
                for needed in (years, years + 1):
                    met = needed == years and day(since) <= BASE
                    found = requirements.check(
                        [asked("years_registered", years=needed, basis=basis)], facts
                    )
                    self.assertEqual(found[0].verdict, "met" if met else "not_met")
                    self.assertEqual(found[0].values["years"], years)

    def test_legal_person(self):
        facts = replace(NOTHING, legal_person=True)
        self.assertFound(asked("legal_person"), facts, "met", "legal_person")
        self.assertFound(asked("legal_person"), NOTHING, "not_met", "no_legal_person")

    # -- figures -------------------------------------------------------------------
    def test_no_loss(self):
        proved = {"exception": "policy_loss", "issuer": "财政局", "number": "1号"}
        spares = frozenset({"policy_loss"})
        good = [profit(2023, 1), profit(2024, 0), profit(2025, 9)]
        for facts, spared, verdict, reason in (
            (good, (), "met", "no_loss"),
            (good[1:], (), "judge", "figures_missing"),
            ([profit(2022, -9), *good], (), "met", "no_loss"),
            ([*good[:2], profit(2025, -1)], (), "not_met", "loss"),
            ([profit(2025, -1)], (), "not_met", "loss"),
            ([*good[:2], profit(2025, -1, **proved)], spares, "met", "loss_spared"),
            ([*good[:2], profit(2025, -1, **proved)], (), "not_met", "loss"),
            (
                [*good[:2], profit(2025, -1, exception="policy_loss")],
                spares,
                "judge",
                "exception_unproved",
            ),
        ):
            with self.subTest(facts=facts, spared=spared):
                requirement = asked("no_loss", years=3, spares=frozenset(spared))
                self.assertFound(requirement, known(*facts), verdict, reason)

    def test_accounts_of_award_years(self):
        """A round that slipped into the next calendar year asks the same years."""
        late = known(profit(2024, 1), profit(2025, -1), award_year=2025)
        requirement = asked("no_loss", years=1, basis="award_years")
        self.assertFound(requirement, late, "met", "no_loss", ["p2024"])
        self.assertFound(asked("no_loss", years=1), late, "not_met", "loss", ["p2025"])

    def test_ranks(self):
        """At least three indicators of the year before, each within the top 5 (R3)."""
        three = [rank(1), rank(2, "tax"), rank(3, "assets")]
        for facts, verdict, reason in (
            (three, "met", "ranks_reached"),
            ([*three, rank(4, "export", rank=60)], "met", "ranks_reached"),
            (three[:2], "not_met", "ranks_short"),
            ([*three[:2], rank(3, "assets", rank=6)], "not_met", "ranks_short"),
            ([*three[:2], rank(3, "tax")], "not_met", "ranks_short"),
            ([*three[:2], rank(3, "assets", year=2024)], "not_met", "ranks_short"),
            ([*three[:2], rank(3, "a", issuer="")], "judge", "ranks_incomplete"),
            ([*three[:2], rank(3, "a", population=None)], "judge", "ranks_incomplete"),
            ([*three[:2], rank(3, "a", population=4)], "judge", "ranks_incomplete"),
            ([*three[:2], rank(3, "a", trade="")], "judge", "ranks_incomplete"),
            ([rank(1, year=2024)], "judge", "nothing_recorded"),
        ):
            with self.subTest(facts=facts):
                requirement = asked("rank", rank_max=5, count=3)
                self.assertFound(requirement, known(*facts), verdict, reason)

    # -- held, given, won ----------------------------------------------------------
    def test_certificate_is_valid_on_the_day(self):
        def held(last, first="2020-01-01", field="quality"):
            first = first and day(first)
            last = last and day(last)
            return Fact(1, "certificate", first=first, last=last, field=field)

        any_of = frozenset({"quality", "environment"})
        for fact, verdict, reason in (
            (held("2026-03-10"), "met", "valid_on_day"),
            (held("2026-03-09"), "not_met", "expired"),
            (held("2030-01-01", "2026-03-11"), "not_met", "expired"),
            (held("2030-01-01", None, "environment"), "met", "valid_on_day"),
            (held("2030-01-01", None, "health"), "judge", "nothing_recorded"),
            (held(None), "judge", "validity_unknown"),
        ):
            with self.subTest(fact=fact):
                requirement = asked("certificate", fields=any_of)
                self.assertFound(requirement, known(fact), verdict, reason)

    def test_honour(self):
        for on, years, verdict in (
            ("2000-01-01", 0, "met"),
            ("2023-03-10", 3, "met"),
            ("2023-03-09", 3, "not_met"),
            (None, 3, "judge"),
        ):
            with self.subTest(on=on):
                fact = Fact(1, "honour", on=on and day(on))
                found = requirements.check([asked("honour", years=years)], known(fact))
                self.assertEqual(found[0].verdict, verdict)

    def test_prior_award(self):
        """Award or class, in an earlier award year, however long ago."""
        gold = Prior("gold", "gold_person", 2025)
        for awards, prior, years, verdict in (
            ([gold], "gold", 0, "met"),
            ([gold], "gold_person", 0, "met"),
            ([gold], "gold_organisation", 0, "not_met"),
            ([], "gold", 0, "not_met"),
            ([replace(gold, year=2026)], "gold", 0, "not_met"),
            ([replace(gold, year=2022)], "gold", 3, "not_met"),
            ([replace(gold, year=2023)], "gold", 3, "met"),
        ):
            with self.subTest(awards=awards, prior=prior, years=years):
                facts = replace(NOTHING, awards=tuple(awards))
                found = requirements.check(
                    [asked("prior_award", prior=prior, years=years)], facts
                )
                self.assertEqual(found[0].verdict, verdict)

    def test_notice_inside_the_unit(self):
        calendar = clock.Calendar(dict.fromkeys(clock.known_years(), "notice"))
        working = partial(
            clock.notice_days,
            unit="working_day",
            calendar=calendar,
            first_day="include",
        )

        def shown(first, last):
            return Fact(1, "in_house_notice", first=day(first), last=day(last))

        for fact, counts, verdict in (
            (shown("2026-03-02", "2026-03-06"), None, "met"),
            (shown("2026-03-02", "2026-03-05"), None, "not_met"),
            (shown("2026-03-05", "2026-03-09"), working, "not_met"),
            (shown("2026-03-03", "2026-03-09"), working, "met"),
            (shown("2026-03-08", "2026-03-20"), None, "judge"),
            (Fact(1, "in_house_notice"), None, "judge"),
        ):
            with self.subTest(fact=fact):
                facts = known(fact)
                if counts:
                    facts = replace(facts, count_days=counts)
                found = requirements.check([asked("in_house_notice", count=5)], facts)
                self.assertEqual(found[0].verdict, verdict)

    def test_new_result(self):
        won = (Prior("a", "c", 2023, day("2023-10-01")),)
        for fact, verdict in (
            (Fact(1, "new_result", on=day("2023-10-02")), "met"),
            (Fact(1, "new_result", on=day("2023-10-01")), "not_met"),
            (Fact(1, "new_result", year=2024), "met"),
            (Fact(1, "new_result", year=2023), "not_met"),
        ):
            with self.subTest(fact=fact):
                found = requirements.check(
                    [asked("new_result")], known(fact, awards=won)
                )
                self.assertEqual(found[0].verdict, verdict)

    def test_second_application(self):
        requirement = asked("no_second_application")
        for values, verdict, reason in (
            ({"elsewhere": ("区长质量奖",)}, "not_met", "applied_elsewhere"),
            ({"elsewhere_known": True}, "met", "register_searched"),
            ({"records": (Fact(1, "declaration", indicator="r"),)}, "met", "declared"),
            (
                {"records": (Fact(1, "declaration", indicator="x"),)},
                "judge",
                "nothing_recorded",
            ),
        ):
            with self.subTest(values=values):
                facts = replace(NOTHING, **values)
                self.assertFound(requirement, facts, verdict, reason)

    # -- exclusions ----------------------------------------------------------------
    def test_penalties_are_judged_and_never_refused(self):
        """(penalties that count, severity, verdict); the literal text refuses (R16)."""
        for penalties, severity, verdict in (
            ("any", "warning", "judge"),
            ("any", "criminal", "judge"),
            ("serious", "fine", "met"),
            ("serious", "major_fine", "judge"),
            ("serious", "", "judge"),
            ("none", "criminal", "met"),
        ):
            with self.subTest(penalties=penalties, severity=severity):
                fact = Fact(1, "penalty", on=day("2025-01-01"), severity=severity)
                clean = Fact(2, "check")
                found = requirements.check(
                    [asked("no_incident", years=3, penalties=penalties)],
                    known(fact, clean),
                )
                self.assertEqual(found[0].verdict, verdict)

    def test_incidents_in_the_look_back(self):
        """Inclusive at both ends, of the field asked for, by each basis."""
        safety = frozenset({"safety"})
        for on, field, basis, verdict in (
            ("2023-03-10", "safety", "date", "not_met"),
            ("2023-03-09", "safety", "date", "met"),
            ("2026-03-10", "safety", "date", "not_met"),
            ("2025-01-01", "tax", "date", "met"),
            ("2025-01-01", "", "date", "judge"),
            (None, "safety", "date", "judge"),
            ("2023-01-01", "safety", "full_years", "not_met"),
            ("2026-01-01", "safety", "full_years", "met"),
            ("2022-12-31", "safety", "award_years", "met"),
        ):
            with self.subTest(on=on, field=field, basis=basis):
                fact = Fact(1, "incident", on=on and day(on), field=field)
                clean = Fact(2, "check", field="safety")
                requirement = asked("no_incident", years=3, fields=safety, basis=basis)
                found = requirements.check([requirement], known(fact, clean))
                self.assertEqual(found[0].verdict, verdict)

    def test_look_back_by_kind_of_penalty(self):
        """Two rows of a scheme look back differently from the day it names."""
        tax = asked("no_incident", years=2, fields=frozenset({"tax"}))
        crime = asked("no_incident", years=5, fields=frozenset({"crime"}))
        crime = replace(crime, code="crime")
        facts = known(
            Fact(1, "penalty", on=day("2023-06-01"), field="tax", severity="fine"),
            Fact(2, "penalty", on=day("2023-06-01"), field="crime", severity="fine"),
            Fact(3, "check"),
        )
        found = requirements.check([tax, crime], facts)
        self.assertEqual([f.verdict for f in found], ["met", "judge"])
        self.assertEqual(found[1].used, (2,))
        earlier = replace(facts, look_back=day("2025-03-10"))
        found = requirements.check([tax, crime], earlier)
        self.assertEqual([f.verdict for f in found], ["judge", "judge"])

    def test_nothing_adverse_needs_somebody_who_looked(self):
        both = frozenset({"tax", "safety"})
        for fields, verdict in (((), "judge"), (("tax",), "judge"), (both, "met")):
            with self.subTest(fields=fields):
                facts = known(*(Fact(f, "check", field=f) for f in fields))
                found = requirements.check(
                    [asked("no_incident", years=3, fields=both)], facts
                )
                self.assertEqual(found[0].verdict, verdict)

    # -- together ------------------------------------------------------------------
    def test_consequences(self):
        """(on_fail, verdict, blocks) of a requirement that is not met."""
        for on_fail, verdict, blocks in (
            ("refuse", "not_met", True),
            ("judge", "judge", True),
            ("warn", "not_met", False),
        ):
            with self.subTest(on_fail=on_fail):
                found = requirements.check(
                    [asked("legal_person", on_fail=on_fail)], NOTHING
                )
                self.assertEqual((found[0].verdict, found[0].blocks), (verdict, blocks))

    def test_alternatives(self):
        """One of a group suffices; while one is open none is refused."""
        person = Requirement("person", "legal_person", group="g")
        prior = Requirement("prior", "prior_award", group="g", prior="gold")
        honour = Requirement("honour", "honour", group="g")
        won = (Prior("gold", "c", 2020),)
        for rows, facts, verdicts in (
            ((person, prior), NOTHING, ["not_met", "not_met"]),
            ((person, prior), replace(NOTHING, awards=won), ["met", "met"]),
            ((person, prior, honour), NOTHING, ["judge", "judge", "judge"]),
            (
                (person, replace(prior, group="")),
                replace(NOTHING, awards=won),
                ["not_met", "met"],
            ),
        ):
            with self.subTest(rows=rows):
                found = requirements.check(rows, facts)
                self.assertEqual([f.verdict for f in found], verdicts)
        found = requirements.check((person, prior), replace(NOTHING, awards=won))
        self.assertEqual(
            found[0], Finding("person", "met", "alternative_met", {"other": "prior"})
        )

    def test_applies_to(self):
        small = asked("legal_person", applies_to=frozenset({"small"}))
        self.assertEqual(requirements.check([small], NOTHING), [])
        facts = replace(NOTHING, tags=frozenset({"small", "enterprise"}))
        self.assertFound(small, facts, "not_met", "no_legal_person")

    def test_unknown_words(self):
        with self.assertRaises(KeyError):
            requirements.check([asked("horoscope")], NOTHING)
        with self.assertRaises(ValueError):
            requirements.window(asked("honour", basis="moons"), NOTHING)
