"""What the people of the whole way do in their pages, at any width of the window."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import Page, TimeoutError
from pypdf import PdfWriter

from scripts import paths
from tests import browser
from tests.browser import WIDTHS, fits
from tests.shell import password

#: How long a page may take (ms).
WAIT = int(os.environ.get("AWARD_WAIT", "60000"))
EDITOR = ".o_award_editor[contenteditable=true]"


def pdf() -> bytes:
    """A document of one empty page."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


def file_of(name: str) -> dict:
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf()}


@contextmanager
def person(url: str, login: str, size: str) -> Iterator[Page]:
    """Somebody with a fresh browser, logged in; no script of his may fail."""
    with browser.open_page("en-US", WIDTHS[size], 844) as page:
        page.set_default_timeout(WAIT)  # the first visitor waits for the assets
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda answer: answer.status >= 500
                and wrong.append(f"{answer.status} {answer.url}"))
        browser.log_in(page, url, login, password(login))
        try:
            yield page
        except Exception:
            page.screenshot(path=paths.LOGS / f"way-{login}-{size}.png", full_page=True)
            raise
        assert wrong == []


class Applicant:
    """An applicant at the portal."""

    def __init__(self, page: Page, url: str):
        self.page, self.url, self.case = page, url, 0

    def go(self, path: str = "") -> None:
        self.page.goto(f"{self.url}/my/award/{self.case}/{path}".rstrip("/"))
        fits(self.page)

    def read_about(self, edition: int) -> None:
        """The public pages, from the list of awards to the questions."""
        self.page.goto(f"{self.url}/award")
        self.page.click(f"a[href$='/award/{edition}']")
        for end in ("regulation", "calendar", "criteria", "prepare", "questions"):
            self.page.goto(f"{self.url}/award/{edition}/{end}")
            fits(self.page)

    def register(self, edition: int, values: dict) -> int:
        subject = values["class_code"]
        self.page.goto(f"{self.url}/my/award/register/{edition}?class={subject}")
        for name, value in values.items():
            field = self.page.locator(f"main form [name={name}]")
            if not field.count() or field.get_attribute("type") == "hidden":
                continue
            if field.get_attribute("type") == "checkbox":
                field.set_checked(bool(value))
            elif field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(str(value))
            else:
                field.fill(str(value))
        fits(self.page)
        self.page.click("main form button.btn-primary[type=submit]")
        self.page.wait_for_url(re.compile(r"/my/award/\d+"))
        self.case = int(re.search(r"/my/award/(\d+)", self.page.url)[1])
        return self.case

    def saved(self) -> None:
        self.page.wait_for_selector('.o_award_state[data-state="saved"]')

    def write_form(self, **values: str) -> None:
        self.go("form")
        for name, value in values.items():
            field = self.page.locator(f"#{name}")
            field.fill(value)
            field.blur()
            self.saved()

    def write_chapters(self) -> int:
        """Every chapter, one after the other by the button that leads on."""
        self.go("chapters")
        self.page.locator("a[data-chapter]").first.click()
        written = 0
        while True:
            self.write_chapter(f"第{written + 1}章,所写的内容。")
            written += 1
            following = self.page.locator("a.o_award_next")
            if not following.count():
                fits(self.page)
                return written
            here = self.page.url
            following.click()
            self.page.wait_for_url(lambda there, here=here: there != here)

    def write_chapter(self, text: str) -> None:
        self.page.wait_for_selector(EDITOR)
        self.page.click(EDITOR)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Control+s")
        self.saved()

    def bring(self, name: str) -> None:
        """One file of evidence."""
        self.go("documents")
        form = self.page.locator("#award_evidence .o_award_upload")
        rows = self.page.locator("[data-evidence]")
        before = rows.count()
        form.locator("input[type=file]").set_input_files(file_of(name))
        form.locator("button").click()
        rows.nth(before).get_by_text(name, exact=True).wait_for()
        fits(self.page)

    def measure(self, name: str) -> None:
        """One row of the first table of indicators."""
        self.go("indicators")
        section = self.page.locator(".o_award_indicators").first
        section.locator(".o_award_add_row").click()
        row = section.locator(".o_award_row").last
        for field, value in (("name", name), ("unit", "%"), ("value_1", "95.1"),
                             ("value_2", "96"), ("value_3", "98.2"), ("target", "99")):
            row.locator(f"input[name={field}]").fill(value)
        row.locator("input[name=source]").click()
        self.page.wait_for_selector(".o_award_row svg[role=img] rect")
        fits(self.page)

    def state_fact(self, code: str, number: str) -> None:
        """A document that a condition asks for, with its proof."""
        self.go("conditions")
        condition = self.page.locator(f"#condition_{code}")
        if not condition.locator("details[open]").count():  # asked for, it is open
            condition.locator("details summary").first.click()
        condition.locator("input[name=number]").fill(number)
        condition.locator("input[name=issuer]").fill("市场监督管理局")
        condition.get_by_role("button", name="Add", exact=True).click()
        shown = self.page.locator(f"#condition_{code}", has_text=number)
        shown.wait_for()
        proof = shown.locator("form[action$='/prove']").last
        proof.locator("input[type=file]").set_input_files(file_of(f"{number}.pdf"))
        proof.locator("button").click()
        shown.get_by_role("link", name=f"{number}.pdf").last.wait_for()
        fits(self.page)

    def tell_opinion(self) -> None:
        """The employer's opinion on an individual."""
        self.go("opinion")
        for name, value in (("text", "同意申报"), ("sealed_by", "某公司"),
                            ("sealed_on", "2026-01-05")):
            self.page.fill(f"main form [name={name}]", value)
        self.page.click("main form button.btn-primary[type=submit]")
        self.page.wait_for_selector(".alert-success")
        fits(self.page)

    def submit(self) -> str:
        """Preview, the last question, and the version code of the receipt."""
        self.go("preview")
        self.page.click("a#award_go")
        fits(self.page)
        self.page.check("#confirmed")
        self.page.click("button[name=submit]")
        self.page.wait_for_selector("#award_done")
        fits(self.page)
        return self.page.inner_text("#award_code")

    def complete(self, parts: dict, **fields: str) -> None:
        """The supplement: label of a part -> how it is completed on its page.

        :param fields: fields of the form that are completed on the page itself
        """
        self.go()
        self.page.get_by_role("link", name="Complete These Parts").click()
        there = self.page.url
        for label, act in parts.items():
            fits(self.page)
            self.page.get_by_role("link", name=f"Complete: {label}").click()
            self.page.wait_for_selector("#award_opened")
            act()
            self.page.goto(there)
        for name, value in fields.items():
            self.page.fill(f"[name='part-field:{name}']", value)
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.page.get_by_text("Saved.").wait_for()
        assert self.page.get_by_text("Not changed yet").count() == 0

    def hand_in(self) -> None:
        self.page.get_by_role("button", name="Save and Hand In").click()
        self.page.wait_for_url(lambda there: "/supplement/" not in there)
        fits(self.page)


