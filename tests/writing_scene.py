"""Applicants with drafts in an open edition, for the tests at the applicant's pages."""

import json
import re

from scripts import databases, paths

SCRIPT = """
import json
import sys
from datetime import datetime, timedelta
from passlib.context import CryptContext
from odoo.addons.quality_award.tests.common import AwardVocabulary

common = sys.modules["odoo.addons.quality_award.tests.common"]
now = datetime.utcnow().replace(microsecond=0)
common.NOW = now
common.WINDOW = (now - timedelta(days=10), now + timedelta(days=20))
# Passwords are hashed cheaply here, and keep their meaning.
quick = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
type(env["res.users"])._crypt_context = lambda self: quick

class Ground:
    @classmethod
    def setUpClass(cls):
        cls.env = env
    @classmethod
    def addClassCleanup(cls, *args, **kwargs):
        pass

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
env.cr.commit()
print("SCENE" + json.dumps({
    "colleague": colleague.login,
    **{name: {"id": case.id, "login": s.applicant_of(case).login}
       for name, case in (("draft", draft), ("ready", ready), ("racing", racing))},
}) + "END")
"""


def build(database: str) -> dict:
    """Make the scene; return the ids of its cases and who writes them.

    The cases: `draft` is empty and has a second writer (`colleague`), `ready` and
    `racing` lack nothing.
    """
    log = paths.LOGS / f"writing-{database}.log"
    databases.run_odoo(
        "shell", "-d", database, "--no-http", log=log, stdin=f"exec({SCRIPT!r})\n"
    )
    found = re.search(r"SCENE(.*)END", log.read_text())
    if not found:
        raise paths.SetupError(f"no scene; see the end of {log}")
    return json.loads(found[1])
