"""A recommender's three people in a real browser: desk, steps, bulk, letter.

The opinions wait to be signed off. One goes back to the preparer and comes again with
its conditions confirmed and a rank; all go on together; the letter is downloaded and
opened. The desk fits a phone.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import docx
import pytest

from tests import browser, scene, shell

pytestmark = pytest.mark.skipif(
    browser.chromium() is None, reason="no Chromium is installed"
)
DESK = "/odoo/action-quality_award.award_recommender_desk_action"
ROWS = ".o_data_row"


@contextmanager
def _person(url: str, login: str, width: int = 1400) -> Iterator:
    """A fresh browser in which one person has logged in and sees the desk."""
    with browser.open_page(language="en-US", width=width) as page:
        page.set_default_timeout(120_000)  # assets are built at the first visit
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        browser.log_in(page, url, login, shell.password(login))
        page.goto(url + DESK)
        page.wait_for_selector(".o_award_desk_step")
        yield page
        assert errors == []


def _count(page, step: str) -> int:
    return int(page.inner_text(f"a[name=action_open_{step}] .o_award_desk_count"))


def _open(page, step: str) -> None:
    page.click(f"a[name=action_open_{step}]")
    page.wait_for_selector(ROWS)


def _forward_all(page, step: str, expected: int) -> None:
    """Choose all that wait at a step, look at the list, forward it."""
    assert _count(page, step) == expected
    _open(page, step)
    page.click("thead .o_list_record_selector input")
    page.click("button[name=action_forward]")
    page.wait_for_selector(".modal [name=preview] tbody tr")
    assert page.locator(".modal [name=preview] tbody tr").count() == expected
    page.click(".modal button[name=action_all]")
    page.wait_for_selector(".modal", state="detached")


def _send_back(page) -> None:
    """The first opinion goes back to the preparer, with a reason."""
    _open(page, "sign")
    page.locator(f"{ROWS} td[name=title]").first.click()
    page.click("button[name=action_send_back]")
    page.fill(".modal [name=reason] textarea", "请核对注册日期。")
    page.click(".modal button[name=action_apply]")
    page.wait_for_selector(".modal", state="detached")


def _prepare(page) -> None:
    """Conditions confirmed, a local notice recorded, rank given, passed on."""
    _open(page, "prepare")
    page.locator(f"{ROWS} td[name=title]").first.click()
    page.click("a[name=conditions]")
    page.click("button[name=action_confirm_rest]")
    page.wait_for_selector("td[name=answer] >> text=Confirmed")
    page.fill("[name=rank] input", "1")
    page.click("button[name=action_prepare]")
    page.wait_for_selector("button[name=action_prepare]", state="detached")


def _notice(page) -> None:
    """A local notice with its days and its proof."""
    page.click("a[name=action_open_notices]")
    page.click(".o_list_button_add")
    page.fill("[name=place] input", "区政府网站")
    last = date.today() - timedelta(days=2)
    for name, day in (("first_day", last - timedelta(days=9)), ("last_day", last)):
        page.fill(f"[name={name}] input", day.strftime("%m/%d/%Y"))
        page.keyboard.press("Tab")
    page.set_input_files(
        "[name=proof_file] input[type=file]",
        {"name": "proof.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"},
    )
    page.click(".o_form_button_save")
    page.wait_for_selector(".o_form_button_save", state="hidden")
    assert "days" in page.inner_text("[name=days_text]")


def _letter(page) -> str:
    """The text of the letter as it is downloaded."""
    page.click("a[name=action_letter]")
    page.wait_for_selector("button[name=action_letter_docx]")
    with page.expect_download() as found:
        page.click("button[name=action_letter_docx]")
    with open(found.value.path(), "rb") as stream:
        paragraphs = docx.Document(io.BytesIO(stream.read())).paragraphs
    return "\n".join(paragraph.text for paragraph in paragraphs)


def test_a_recommender_goes_through_all_of_it(acts_waiting, clone, server):
    name, _made = acts_waiting
    url = server(clone(name)).url
    with _person(url, "recommender_sign") as page:
        _send_back(page)
    with _person(url, "recommender_prepare") as page:
        _notice(page)
        page.goto(url + DESK)
        page.wait_for_selector(".o_award_desk_step")
        assert _count(page, "prepare") == 1
        _prepare(page)
    with _person(url, "recommender_check") as page:
        _forward_all(page, "check", 1)
    with _person(url, "recommender_sign", width=390) as page:
        assert page.evaluate(
            "() => document.documentElement.scrollWidth <= window.innerWidth + 1"
        )
        assert _count(page, "sign") == scene.RECOMMENDED
    with _person(url, "recommender_sign") as page:
        before = _count(page, "signed")
        _open(page, "sign")
        titles = page.locator(f"{ROWS} td[name=title]").all_inner_texts()
        page.goto(url + DESK)
        page.wait_for_selector(".o_award_desk_step")
        _forward_all(page, "sign", scene.RECOMMENDED)
        page.goto(url + DESK)
        page.wait_for_selector(".o_award_desk_step")
        after = _count(page, "sign"), _count(page, "signed")
        assert after == (0, before + scene.RECOMMENDED)
        text = _letter(page)
        assert all(title in text for title in titles)
