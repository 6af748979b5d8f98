"""Shared by the tests of the regulation: the shipped files, and an administrator."""

import copy

from odoo.tests import TransactionCase, new_test_user

from odoo.addons.quality_award.models.base.refusal import AwardRefusal
from odoo.addons.quality_award.models.regulation.exchange import read_shipped
from odoo.addons.quality_award.rules import scheme_format

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
        scheme.action_publish()
        cls.env.flush_all()
        return scheme

    def assertRefused(self, codes, function, *args, **kwargs):
        with self.assertRaises(AwardRefusal) as caught:
            function(*args, **kwargs)
        self.assertEqual(caught.exception.codes, codes)
        return str(caught.exception)
