"""A real browser for the black-box tests: Debian's Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]

#: Widths of a window at which pages are looked at.
WIDTHS = {"phone": 390, "desk": 1400}


def chromium() -> str | None:
    """Path of the installed browser, None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def open_page(
    language: str = "zh-CN", width: int = 1400, height: int = 900
) -> Iterator[Page]:
    """A page of a fresh browser profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            context = browser.new_context(
                locale=language, viewport={"width": width, "height": height}
            )
            yield context.new_page()
        finally:
            browser.close()


def fits(page: Page) -> None:
    """Nobody scrolls the page sideways, but for what scrolls by itself."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, page.url


def log_in(page: Page, url: str, login: str, password: str) -> None:
    """Log in through the form, as a person does."""
    page.goto(f"{url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", password)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda there: "/web/login" not in there)


def click_everywhere(page: Page, url: str, app: str, timeout: float = 600) -> list[str]:
    """Let Odoo's own bot open each menu, view and filter of one app.

    :param app: XML id of the app's root menu
    :param timeout: seconds
    :return: what the bot or the browser complained about
    """
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.goto(f"{url}/odoo")
    page.wait_for_function("() => window.odoo && odoo.isReady === true", timeout=60_000)
    page.evaluate(
        "app => odoo.loader.modules"
        ".get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere(app)",
        app,
    )
    for _second in range(int(timeout * 2)):
        page.wait_for_timeout(500)
        if any("clickbot test succeeded" in line for line in said):
            break
        if any(line.startswith("error") for line in said):
            break
    else:
        said.append(f"error: the bot did not end within {timeout} s")
    return [line for line in said if line.startswith("error")]
