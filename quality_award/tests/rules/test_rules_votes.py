"""Majorities in whole numbers, and counts of ballots that add up."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules.votes import ballot_problem, reaches


class TestRulesVotes(BaseCase):
    def test_reaches(self):
        for count, base, majority, expected in [
            (6, 9, "two_thirds", True),
            (5, 9, "two_thirds", False),
            (5, 8, "two_thirds", False),
            (6, 8, "two_thirds", True),
            (7, 10, "two_thirds", True),
            (66, 100, "two_thirds", False),
            (4, 8, "half", False),
            (5, 8, "half", True),
            (5, 9, "half", True),
            (8, 9, "all", False),
            (9, 9, "all", True),
            (0, 0, "all", False),
            (0, 0, "two_thirds", False),
        ]:
            with self.subTest(count=count, base=base, majority=majority):
                self.assertEqual(reaches(count, base, majority), expected)

    def test_reaches_refuses_nonsense(self):
        for arguments in [(1, 2, "most"), (-1, 2, "half"), (1, -2, "half")]:
            with self.subTest(arguments=arguments), self.assertRaises(ValueError):
                reaches(*arguments)

    def test_ballots(self):
        for row, problem in [
            ((9, 9, 9, 9, 0, 0), None),
            ((9, 8, 7, 4, 2, 1), None),
            ((0, 0, 0, 0, 0, 0), None),
            ((9, 10, 9, 9, 0, 0), "returned_above_issued"),
            ((9, 8, 9, 9, 0, 0), "valid_above_returned"),
            ((9, 9, 9, 8, 0, 0), "votes_differ_from_valid"),
            ((9, 9, 9, 10, -1, 0), "negative"),
        ]:
            with self.subTest(row=row):
                self.assertEqual(ballot_problem(*row), problem)