class Desk:
    """Somebody at Odoo's own views."""

    def __init__(self, page: Page, url: str):
        self.page, self.url = page, url

    def open(self, action: str, record: int | None = None) -> None:
        there = f"{self.url}/odoo/action-quality_award.{action}"
        self.page.goto(f"{there}/{record}" if record else there)
        self.page.wait_for_selector(".o_form_view" if record else ".o_content > *")

    def row(self, text: str) -> None:
        """Open the row or card that says `text`."""
        rows = self.page.locator("tr.o_data_row, .o_kanban_record:visible")
        row = rows.filter(has_text=text).first
        row.locator("td:not(.o_list_record_selector)").first.click() if (
            row.evaluate("element => element.tagName") == "TR"
        ) else row.click()
        self.page.wait_for_selector(".o_form_view")

    def press(self, name: str, confirm: bool = False) -> None:
        """An object button, also where a phone hides it behind “More”.

        :param confirm: a question comes in between
        """
        dialog = self.page.locator(".modal")
        place = dialog if dialog.count() else self.page
        button = place.locator(f"button[name={name}]:visible").first
        more = place.locator(".o_statusbar_buttons button[title=More]")
        button.or_(more).first.wait_for()
        if not button.count():
            more.click()
        with self.page.expect_response(re.compile("/call_button/")) as answer:
            button.click()
            if confirm:
                self.page.locator(".modal button.btn-primary").click()
        assert "error" not in answer.value.json(), answer.value.text()

    def pressed(self, name: str, confirm: bool = False) -> None:
        """As `press`, and the act took the button away."""
        self.press(name, confirm)
        self.page.locator(f"button[name={name}]:visible").first.wait_for(state="hidden")

    def rows(self, name: str) -> list:
        """The rows of a list within the form, once they are there."""
        rows = self.page.locator(f"[name={name}] tr.o_data_row")
        rows.first.wait_for()
        return rows.all()

    def save(self) -> None:
        button = self.page.locator(".o_form_button_save:visible")
        button.click()
        self.page.locator(".o_form_button_save:visible").wait_for(state="hidden")

    def tab(self, title: str) -> None:
        self.page.get_by_role("tab", name=title, exact=True).click()

    def edit(self, cell):
        """The field of a cell, which a click opens where it is not open."""
        field = cell.locator("select, input").first
        for _click in range(4):  # a list that is still leaving a row swallows one
            if field.count():
                break
            cell.click()
            with suppress(TimeoutError):
                field.wait_for(timeout=WAIT / 8)
        return field

    def choose(self, cell, word: str) -> None:
        """One word of a selection field."""
        field = self.edit(cell)
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(label=word)
            return
        field.click()
        self.page.get_by_role("menuitem", name=word, exact=True).click()
