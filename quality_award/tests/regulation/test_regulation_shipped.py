"""The shipped files: each loads, exports what was loaded, and checks clean."""

from datetime import date

from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.rules import criteria_check, scheme_check
from odoo.addons.quality_award.rules.scheme_references import family_key
from odoo.addons.quality_award.tests.common import put_in_force

from .common import (
    LAYER,
    RegulationCase,
    articles,
    criteria_of,
    latest,
    merged,
    row,
    shipped,
)

LAWS = ("anhui_2010", "chengdu_2012", "shanghai_2016")
LAYERS = ("anhui_2011", "chengdu_2014", "shanghai_2017")
INDIVIDUALS = ("baoding_individual", "baoding_individual_weighted")
#: What a law alone leaves so open that no edition can run under it.
MISSING = {
    "anhui_2010": [("figure_missing", "notice_days")],
    "shanghai_2016": [("figure_missing", "defence_max")],
}
#: Scored leaves of each of the trees for individuals.
LEAVES = {"leaders": 15, "middle": 12, "employees": 11, "others": 2}


def known_criteria():
    """What `scheme_check` is given, the newest editions under their families."""
    known = {name: criteria_of(name) for name in shipped("criteria")}
    families = {data["family"] for data in known.values() if "family" in data}
    for family in families:
        known[family_key(family)] = known[latest(family, "9999-12-31")]
    return known


def leaves(data):
    return [one for one in data["items"] if one["kind"] in criteria_check.SCORED]


def categories(data):
    return [one["points"] for one in data["items"] if one["kind"] == "category"]


