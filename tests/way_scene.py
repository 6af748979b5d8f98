"""An edition that is open, and everybody who walks the whole way through it.

Nothing is registered yet: what there is in the end was made in the pages.
"""

import json
import re

from scripts import databases, paths

SCRIPT = """
import json
import sys
from datetime import datetime, timedelta
from passlib.context import CryptContext
from odoo.addons.quality_award.tests.application.common import (
    KindsVocabulary, identity_number)

common = sys.modules["odoo.addons.quality_award.tests.common"]
now = datetime.utcnow().replace(microsecond=0)
common.NOW = now - timedelta(days=2)
common.WINDOW = (now - timedelta(days=12), now + timedelta(days=20))
quick = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
type(env["res.users"])._crypt_context = lambda self: quick

class Ground:
    @classmethod
    def setUpClass(cls):
        cls.env = env
    @classmethod
    def addClassCleanup(cls, *args, **kwargs):
        pass

class World(KindsVocabulary, Ground):
    pass

World.setUpClass()
w = World
asked = [
    {"code": "years", "kind": "years_registered", "years": 3,
     "classes": ["organisation"], "text_zh": "登记3年以上"},
    {"code": "working", "kind": "years_working", "years": 5, "classes": ["individual"],
     "text_zh": "从事质量工作5年以上"},
    {"code": "consent", "kind": "employer_consent", "classes": ["individual"],
     "text_zh": "所在单位同意申报"},
    {"code": "licence", "kind": "document", "classes": ["organisation"],
     "text_zh": "登记证明"},
]
scheme = w.new_scheme([("handling_body_forbidden", None)], requirements=asked)
edition = w.open_edition(scheme, term=60)
w.frozen.move_to(now)
people = {}
for size in ("phone", "desk"):
    for subject in ("organisation", "individual"):
        login = f"{subject[:3]}_{size}@a.cn"
        people[f"{subject}_{size}"] = w._new_user(login, "base.group_portal").login
numbers = {"phone": 8101, "desk": 8102}
forms = {}
for size, number in numbers.items():
    for subject in ("organisation", "individual"):
        values = {**w.values_for(subject, number), "trade_id": w.trade.id,
                  "address": "某路1号"}
        forms[f"{subject}_{size}"] = values
    forms[f"organisation_{size}"]["name"] = f"途中{size}有限公司"
    forms[f"individual_{size}"]["name"] = {"phone": "李途", "desk": "张途"}[size]
    forms[f"individual_{size}"]["identity_number"] = identity_number(number % 1000)
env["res.users"].search([]).write({"lang": "en_US"})
env.cr.commit()
print("SCENE" + json.dumps({
    "edition": edition.id, "people": people, "forms": forms,
    "roles": {role: user.login for role, user in w.roles.items()},
}) + "END")
"""


def build(database: str) -> dict:
    """Make the scene; logins, and what each applicant fills in."""
    log = paths.LOGS / f"way-{database}.log"
    databases.run_odoo(
        "shell", "-d", database, "--no-http", log=log, stdin=f"exec({SCRIPT!r})\n"
    )
    found = re.search(r"SCENE(.*)END", log.read_text())
    if not found:
        raise paths.SetupError(f"no scene; see the end of {log}")
    return json.loads(found[1])
