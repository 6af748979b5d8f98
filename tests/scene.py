"""A database full of acts that wait to be done, and clients that do them.

The scene is made in an Odoo shell with the words of the addon's own tests; from
then on everything happens over HTTP, by people with a session or an API key.
"""

import re
from dataclasses import dataclass, field

import requests

from tests import shell

#: Cases that wait at each point of the way.
DRAFTS, RECOMMENDED, QUALIFYING, REVIEWED, LISTED = 10, 4, 4, 4, 3
SCRIPT = """
from odoo.addons.quality_award.tests.decision.common import DecisionVocabulary
from odoo.addons.quality_award.tests.review.common import ReviewVocabulary

window(22, begun=12)

class Scene(ReviewVocabulary, DecisionVocabulary, Ground):
    applicant = None
    @classmethod
    def _new_applicant(cls, company=None):
        common.AwardVocabulary.organisations_made += 1
        number = common.AwardVocabulary.organisations_made
        if cls.applicant is None:
            cls.applicant = cls._new_user("applicant", "base.group_portal", company)
        return cls.applicant, number

    @classmethod
    def accepted(cls, *args, **kwargs):
        cases = super().accepted(*args, **kwargs)
        contents = {case: {"applicant": {"name": case.name}} for case in cases}
        cls.env["award.submission"]._add_versions(contents)
        return cases

Scene.setUpClass()
s = Scene
for name, group in (("approver_second", "approver"),):
    s.roles[name] = s._new_user("t_" + name, "quality_award.group_" + group)
committee = s.committee()
granting = s.until_approval([90000, 80000], committee)
approval = s.submitted_approval(granting)
granted = s._new_edition(term=4, award_year=2027)
granted.with_user(s.head).action_announce()
lists = []
for term in range(5, 5 + %(listed)d):
    edition = s._new_edition(term=term, award_year=2020 + term)
    edition.with_user(s.head).action_announce()
    cases = s.accepted(2, "composite", edition)
    s.rank(dict(zip(cases, (90000, 80000))), edition=edition)
    lists.append(s.new_list("recommended", edition).id)
drafts = s.write_up(s.register(%(drafts)d))
waiting = s.cases_at("recommendation", %(recommended)d)
opinions = env["award.recommendation"].search([("application_id", "in", waiting.ids)])
prepared = opinions.with_user(s.roles["recommender_prepare"])
prepared.write({"verdict": "recommend", "opinion": "经核实,申报内容属实。"})
prepared.action_prepare()
opinions.with_user(s.roles["recommender_check"]).action_check()
checks = s.cases_at("qualification", %(qualifying)d)
env["award.qualification"].search([("application_id", "in", checks.ids)]).with_user(
    s.office).line_ids.write({"verdict": "met"})
panel = s.staffed("甲组", s.cases_at("review", %(reviewed)d))
s.declare_none(panel)
s.score(panel, lock=False)
secret = waiting[0]
secret.message_post(body="a word of the office")
file = env["ir.attachment"].create({
    "name": "memo.txt", "raw": b"a memo of the office",
    "res_model": secret._name, "res_id": secret.id,
})
s.frozen.move_to(now)
keys = {}
for user in {*s.roles.values(), *s.members(panel)}:
    keys[user.login] = env(user=user)["res.users.apikeys"].sudo()._generate(
        None, "test", datetime(2099, 1, 1))
env["res.users"].search([])  # nobody is asked for a tour
made(**{
    "keys": keys, "approval": approval.id, "lists": lists, "drafts": drafts.ids,
    "waiting": waiting.ids, "checks": checks.ids, "secret": secret.id,
    "file": file.id,
    "sheets": [(x.id, x.sudo().expert_id.user_id.login) for x in s.sheets(panel)],
})
"""


def build(database: str) -> dict:
    """Make the scene; return ids of what waits, and an API key of each login."""
    text = SCRIPT % {
        "drafts": DRAFTS, "recommended": RECOMMENDED, "qualifying": QUALIFYING,
        "reviewed": REVIEWED, "listed": LISTED,
    }
    return shell.build(database, text)


@dataclass
class Answer:
    """What the server said to one act: an HTTP status and, if refused, why."""

    status: int
    result: object = None
    message: str = ""

    @property
    def done(self) -> bool:
        return self.status == 200


class Clerk:
    """Somebody with an API key, at JSON-2."""

    def __init__(self, url: str, key: str):
        self.url = url
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"bearer {key}"

    def call(self, model: str, method: str, **arguments: object) -> Answer:
        answer = self._session.post(
            f"{self.url}/json/2/{model}/{method}", json=arguments, timeout=60
        )
        body = answer.json()
        if answer.status_code == 200:
            return Answer(200, body)
        return Answer(answer.status_code, None, str(body.get("message")))


@dataclass
class Visitor:
    """Somebody with a session in the browser; its cookies outlive the server."""

    url: str
    login: str
    session: requests.Session = field(default_factory=requests.Session)
    csrf: str = ""

    def token(self, path: str) -> str:
        """The token of the session, asked for once."""
        if self.csrf:
            return self.csrf
        page = self.session.get(self.url + path, timeout=60)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text) or re.search(
            r'csrf_token: "([^"]+)"', page.text
        )
        assert found, f"{path} has no form"
        self.csrf = found[1]
        return self.csrf

    def log_in(self) -> "Visitor":
        form = {"login": self.login, "password": shell.password(self.login)}
        form["csrf_token"] = self.token("/web/login")
        page = self.session.post(f"{self.url}/web/login", data=form, timeout=60)
        assert "/web/login" not in page.url, f"{self.login} is not let in"
        self.csrf = ""  # that was the token of the session before
        return self

    def again(self, url: str) -> "Visitor":
        """The same person in the same session, for another thread or server."""
        found = Visitor(url, self.login, csrf=self.csrf)
        found.session.cookies.update(self.session.cookies)
        return found

    def post(self, path: str, page: str, **form: str) -> requests.Response:
        """Send a form with the token of `page`; redirections are not followed."""
        form["csrf_token"] = self.token(page)
        return self.session.post(
            self.url + path, data=form, timeout=60, allow_redirects=False
        )

    def rpc(self, path: str, **params: object) -> dict:
        body = {"jsonrpc": "2.0", "params": params}
        return self.session.post(self.url + path, json=body, timeout=60).json()

    def call(self, model: str, method: str, *args: object, **kwargs: object) -> dict:
        return self.rpc(
            f"/web/dataset/call_kw/{model}/{method}",
            model=model, method=method, args=args, kwargs=kwargs,
        )
