"""An organisation brings files, maps a report, fills a table, and prints the draft.

A real server and a real browser, desktop and phone; what was kept is read from the
database outside.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader, PdfWriter

from scripts import databases, paths
from tests import shell, writing_scene
from tests.browser import chromium, fits, log_in, open_page
from tests.shell import password

if chromium() is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

SIZES = {"desktop": (1400, 900), "phone": (390, 844)}


def pdf(pages: int) -> bytes:
    """A document of empty A4 pages."""
    writer, out = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(out)
    return out.getvalue()


class World:
    """A server, its database, and who writes which case in it."""

    def __init__(self, database: str, url: str, made: dict):
        self.database, self.url, self.made = database, url, made

    def rows(self, query: str) -> list[str]:
        return databases.sql(query, self.database).splitlines()

    def enter(self, page: Page, case: str) -> int:
        login = self.made[case]["login"]
        log_in(page, self.url, login, password(login))
        return self.made[case]["id"]


@pytest.fixture(scope="module")
def world(base: str) -> Iterator[World]:
    with shell.served("files", writing_scene.build, workers=2) as there:
        yield World(*there)


@pytest.mark.parametrize("size, case", [("desktop", "draft"), ("phone", "racing")])
def test_files_report_indicators_and_print(
    world: World, size: str, case: str, tmp_path: Path
) -> None:
    shots = paths.RUNTIME / "screenshots"
    shots.mkdir(parents=True, exist_ok=True)
    for name, data in (
        ("证书.pdf", pdf(1)), ("报告.pdf", pdf(12)), ("virus.pdf", b"MZ\x90" * 99),
        ("page.pdf", b"<!DOCTYPE html><script>alert(1)</script>"),
    ):
        (tmp_path / name).write_bytes(data)
    said: list[str] = []
    width, height = SIZES[size]
    with open_page(language="en-US", width=width, height=height) as page:
        page.on("pageerror", lambda error: said.append(str(error)))
        id_ = world.enter(page, case)
        page.goto(f"{world.url}/my/award/{id_}/documents")
        upload_evidence(world, page, id_, tmp_path)
        fits(page)
        page.screenshot(path=str(shots / f"documents_{size}.png"), full_page=True)
        map_report(world, page, id_, tmp_path)
        page.goto(f"{world.url}/my/award/{id_}/indicators")
        fill_row(world, page, id_)
        fits(page)
        page.screenshot(path=str(shots / f"indicators_{size}.png"), full_page=True)
        printed = page.request.get(f"{world.url}/my/award/{id_}/print")
        assert printed.headers["content-type"] == "application/pdf"
        texts = [p.extract_text() for p in PdfReader(io.BytesIO(printed.body())).pages]
        assert len(texts) > 12
        assert all("草稿" in text for text in texts)
        (shots / f"draft_{size}.pdf").write_bytes(printed.body())
    assert said == []


def upload_evidence(world: World, page: Page, id_: int, files: Path) -> None:
    form = page.locator("#award_evidence .o_award_upload")
    chosen = [files / name for name in ("证书.pdf", "virus.pdf", "page.pdf")]
    page.wait_for_load_state("networkidle")
    form.locator("input[type=file]").set_input_files(chosen)
    form.locator("button").click()
    page.wait_for_function(
        "() => document.querySelectorAll('.o_award_upload_list .text-danger').length"
        " === 2",
        timeout=30_000,
    )
    lines = form.locator("li").all_inner_texts()
    assert "Taken." in lines[0]
    assert "virus.pdf" in lines[1] and "none of the kinds" in lines[1]
    assert "page.pdf" in lines[2] and "none of the kinds" in lines[2]
    assert world.rows(
        f"SELECT name FROM award_evidence WHERE application_id = {id_}"
    ) == ["证书"]
    page.get_by_role("button", name="Show What Was Taken").click()
    link = page.locator("#award_evidence a[href^='/award/file/']").first
    got = page.request.get(f"{world.url}{link.get_attribute('href')}")
    assert got.body() == pdf(1)
    assert got.headers["x-content-type-options"] == "nosniff"


def map_report(world: World, page: Page, id_: int, files: Path) -> None:
    form = page.locator("#award_report .o_award_upload")
    page.wait_for_load_state("networkidle")
    form.locator("input[type=file]").set_input_files(files / "报告.pdf")
    form.locator("button").click()
    page.wait_for_selector("#award_report .o_award_pages_typed", timeout=30_000)
    typed = page.locator("#award_report .o_award_pages_typed")
    typed.nth(0).fill("1-2")
    typed.nth(1).fill("3至5、13")
    keep = page.get_by_role("button", name="Keep the Pages")
    keep.click()
    assert "13" in page.inner_text(".alert-danger")
    typed.nth(0).fill("1-2")
    typed.nth(1).fill("3至5、7")
    keep.click()
    page.wait_for_url("**saved=1**")
    assert "6, 8-12" in page.inner_text("#award_report .alert-warning")
    assert world.rows(
        "SELECT page_from || '-' || page_to FROM award_report_page"
        f" WHERE application_id = {id_} ORDER BY id"
    ) == ["1-2", "3-5", "7-7"]


def fill_row(world: World, page: Page, id_: int) -> None:
    section = page.locator(".o_award_indicators").first
    page.wait_for_load_state("networkidle")
    section.locator(".o_award_add_row").click()
    row = section.locator(".o_award_row").first
    row.locator("input[name=name]").fill("合格率")
    row.locator("input[name=value_1]").fill("95%")
    row.locator("input[name=unit]").fill("%")
    page.wait_for_function(
        "() => document.querySelector('.o_award_state').innerText.includes('95%')",
        timeout=30_000,
    )
    for name, value in (("value_1", "95.10"), ("value_3", "98.2"), ("target", "99")):
        row.locator(f"input[name={name}]").fill(value)
    row.locator("input[name=source]").click()
    page.wait_for_selector(".o_award_state.text-success", timeout=30_000)
    page.wait_for_selector(".o_award_row svg[role=img] rect", timeout=30_000)
    assert row.locator("svg title").text_content() == "合格率 (%)"
    assert world.rows(
        "SELECT value_1 || ' ' || value_3 || ' ' || target FROM award_indicator"
        f" WHERE application_id = {id_} AND name = '合格率'"
    ) == ["95.10 98.2 99"]
