"""Random requests against every public and portal page: never a 500, never a leak.

The routes are read from the code, so a new one is tried as soon as it is there. The
number of requests of each is `AWARD_FUZZ` (10000 for the full run), the seed
`AWARD_FUZZ_SEED`; both are printed. `AWARD_FUZZ_AUTH=public` takes only the pages that
nobody has to log in for.
"""

import ast
import json
import os
import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote

import pytest
import requests

from scripts import databases, paths
from tests import portal_world, scene, shell
from tests.portal_world import MARKER

TIMES = int(os.environ.get("AWARD_FUZZ", "60"))
AUTH = os.environ.get("AWARD_FUZZ_AUTH", "")
SEED = os.environ.get("AWARD_FUZZ_SEED", "1")
THREADS = 4
PARAMETER = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")
#: Where the names of the forms' fields stand, beside the controllers.
FIELD_FILES = ("applicant_fields", "fact", "employer_opinion", "liaison")
#: What a field or a part of an address may hold besides an id.
ODD = (
    "", "0", "-1", "1e9", "NaN", "2147483648", "9" * 40, "null", "[]", "{}", "true",
    "\x00", "a\x00b", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd",
    "%s%d%n", "{{7*7}}", "${7*7}", "２０２６", "2026-02-30", "0001-01-01",
    "9999-12-31", "\ud7ff\u202e", "😀" * 20, "长" * 300, "x" * 5_000, "on", "draft",
    "profile", "sign", "write", "remove", "submit", "text/html", "a@b", "ä@ö.ü",
)


@dataclass(frozen=True)
class Page:
    """One address of the add-on, as its controller declares it."""

    path: str
    methods: tuple[str, ...]
    kind: str
    auth: str


