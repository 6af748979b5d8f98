"""Applicants who write: their users, their drafts, their sessions at the server."""

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from stdnum.cn import uscc

import odoo.http
from odoo.service import security

from benchmarks import ground
from benchmarks.ground import Ground

#: A paragraph as people write them; a chapter is some of them.
PARAGRAPH = "公司建立了覆盖全员的质量管理体系,每季度对照目标检查,把做法固化为标准。"


@dataclass(frozen=True)
class Applicant:
    """One applicant: its user, its application and the cookie of its session."""

    user: int
    application: int
    cookie: str


def _credit_code(number: int) -> str:
    """A valid code that no authority has assigned (region 510199)."""
    body = f"91510199MAB0{number:05d}"
    return body + uscc.calc_check_digit(body)


def register(
    registry, shared: Ground, edition: int, count: int, database: str
) -> list[Applicant]:
    """Users with an application each, registered through the portal's own door."""
    with registry.cursor() as cursor:
        env = ground.superuser(cursor)
        portal = env.ref("base.group_portal")
        taken = env["award.applicant"].search_count([])
        trade = env["award.trade"].search([], limit=1) or env["award.trade"].create(
            {"code": "B1", "name_zh": "机械", "name_en": "Machinery"}
        )
        code = env["award.class"].browse(shared.award_class).code
        users = env["res.users"].with_context(no_reset_password=True).create(
            [
                {
                    "login": f"applicant-{taken + number}",
                    "name": f"Applicant {taken + number}",
                    "group_ids": [(6, 0, portal.ids)],
                    # The site's own language: no redirection to another one.
                    "lang": "en_US",
                }
                for number in range(count)
            ]
        )
        cases = []
        for number, user in enumerate(users, taken):
            values = {
                "name": f"成都测量{number}有限公司",
                "credit_code": _credit_code(number),
                "trade_code": trade.code,
                "class_code": code,
            }
            door = ground.environment(cursor, user.id)["award.application"]
            cases.append(door._portal_register(edition, values).id)
        env.flush_all()
        pairs = zip(users, cases, strict=True)
        return [Applicant(user.id, case, _session(env, user, database))
                for user, case in pairs]


def _session(env, user, database: str) -> str:
    """A session as the login page makes it, without the slow check of a password."""
    store = odoo.http.root.session_store
    session = store.new()
    session.update(odoo.http.get_default_session(), db=database)
    session.uid, session.login = user.id, user.login
    own = env(user=user.id)
    session.context = dict(own["res.users"].context_get())
    session.session_token = security.compute_session_token(session, own)
    store.save(session)
    return f"session_id={session.sid}"


def chapter(turn: int, paragraphs: int = 60) -> str:
    """The HTML of a chapter of about 2 500 characters with a table; no two the same."""
    rows = "".join(
        f"<tr><td>{year}</td><td>{turn % 97 + year - 2000}</td></tr>"
        for year in range(2023, 2026)
    )
    text = "".join(f"<p>{PARAGRAPH}</p>" for _n in range(paragraphs))
    return f"<p>第{turn}稿</p>{text}<table><tbody>{rows}</tbody></table>"


class Writer:
    """An applicant's page in a browser, as far as it saves by itself."""

    def __init__(self, url: str, applicant: Applicant):
        place = urlsplit(url)
        self._connection = http.client.HTTPConnection(
            place.hostname, place.port, timeout=120
        )
        self._headers = {
            "Content-Type": "application/json", "Cookie": applicant.cookie,
        }
        self._application = applicant.application
        self.revision = 0

    def open(self, code: str) -> None:
        """Open the page of a chapter, as everybody has before he writes."""
        path = f"/my/award/{self._application}/chapter/{code}"
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"GET {path}: {answer.status}")

    def save(self, code: str, html: str) -> Callable[[], dict]:
        """Save a chapter once; what is returned checks the answer and takes it."""
        path = f"/my/award/{self._application}/chapter/{code}/save"
        params = {"html": html, "revision": self.revision}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        self._connection.request("POST", path, body.encode(), self._headers)
        answer = self._connection.getresponse()
        content = answer.read()

        def check() -> dict:
            result = json.loads(content).get("result") or {}
            wrong = {"refused", "conflict"} & result.keys()
            if answer.status != 200 or wrong or "revision" not in result:
                raise SystemExit(f"{path}: {answer.status} {content[:1000]!r}")
            self.revision = result["revision"]
            return result

        return check