@tagged("post_install", "-at_install")
class TestShippedCriteria(BaseCase):
    maxDiff = None

    def test_criteria_do_not_contradict_themselves(self):
        for name in shipped("criteria"):
            with self.subTest(name=name):
                self.assertEqual(criteria_of(name)["code"], name)
                self.assertEqual(criteria_check.check_criteria(criteria_of(name)), [])

    def test_points_of_the_editions(self):
        """Both editions have 7 parts and 1000 points, differently shared out."""
        for name, items, parts in [
            ("gbt19580_2004", 22, [100, 80, 90, 120, 110, 100, 400]),
            ("gbt19580_2012", 23, [110, 90, 90, 130, 100, 80, 400]),
        ]:
            data = criteria_of(name)
            self.assertEqual(len(leaves(data)), items)
            self.assertEqual(categories(data), [100 * points for points in parts])
            self.assertEqual((data["family"], data["total"]), ("gbt19580", 100_000))

    def test_source_says_what_is_unconfirmed(self):
        for name in shipped("criteria"):
            source = criteria_of(name)["source"]
            said = "确认" in source or name.startswith("baoding_")
            self.assertTrue(said, name)

    def test_trees_for_individuals(self):
        for role, count in LEAVES.items():
            plain = criteria_of(f"baoding_{role}")
            equal = criteria_of(f"baoding_{role}_equal")
            self.assertEqual(
                (len(leaves(plain)), plain["total"], plain["scale"]),
                (count, 0, "rating"),
            )
            self.assertEqual({one["points"] for one in plain["items"]}, {0})
            self.assertNotIn("percent", set().union(*plain["ratings"]))
            shares = {one["points"] for one in leaves(equal)}
            self.assertEqual((shares, equal["total"]), ({66_000 // count}, 66_000))
            self.assertEqual(
                [one["percent"] for one in equal["ratings"]], [100, 75, 50, 0]
            )
            numbers = [[one["number"] for one in d["items"]] for d in (plain, equal)]
            self.assertEqual(*numbers)

    def test_sector_variants(self):
        """Under one class applicants of a sector may have criteria of their own."""
        data = {**merged(LAYER)}
        data["choices"] = [
            {
                "class": "organisation",
                "code": "small",
                "by": "sector",
                "criteria": "shanghai_small_enterprise",
                "name_zh": "小企业",
                "clause": "5",
            }
        ]
        self.assertEqual(scheme_check.check_scheme(data, known_criteria()), [])
        data["choices"][0]["criteria"] = "nowhere"
        found = scheme_check.check_scheme(data, known_criteria())
        self.assertEqual([problem.code for problem in found], ["unknown_reference"])


@tagged("post_install", "-at_install")
class TestShippedSchemes(BaseCase):
    maxDiff = None

    def test_all_files_are_known(self):
        self.assertEqual(shipped("schemes"), sorted(LAWS + LAYERS + INDIVIDUALS))

    def test_layers_can_run(self):
        for name in LAYERS + INDIVIDUALS:
            with self.subTest(name=name):
                data = merged(name)
                found = scheme_check.check_scheme(data, known_criteria())
                self.assertEqual([tuple(problem) for problem in found], [])
                self.assertEqual(scheme_check.open_points(data), [])

    def test_laws_leave_open_only_what_they_do_not_say(self):
        for name in LAWS:
            found = scheme_check.check_scheme(merged(name), known_criteria())
            codes = [(p.code, p.values.get("parameter")) for p in found]
            self.assertEqual(codes, MISSING.get(name, []), name)
            said = {one["code"] for one in merged(name)["parameters"]}
            left = {
                p.values.get("parameter")
                for p in scheme_check.open_points(merged(name))
                if p.code == "silent"
            }
            self.assertFalse(left & said)
            self.assertTrue(left)

    def test_every_record_has_its_clause(self):
        for name in shipped("schemes"):
            data = merged(name)
            known = {clause["code"] for clause in data["clauses"]}
            for section, rows in data.items():
                if isinstance(rows, list) and section != "clauses":
                    named = {one.get("clause") for one in rows}
                    self.assertLessEqual(named, known, (name, section))

    def test_layers_add_agency_decisions_only(self):
        """No layer changes what an article says: its clauses are decisions."""
        for law, layer in zip(LAWS, LAYERS, strict=True):
            of_law = {clause["code"]: clause for clause in merged(law)["clauses"]}
            for clause in merged(layer)["clauses"]:
                if clause["code"] in of_law:
                    self.assertEqual(clause, of_law[clause["code"]])
                else:
                    self.assertEqual(clause["mark"], "agency_decision")
                    self.assertIn("按本届方案执行", clause["citation_zh"])

    def test_every_text_is_in_both_languages(self):
        for name in shipped("schemes"):
            data = merged(name)
            for section, rows in data.items():
                for one in rows if isinstance(rows, list) else [data]:
                    for key in [key for key in one if key.endswith("_zh")]:
                        english = one.get(f"{key[:-3]}_en")
                        self.assertTrue(english, (name, section, one))

    def test_uses_of_money_are_open_lists(self):
        for name in LAWS:
            uses = row(merged(name), "parameters", "prize_uses")
            self.assertTrue(uses["value"][-1].startswith("其他"), name)
            self.assertTrue(uses["note_zh"], name)

    def test_acceptance_stands_where_the_scheme_puts_it(self):
        for name, expected in [
            ("anhui_2010", "recommendation"),
            ("shanghai_2016", "qualification"),
            ("chengdu_2012", "qualification"),
        ]:
            (kind,) = [s["kind"] for s in merged(name)["stages"] if s["accepts"]]
            self.assertEqual(kind, expected, name)

    def test_registered_and_operating_are_two_dates(self):
        for name, expected in [
            ("anhui_2010", ("years_operating", 3)),
            ("shanghai_2016", ("years_operating", 5)),
            ("chengdu_2012", ("years_registered", 5)),
        ]:
            (found,) = [
                (one["kind"], one["years"])
                for one in merged(name)["requirements"]
                if one["kind"] in {"years_registered", "years_operating"}
            ]
            self.assertEqual(found, expected, name)

    def test_every_law_asks_for_adoptions(self):
        for name in LAWS:
            subjects = {one["subject"] for one in merged(name)["adoptions"]}
            self.assertLessEqual({"criteria", "rules", "plan"}, subjects, name)

    def test_articles_of_the_laws(self):
        for name, count in zip(LAWS, (30, 25, 36), strict=True):
            self.assertEqual(articles(merged(name)), list(range(1, count + 1)))


@tagged("post_install", "-at_install")
class TestShippedLoaded(RegulationCase):
    maxDiff = None

    def test_each_file_loads_and_exports_what_was_loaded(self):
        for name in shipped("schemes"):
            with self.subTest(name=name):
                scheme = self.schemes._import_shipped(name)
                self.assertEqual(scheme._export(), merged(name))
                self.assertEqual(self.schemes._import_shipped(name), scheme)
                used = scheme.class_ids.criteria_id | scheme.choice_ids.criteria_id
                for criteria in used:
                    self.assertEqual(criteria._export(), criteria_of(criteria.code))

    def test_layers_are_published(self):
        """Who loads a layer can publish it at once; nothing is left open."""
        for name in LAYERS + INDIVIDUALS:
            with self.subTest(name=name):
                scheme = self.schemes._import_shipped(name)
                self.assertEqual(scheme._open_points(), [])
                put_in_force(scheme)
                self.assertEqual(scheme.state, "published")

    def test_laws_alone_are_checked(self):
        for name in LAWS:
            found = self.schemes._import_shipped(name)._problems()
            self.assertEqual([problem.code for problem in found], [
                code for code, _parameter in MISSING.get(name, [])
            ])

    def test_latest_criteria_on_a_day(self):
        """An edition announced before August 2012 is judged by the older criteria."""
        self.schemes._import_shipped(LAYER)  # brings the newer edition alone
        scheme = self.schemes._import_shipped("anhui_2011")
        for day, expected in [
            (date(2011, 6, 30), "gbt19580_2004"),
            (date(2012, 7, 31), "gbt19580_2004"),
            (date(2012, 8, 1), "gbt19580_2012"),
        ]:
            found = scheme.class_ids._criteria_on(day)
            self.assertEqual(found.code, expected, day)
        self.assertFalse(scheme.class_ids._criteria_on(date(2004, 12, 31)))

    def test_no_application_costs_anything(self):
        """The fee of every law is 0, and nothing of a case could hold another."""
        for name in LAWS:
            self.assertEqual(row(merged(name), "parameters", "fee")["value"], 0)
        for model in ("award.application", "award.submission", "award.qualification"):
            money = [
                name
                for name, field in self.env[model]._fields.items()
                if field.type == "monetary"
                or (field.comodel_name or "").startswith(("account.", "payment."))
            ]
            self.assertEqual(money, [], model)

    def test_criteria_follow_the_role_of_a_person(self):
        scheme = self.schemes._import_shipped("baoding_individual")
        day = date(2020, 1, 1)
        self.assertEqual(
            {c.code: c._criteria_on(day).code for c in scheme.choice_ids},
            {role: f"baoding_{role}" for role in LEAVES},
        )
