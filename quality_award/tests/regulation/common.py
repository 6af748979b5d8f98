"""Shared by the tests of the regulation: the shipped files, and an administrator."""

import copy
from functools import cache

from odoo.tests import TransactionCase, new_test_user

from odoo.addons.quality_award.models.base.refusal import AwardRefusal
from odoo.addons.quality_award.models.regulation.exchange import (
    read_shipped,
)
from odoo.addons.quality_award.models.regulation.exchange import (
    shipped_names as shipped,
)
from odoo.addons.quality_award.rules import scheme_format
from odoo.addons.quality_award.tests.common import put_in_force

LAW = "chengdu_2012"
LAYER = "chengdu_2014"
CRITERIA = "gbt19580_2012"


def complete():
    """The complete dicts: the law, the layer over it, and the criteria."""
    law, law_problems = scheme_format.read_scheme(read_shipped("schemes", LAW))
    layer, problems = scheme_format.read_scheme(read_shipped("schemes", LAYER), law)
    criteria, wrong = scheme_format.read_criteria(read_shipped("criteria", CRITERIA))
    assert not (law_problems or problems or wrong)
    return law, layer, criteria


@cache
def merged(name):
    """The complete dict of a shipped scheme over those that it extends."""
    data = read_shipped("schemes", name)
    parent = data.get("extends")
    below = merged(f"{parent['code']}_{parent['version']}") if parent else None
    complete_dict, problems = scheme_format.read_scheme(data, below)
    assert not problems, problems
    return complete_dict


@cache
def criteria_of(name):
    """The complete dict of shipped criteria."""
    found, problems = scheme_format.read_criteria(read_shipped("criteria", name))
    assert not problems, problems
    return found


def row(data, section, code, **key):
    """The record of a section with this code."""
    found = [
        one
        for one in data[section]
        if one.get("code", one.get("number")) == code
        and all(one.get(name) == value for name, value in key.items())
    ]
    assert len(found) == 1, (section, code, found)
    return found[0]


class RegulationCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Agency under Test"})
        cls.admin = cls.user("regulation_admin", "quality_award.group_admin")
        cls.schemes = cls.env["award.scheme"].with_user(cls.admin)
        cls.law, cls.layer, cls.criteria_dict = map(copy.deepcopy, complete())

    @classmethod
    def user(cls, login, group):
        return new_test_user(
            cls.env,
            login=login,
            groups=group,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    @classmethod
    def published(cls):
        scheme = cls.schemes._import_shipped(LAYER)
        put_in_force(scheme)
        cls.env.flush_all()
        return scheme

    def assertRefused(self, codes, function, *args, **kwargs):
        with self.assertRaises(AwardRefusal) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.codes, codes)
        return str(caught.exception)


# -- a scheme in short, for tables -------------------------------------------------
def articles(data):
    """The numbers of the articles of a law, each once."""
    codes = (clause["code"].split("-")[0] for clause in data["clauses"])
    return sorted({int(code) for code in codes if code.isdigit()})


def figures(data):
    """Code of each parameter for all classes and stages -> its value and clause."""
    return {
        one["code"]: (one["value"], one["clause"])
        for one in data["parameters"]
        if not (one.get("class") or one.get("stage"))
    }


def silent(law, layer):
    """Parameters of the layer that the law does not have, each an agency decision."""
    marks = {clause["code"]: clause["mark"] for clause in layer["clauses"]}
    added = {
        one["code"]: marks[one["clause"]]
        for one in layer["parameters"]
        if one["code"] not in {known["code"] for known in law["parameters"]}
    }
    assert set(added.values()) == {"agency_decision"}, added
    return sorted(added)


def conditions(data):
    """Clause, kind, years and consequence of each requirement."""
    keys = ("clause", "kind", "years", "on_fail")
    return [tuple(one[key] for key in keys) for one in data["requirements"]]


def stages(data):
    """Kind, body, and the list adopted or shown at each stage."""
    return [
        (one["kind"], one.get("body"), one.get("list") or one.get("of_list"))
        for one in data["stages"]
    ]


def latest(family, day):
    """The edition of a family of criteria in force on a day (ISO)."""
    editions = [criteria_of(name) for name in shipped("criteria")]
    own = [one for one in editions if one.get("family") == family]
    known = [one for one in own if one["valid_from"] <= day]
    return max(known, key=lambda c: c["valid_from"])["code"]
