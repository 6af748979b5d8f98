"""Applicants with drafts in an open edition, for the tests at the applicant's pages."""

from tests import shell

SCRIPT = """
from odoo.addons.quality_award.tests.common import AwardVocabulary

window(10)

class Scene(AwardVocabulary, Ground):
    pass

Scene.setUpClass()
s = Scene
draft, ready, racing = s.register(3)
s.write_up(ready | racing)
colleague = s._new_user("colleague_two", "base.group_portal")
env["award.applicant.member"].create(
    {"applicant_id": draft.applicant_id.id, "user_id": colleague.id})
env["res.users"].search([])
made(**{
    "colleague": colleague.login,
    **{name: {"id": case.id, "login": s.applicant_of(case).login}
       for name, case in (("draft", draft), ("ready", ready), ("racing", racing))},
})
"""


def build(database: str) -> dict:
    """Make the scene; return the ids of its cases and who writes them.

    The cases: `draft` is empty and has a second writer (`colleague`), `ready` and
    `racing` lack nothing.
    """
    return shell.build(database, SCRIPT)