def _routes() -> tuple[list[Page], list[str]]:
    """The pages of the add-on, and every name of a field that its code mentions."""
    pages: dict[str, Page] = {}
    names: set[str] = set()
    addon = paths.ROOT / paths.ADDON
    asked = [addon / "models" / "application" / f"{name}.py" for name in FIELD_FILES]
    for file in [*sorted((addon / "controllers").glob("*.py")), *asked]:
        tree = ast.parse(file.read_text())
        names |= {
            node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            and re.fullmatch(r"[a-z][a-z0-9_]{2,30}", node.value)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                for page in _pages_of(node):
                    pages[page.path] = page
                    names |= {a.arg for a in node.args.args} - {"self"}
    return [pages[path] for path in sorted(pages)], sorted(names)


def _pages_of(function: ast.FunctionDef) -> Iterator[Page]:
    for decorator in function.decorator_list:
        if not (isinstance(decorator, ast.Call)
                and getattr(decorator.func, "id", "") == "route"):
            continue
        options = {}
        for keyword in decorator.keywords:
            try:
                options[keyword.arg] = ast.literal_eval(keyword.value)
            except ValueError:
                continue
        if not decorator.args:  # the page of another module, changed
            continue
        addresses = ast.literal_eval(decorator.args[0])
        for path in [addresses] if isinstance(addresses, str) else addresses:
            yield Page(
                path, tuple(options.get("methods") or ("GET", "POST")),
                options.get("type", "http"), options.get("auth", "user"),
            )


PAGES, NAMES = _routes()


class Dice:
    """Random requests of one page, the same ones for the same seed."""

    def __init__(self, page: Page, made: dict):
        self.page, self.made = page, made
        self.random = random.Random(f"{SEED}:{page.path}")
        self.ids = [
            *made["own"], *made["victims"], *made["applicants"], *made["facts"],
            *made["members"], *made["officers"], made["edition"], made["unseen"],
            made["invitation"], *range(1, 12),
        ]

    def value(self) -> str:
        if self.random.random() < 0.4:
            return str(self.random.choice(self.ids))
        return self.random.choice(ODD)

    def path(self) -> str:
        def filled(found):
            kind, _name = found.groups()
            sensible = self.random.random() < 0.75
            if kind == "int" and sensible:
                return str(self.random.choice(self.ids))
            if sensible:
                choices = [*self.made["classes"], "profile", "4.1.2", "name", "1.1"]
                return quote(self.random.choice(choices), safe="")
            return quote(self.value(), safe="") or "0"

        return PARAMETER.sub(filled, self.page.path)

    def method(self) -> str:
        own = self.random.random() < 0.85
        return self.random.choice(self.page.methods if own else METHODS)

    def form(self) -> dict:
        count = self.random.randint(0, 8)
        names = [*self.random.choices(NAMES, k=count), "x" * 60, "\x00", "a[b]"]
        return {name: self.value() for name in names[: count + 1]}


@pytest.fixture(scope="module")
def world(base) -> Iterator[tuple[str, str, dict]]:
    with shell.served("fuzz", portal_world.build) as there:
        yield there


@pytest.fixture(scope="module")
def people(world) -> dict[str, scene.Visitor]:
    _name, url, _made = world
    found = {"mallory": scene.Visitor(url, "mallory").log_in()}
    found["mallory"].token("/my/award/questions")
    found["nobody"] = scene.Visitor(url, "nobody")
    found["nobody"].token("/web/login")
    return found


def _of_the_victim(database: str, made: dict) -> str:
    """Everything that is the victim's, as one text."""
    cases = ",".join(map(str, made["victims"]))
    whose = f"(SELECT applicant_id FROM award_application WHERE id IN ({cases}))"
    queries = (
        f"SELECT id, state, class_id FROM award_application WHERE id IN ({cases})",
        f"SELECT id, name, address, liaison_name FROM award_applicant WHERE id IN "
        f"{whose}",
        f"SELECT id, user_id, state, can_write, can_sign FROM award_applicant_member "
        f"WHERE applicant_id IN {whose}",
        f"SELECT id, name, until FROM award_applicant_liaison WHERE applicant_id IN "
        f"{whose}",
        f"SELECT id, state, email FROM award_applicant_invitation WHERE applicant_id "
        f"IN {whose}",
        f"SELECT id, code, text FROM award_chapter WHERE application_id IN ({cases})",
        f"SELECT id, kind, issuer FROM award_fact WHERE application_id IN ({cases})",
        f"SELECT id, text FROM award_employer_opinion WHERE application_id IN "
        f"({cases})",
        "SELECT id, state, text FROM award_question WHERE asker_name LIKE '%王'",
    )
    return "\n".join(
        databases.sql(f"{query} ORDER BY id", database) for query in queries
    )


def _fault(page: Page, answer: requests.Response) -> str | None:
    """What is wrong with an answer, None where nothing is."""
    text = answer.text
    if answer.status_code >= 500:
        return f"status {answer.status_code}"
    if MARKER in text or MARKER.lower() in text:
        return "another party's data"
    if "Traceback" in text:
        return "a traceback"
    if answer.request.method in {"HEAD", "OPTIONS"} or answer.is_redirect:
        return None
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code >= 400 and "html" in kind:
        words = re.sub(r"<[^>]*>|\s+", " ", text)
        return None if len(words.split()) >= 5 else "no words"
    if page.kind == "jsonrpc" and answer.status_code == 200:
        json.loads(text)
    return None


def _asked(url, session, page, dice, csrf):
    """One random request; returns its description and the answer."""
    method, path, form = dice.method(), dice.path(), dice.form()
    if dice.random.random() < 0.8:
        form["csrf_token"] = csrf
    arguments = {"allow_redirects": False, "timeout": 60}
    if dice.random.random() < 0.8:
        arguments["headers"] = {"Accept": "text/html", "Origin": url}
    if page.kind == "jsonrpc" or dice.random.random() < 0.05:
        arguments["json"] = {"jsonrpc": "2.0", "params": form}
    elif method == "GET":
        arguments["params"] = form
    elif dice.random.random() < 0.1:
        arguments["data"] = form
        arguments["files"] = {"upload": ("a.pdf", b"\x00<script>", "application/pdf")}
    else:
        arguments["data"] = form
    answer = session.request(method, url + path, **arguments)
    return f"{method} {path} {form}", answer


def _tried(url, person, page, made) -> list[str]:
    """All requests of one page by one person; the faults, each with its request."""
    dice = Dice(page, made)
    faults = []
    session = person.again(url).session
    for _time in range(TIMES):
        said, answer = _asked(url, session, page, dice, person.csrf)
        fault = _fault(page, answer)
        if fault:
            faults.append(f"{person.login}: {fault}: {said[:600]}")
    return faults


def test_the_routes_are_found():
    """The discovery itself: pages of each family and their fields."""
    found = {page.path for page in PAGES}
    assert {
        "/award", "/award/<int:edition_id>/self-test/<string:class_code>",
        "/my/award/<int:application_id>", "/my/award/questions",
        "/my/award/profile/<int:applicant_id>",
    } <= found
    assert {"right", "email", "choice_code", "liaison_name"} <= set(NAMES)


def test_random_requests(world, people):
    """Every page, by somebody logged in and by nobody."""
    database, url, made = world
    before = _of_the_victim(database, made)
    assert MARKER in before
    begun = time.monotonic()
    pages = [page for page in PAGES if page.auth.startswith(AUTH)]
    jobs = [(person, page) for page in pages for person in people.values()]
    with ThreadPoolExecutor(THREADS) as pool:
        results = pool.map(lambda job: _tried(url, *job, made), jobs)
        faults = [fault for found in results for fault in found]
    print(
        f"seed {SEED}: {len(jobs) * TIMES} requests of {len(pages)} pages in "
        f"{time.monotonic() - begun:.0f} s"
    )
    assert faults == [], f"seed {SEED}\n" + "\n".join(faults[:20])
    assert _of_the_victim(database, made) == before


def test_the_marker_is_there_to_be_seen(world):
    """For whom it may be shown, it is: the data could have leaked."""
    _database, url, made = world
    victor = scene.Visitor(url, "victor").log_in()
    case, applicant = made["victims"][0], made["applicants"][0]
    for path in (
        f"/my/award/{case}", f"/my/award/{case}/opinion", "/my/award/questions",
        f"/my/award/profile/{applicant}", f"/my/award/colleagues/{applicant}",
    ):
        assert MARKER in victor.session.get(url + path, timeout=60).text, path
