from odoo.exceptions import MissingError
from odoo.tests import tagged

from ..application.files import pdf, stream
from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewFiles(ReviewCommon):
    """Experts open the files of the versions that are open to them, and no others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.draft, cls.mine, cls.theirs = cls.write_up(cls.register(3))
        cls.files = {
            case: cls.bring(case, pages)
            for pages, case in enumerate((cls.draft, cls.mine, cls.theirs), 1)
        }
        cases = cls.mine | cls.theirs
        cls.submit(cases)
        cls.recommend(cases)
        cls.qualify(cases)
        cls.panel = cls.staffed("甲组", cls.mine)
        cls.other = cls.staffed("乙组", cls.theirs)
        for panel in (cls.panel, cls.other):
            cls.declare_none(panel)

    @classmethod
    def bring(cls, case, pages):
        """Evidence of so many pages: no two cases have the same file."""
        taken, _refused = cls.as_applicant(case)._portal_upload(
            case.id, "evidence", "evidence", [stream("证书.pdf", pdf(pages))]
        )
        return taken

    def test_who_opens_what(self):
        names = {self.draft: "draft", self.mine: "mine", self.theirs: "theirs"}
        for user, expected in (
            (self.office, {"draft", "mine", "theirs"}),
            (self.leader(self.panel), {"mine"}),
            (self.members(self.panel)[2], {"mine"}),
            (self.leader(self.other), {"theirs"}),
            (self.applicant_of(self.mine), {"mine"}),
            (self.new_expert("unassigned").user_id, set()),
            (self.roles["finance"], set()),
        ):
            opened = set()
            for case, file in self.files.items():
                try:
                    self.env["award.file"].with_user(user)._opened(file.id)
                except MissingError:
                    continue
                opened.add(names[case])
            with self.subTest(user.login):
                self.assertEqual(opened, expected)
