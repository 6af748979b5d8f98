"""A server with the cases of the writing scene, and people with browsers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts import databases
from tests import shell, writing_scene
from tests.browser import FLAGS, chromium, log_in
from tests.shell import password

DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass
class World:
    """A server with two workers, the cases in its database, and one browser."""

    database: str
    url: str
    made: dict
    browser: Browser

    def text(self, code: str, case: str = "draft") -> str:
        return self._of("text", code, case)

    def _of(self, column: str, code: str, case: str = "draft") -> str:
        return databases.sql(
            f"SELECT COALESCE({column}, '') FROM award_chapter WHERE code = '{code}'"
            f" AND application_id = {self.made[case]['id']}", self.database,
        )

    def html(self, code: str) -> str:
        return self._of("html", code)

    def copies(self, code: str) -> list[str]:
        rows = databases.sql(
            "SELECT k.text FROM award_chapter_copy k JOIN award_chapter c"
            f" ON c.id = k.chapter_id WHERE c.code = '{code}' ORDER BY k.id",
            self.database,
        )
        return rows.splitlines()

    def address(self, page: str, case: str = "draft") -> str:
        return f"{self.url}/my/award/{self.made[case]['id']}/{page}"

    @contextmanager
    def person(self, login: str, size: dict) -> Iterator[BrowserContext]:
        """Somebody with a browser profile of his own, logged in."""
        context = self.browser.new_context(
            locale="zh-CN", viewport=size, has_touch=size is PHONE
        )
        try:
            page = context.new_page()
            self.enter(page, login)
            page.close()
            yield context
        finally:
            context.close()

    def enter(self, page: Page, login: str) -> None:
        log_in(page, self.url, login, password(login))

    def writing(self, size: dict = DESKTOP):
        return self.person(self.made["draft"]["login"], size)


@contextmanager
def opened_world(word: str) -> Iterator[World]:
    """The world of one module of tests.

    :param word: in the name of its database
    """
    with (
        shell.served(word, writing_scene.build, workers=2) as there,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield World(*there, browser)
        browser.close()
