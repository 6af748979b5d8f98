"""The portal's pages of an applicant with 1, 200 and 10 000 applications.

Home, application and the public page of the edition over HTTP with a real session.
Aim: flat. With 10 000 applications in the database a page takes at most 1.3 times as
long as with its own alone, and runs the same number of SQL statements.
"""

import http.client
from collections.abc import Callable
from urllib.parse import urlsplit

from odoo import sql_db

from benchmarks import applicants, ground
from benchmarks.harness import Result, timed
from scripts import databases
from scripts.demo import house

SIZES = (1, 200, 10_000)
TIMES = 200
AIM = 1.3
_LAY = """
WITH laid AS (
    INSERT INTO award_applicant (company_id, subject, name, credit_code, territory)
    SELECT {company}, 'organisation', '测量' || k || '有限公司',
           'PORTAL' || lpad(k::text, 12, '0'), '甲区'
      FROM generate_series({first}, {last}) AS k
    RETURNING id, credit_code)
INSERT INTO award_application (edition_id, class_id, applicant_id, state, company_id,
            name, registered_at)
SELECT {edition}, {award_class}, id, 'draft', {company}, credit_code, now() FROM laid
"""


class _Visitor:
    """An applicant with the cookie of his session, on one connection."""

    def __init__(self, url: str, cookie: str):
        place = urlsplit(url)
        self._connection = http.client.HTTPConnection(
            place.hostname, place.port, timeout=120
        )
        self._headers = {"Cookie": cookie, "Accept": "text/html"}

    def page(self, path: str) -> Callable[[], Callable]:
        """An act: one page, whose answer is checked after the clock has stopped."""

        def act():
            self._connection.request("GET", path, headers=self._headers)
            answer = self._connection.getresponse()
            content = answer.read()

            def check():
                if answer.status != 200 or b"award" not in content:
                    raise SystemExit(f"GET {path}: {answer.status}")

            return check

        return act


def _measured(act: Callable) -> tuple[list[float], int]:
    """Seconds of each request, and the SQL statements of one."""
    for _turn in range(10):
        timed(act)
    before = sql_db.sql_counter
    timed(act)
    statements = sql_db.sql_counter - before
    return [timed(act) for _turn in range(TIMES)], statements


def run(database: str) -> list[Result]:
    """Each page with each number of applications."""
    registry = house.registry(database)
    shared = ground.lay(registry)
    edition = ground.announce(registry, shared, closes_in=20)
    own = applicants.register(registry, shared, edition, 1, database)[0]
    paths = {
        "the portal's home": "/my/award",
        "the page of an application": f"/my/award/{own.application}",
        "the public page of an edition": f"/award/{edition}",
    }
    seconds, statements = {}, {}
    with house.WebServer() as server:
        visitor = _Visitor(server.url, own.cookie)
        for before, size in zip((1, *SIZES), SIZES, strict=False):
            if size > before:
                databases.sql(
                    _LAY.format(
                        company=shared.company, edition=edition,
                        award_class=shared.award_class, first=before, last=size - 1,
                    ),
                    database,
                )
            databases.sql("VACUUM ANALYZE", database)
            for name, path in paths.items():
                found = _measured(visitor.page(path))
                seconds[name, size], statements[name, size] = found
    return [_result(name, seconds, statements) for name in paths]


def _result(name, seconds, statements) -> Result:
    found = Result(
        f"{name} with {SIZES[-1]} applications", f"with {SIZES[0]}", AIM,
        seconds[name, SIZES[-1]], seconds[name, SIZES[0]],
    )
    counts = [statements[name, size] for size in SIZES]
    found.note = f"SQL statements with {', '.join(map(str, SIZES))}: {counts}"
    if len(set(counts)) > 1:
        raise SystemExit(f"{name}: {found.note}")
    return found
