"""A database for tests of the public and portal pages: two parties, two agencies.

`mallory` acts for applicants of her own; everything of `victor`, of the office and of
the other agency bears `MARKER`, which no page of hers may show.
"""

from tests import shell

MARKER = "MARKERQZX"
SCRIPT = """
from odoo.addons.quality_award.tests.application.common import (
    KindsVocabulary, identity_number)

window(12, begun=2)
MARK = %(marker)r

class World(KindsVocabulary, Ground):
    pass

World.setUpClass()
w = World
asked = [
    {"code": "working", "kind": "years_working", "years": 5, "classes": ["individual"],
     "text_zh": "从事质量工作5年以上"},
    {"code": "consent", "kind": "employer_consent", "classes": ["individual"],
     "text_zh": "所在单位同意申报"},
    {"code": "posted", "kind": "in_house_notice", "classes": ["individual"], "count": 5,
     "text_zh": "单位内部公示"},
    {"code": "licence", "kind": "document", "text_zh": "登记证明"},
    {"code": "penalty", "kind": "no_incident", "years": 3, "penalties": "any",
     "on_fail": "judge", "text_zh": "近3年无不良记录"},
]
scheme = w.new_scheme(requirements=asked)
edition = w.open_edition(scheme, term=50)
w.edition = edition

def person(login):
    user = w._new_user(login, "base.group_portal")
    user.name = login[:6].capitalize()
    return user

mallory, victor, reader = (person(x) for x in ("mallory", "victor", "reader@a.cn"))
for login in ("newcomer@a.cn", "second@a.cn", "reader2@a.cn"):
    person(login)

def entered(subject, user, **values):
    return w.enter(subject, edition=edition, user=user, **values)

own = [entered("individual", mallory, name="某甲"), entered("organisation", mallory),
       entered("project", mallory)]
door = env["award.application"].with_user(victor)
theirs = entered("individual", victor, name=MARK + "人", liaison_name=MARK + "联",
                 address=MARK + "址", organisation_name=MARK + "单位")
handed = entered("organisation", victor, name=MARK + "公司", liaison_name=MARK + "络")
for case in (theirs, handed):
    door._portal_save(case.id, {code: MARK + "文" for code in case._chapters()})
door._portal_add_fact(theirs.id, {"kind": "penalty", "code": "penalty",
                                  "issuer": MARK + "局", "happened_on": "2026-01-01"})
door._portal_save_opinion(theirs.id, {"text": MARK + "见", "sealed_by": MARK + "章",
                                      "notice_place": MARK + "栏"})
door._portal_add_deputy(theirs.applicant_id.id, {"name": MARK + "副"})
invited = door._portal_invite(theirs.applicant_id.id, MARK.lower() + "@a.cn", "sign")
env["award.question"].with_user(victor)._portal_ask(edition.id, "time", MARK + "问")
victor.name = MARK + "王"
door._portal_submit(handed.id)
note = handed.message_post(body=MARK + "办")
other = env["res.company"].create({"name": MARK + "机关"})
w._new_recommender(MARK + "荐", "theirs", other)
unseen = w._new_edition(scheme=scheme, term=51)
unseen.write({"name_zh": MARK + "届", "name_en": MARK + " edition"})
w.frozen.move_to(now)
env["res.users"].search([])
made(**{
    "edition": edition.id, "unseen": unseen.id, "own": [c.id for c in own],
    "victims": [theirs.id, handed.id],
    "applicants": [theirs.applicant_id.id, handed.applicant_id.id,
                   own[0].applicant_id.id],
    "invitation": invited, "facts": theirs.fact_ids.ids,
    "members": theirs.applicant_id.member_ids.ids,
    "officers": theirs.applicant_id.liaison_ids.ids,
    "classes": scheme.class_ids.mapped("code"),
    "trade": w.trade.id, "recommender": w.recommender.id,
    "numbers": w.values_for("individual", 777),
    "identities": {"phone": identity_number(801), "desk": identity_number(802)},
})
"""


def build(database: str) -> dict:
    """Make the world; return the ids of what is in it."""
    return shell.build(database, SCRIPT % {"marker": MARKER})
