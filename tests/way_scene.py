"""An edition that is open, and everybody who walks the whole way through it.

Nothing is registered yet: what there is in the end was made in the pages.
"""

from tests import shell

SCRIPT = """
from odoo.addons.quality_award.tests.application.common import (
    KindsVocabulary, identity_number)

window(12, begun=2)

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
        user = w._new_user(login, "base.group_portal")
        user.name = "某某市某某区途中精密机械制造有限公司"  # as long as they are
        people[f"{subject}_{size}"] = user.login
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
made(**{
    "edition": edition.id, "people": people, "forms": forms,
    "roles": {role: user.login for role, user in w.roles.items()},
})
"""


def build(database: str) -> dict:
    """Make the scene; logins, and what each applicant fills in."""
    return shell.build(database, SCRIPT)
