"""Points of the public: what is read and what is not."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import survey


class TestRulesSurvey(BaseCase):
    def test_points(self):
        for text, expected in [
            ("87", 8700),
            ("87.5", 8750),
            (" 87,25 ", 8725),
            ("0", 0),
            ("87.555", None),
            ("-1", None),
            ("1e3", None),
            ("", None),
            (None, None),
            ("八十", None),
        ]:
            with self.subTest(text=text):
                self.assertEqual(survey.read_points(text), expected)

    def test_table(self):
        text = "# 编号\t得分\n3-0001\t87.5\n\n3-0002;90\n3-0003  61,25\n3-0004 7\n"
        self.assertEqual(
            survey.read_table(text),
            ({"3-0001": 8750, "3-0002": 9000, "3-0003": 6125, "3-0004": 700}, []),
        )

    def test_every_line_that_is_not_understood(self):
        text = "3-0001\n3-0002\tviel\n3-0003\t1\n3-0003\t2\n3-0004\t1\t2"
        self.assertEqual(
            survey.read_table(text),
            (
                {"3-0003": 100},
                [
                    (1, "no_columns", "3-0001"),
                    (2, "not_points", "viel"),
                    (4, "twice", "3-0003"),
                    (5, "no_columns", "3-0004\t1\t2"),
                ],
            ),
        )
