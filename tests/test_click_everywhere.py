"""Odoo's own bot opens each menu, view and filter of the addon as each role."""

from collections.abc import Iterator

import pytest

from scripts import paths
from scripts.demo import people
from scripts.servers import Server
from tests.browser import chromium, click_everywhere, log_in, open_page

if chromium() is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

#: One person of each role with a desk.
DESKS = {
    group: login for login, _zh, _en, group in people.LOGINS.values() if group
}
APPLICANTS = {key: row[0] for key, row in people.LOGINS.items() if row[3] is None}


@pytest.fixture(scope="module")
def served(demo: str) -> Iterator[str]:
    with Server(demo, workers=2) as server:
        yield server.url


@pytest.mark.parametrize("login", DESKS.values(), ids=DESKS.keys())
def test_bot_meets_no_error(served: str, login: str) -> None:
    with open_page() as page:
        log_in(page, served, login, people.PASSWORD)
        assert click_everywhere(page, served, "quality_award.menu_root") == []


@pytest.mark.parametrize("login", APPLICANTS.values(), ids=APPLICANTS.keys())
def test_applicant_finds_status_and_next_step(served: str, login: str) -> None:
    shots = paths.RUNTIME / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    said: list[str] = []
    with open_page() as page:
        page.on("pageerror", lambda error: said.append(str(error)))
        log_in(page, served, login, people.PASSWORD)
        page.goto(f"{served}/my/award")
        page.screenshot(path=str(shots / "portal.png"), full_page=True)
        page.click("a[href*='/my/award/']")
        page.wait_for_load_state()
        page.screenshot(path=str(shots / "portal_case.png"), full_page=True)
        # The portal puts the language before the path.
        assert "/my/award/" in page.url
    assert said == []
