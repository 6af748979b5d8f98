"""An officer and the head at their desks, in a real browser on a real server.

From the board to what waits, an act on many with what stands against the rest, an
extension of the window, and an import that is refused with its rows before a clean one
is carried out.
"""

import io
import time
from collections.abc import Iterator

import openpyxl
import pytest

from scripts import databases
from tests import browser, shell
from tests.way_people import Desk, person

pytestmark = pytest.mark.skipif(
    browser.chromium() is None, reason="no Chromium is installed"
)
SCRIPT = """
from odoo.addons.quality_award.tests.application.test_application_desk import (
    HandlingVocabulary)

window(20)

class Scene(HandlingVocabulary, Ground):
    pass

Scene.setUpClass()
s = Scene
case, check = s.checked_case()
check.action_begin()
check.line_ids[:1].write({"result": "incomplete", "note": "请补正"})
check.action_rest_complete()
check.proposal = "supplement"
check.action_propose()
_case, begun = s.checked_case()
begun.action_begin()
draft = s.enter("organisation")
ready = env["award.application"]
for _i in range(2):
    one = s.enter("organisation")
    s.submit(one)
    s.recommend(one)
    ready |= one
ready[0].qualification_ids.line_ids.write({"verdict": "met"})
ready[1].qualification_ids.line_ids.write({"verdict": False})
env["res.users"].search([]).write({"lang": "en_US"})
made(**{
    "number": case.name, "begun": begun.id, "draft": draft.id, "ready": ready.ids,
    "class": s.edition._open_classes().filtered(
        lambda c: c.code == "organisation").display_name,
    "codes": [common.credit_code(90001)],
    "until": (now + timedelta(days=30)).strftime("%m/%d/%Y"),
})
"""


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[str, str, dict]]:
    with shell.served("office", lambda name: shell.build(name, SCRIPT)) as there:
        yield there


#: A machine that draws late: what takes 16 ms takes a third of a second.
SLOW = """
const draw = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (act) => draw(() => setTimeout(() => draw(act), 300));
"""


def _late(route) -> None:
    """The answer comes after the field was drawn once more, still empty."""
    answer = route.fetch()
    time.sleep(0.8)
    route.fulfill(response=answer)


def test_a_choice_stays_when_its_field_is_left_at_once(office):
    name, url, made = office
    kept = ("SELECT part FROM award_completeness_line WHERE result IS NOT NULL "
            f"AND completeness_id = {made['begun']} ORDER BY sequence")
    with person(url, "t_handling", "desk") as page:
        page.add_init_script(SLOW)
        page.route("**/onchange", _late)
        desk = Desk(page, url)
        desk.open("award_completeness_action", made["begun"])
        parts = []
        for row in desk.rows("line_ids")[:6]:
            with page.expect_response(lambda answer: "/onchange" in answer.url):
                desk.choose(row.locator("td[name=result]"), "Incomplete")
            row.locator("td[name=note] input").fill("不清楚")
            parts.append(row.locator("td[name=label]").inner_text())
        desk.save()
        assert len(databases.sql(kept, name).splitlines()) == len(parts) == 6
        # emptied by hand it is empty
        row = desk.rows("line_ids")[0]
        desk.edit(row.locator("td[name=result]")).fill("")
        row.locator("td[name=note] input").fill("再看")
        desk.save()
        assert len(databases.sql(kept, name).splitlines()) == 5


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_count_on_the_board_is_a_link(office, size):
    _name, url, made = office
    with person(url, "t_office", size) as page:
        desk = Desk(page, url)
        desk.open("award_office_board_action")
        cell = page.locator(".o_award_board_total[data-key=proposals]")
        cell.locator(".badge").get_by_text("1", exact=True).wait_for()
        cell.click()
        desk.row(made["number"])
        page.locator(".o_form_view").get_by_text("Ask for a Supplement").wait_for()


def test_an_act_on_many_says_what_stands_against_the_rest(office):
    name, url, made = office
    with person(url, "t_office", "desk") as page:
        desk = Desk(page, url)
        desk.open("award_qualification_action")
        page.locator("thead .o_list_record_selector input").check()
        page.locator("button[name=action_bulk_decide]").click()
        dialog = page.locator(".modal")
        dialog.locator("button[name=action_possible]").wait_for()
        dialog.get_by_text("Findings are missing").first.wait_for()
        desk.press("action_possible")
        dialog.wait_for(state="detached")
    ids = ", ".join(map(str, made["ready"]))
    states = databases.sql(
        "SELECT state FROM award_qualification WHERE application_id IN "
        f"({ids}) ORDER BY application_id", name,
    )
    assert states.splitlines() == ["decided", "draft"]


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_head_extends_the_window_of_one_draft(office, size):
    name, url, made = office
    before = int(databases.sql("SELECT count(*) FROM award_allowance", name))
    with person(url, "t_office_head", size) as page:
        desk = Desk(page, url)
        desk.open("award_application_action", made["draft"])
        desk.press("action_allow")
        dialog = page.locator(".modal")
        dialog.locator("[name=until_on] input").fill(made["until"])
        page.keyboard.press("Tab")
        dialog.locator("[name=reason] textarea").fill("系统故障")
        dialog.locator("[name=decision] input").fill("会议纪要〔2026〕3号")
        page.keyboard.press("Tab")
        if before:  # the same day once more is no extension
            dialog.get_by_text("The new date must be later").wait_for()
            assert dialog.locator("button[name=action_grant]:visible").count() == 0
        else:
            desk.press("action_grant")
            dialog.wait_for(state="detached")
            desk.tab("Allowances")
            page.get_by_text("系统故障").first.wait_for()
    after = databases.sql("SELECT count(*) FROM award_allowance", name)
    assert after == "1"


def _sheet(rows: list) -> dict:
    """An XLSX file of registrations, as somebody typed it."""
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in [["Name of the Organisation", "Unified Social Credit Code"], *rows]:
        book.active.append(row)
    book.save(target)
    return {
        "name": "registrations.xlsx", "mimeType": "application/octet-stream",
        "buffer": target.getvalue(),
    }


def test_an_import_is_examined_before_it_is_carried_out(office):
    name, url, made = office
    good = ["导入一公司", made["codes"][0]]
    question = "SELECT count(*) FROM award_applicant WHERE name LIKE '导入%'"
    with person(url, "t_office", "desk") as page:
        desk = Desk(page, url)
        page.goto(f"{url}/odoo/action-quality_award.award_registration_import_action")
        dialog = page.locator(".modal")
        dialog.locator("[name=class_id] input").click()
        page.get_by_role("option", name=made["class"]).click()
        for rows, wrong in (([good, ["导入二公司", "123"]], True), ([good], False)):
            chosen = dialog.locator("[name=file] input[type=file]")
            chosen.set_input_files(_sheet(rows))
            dialog.locator(".o_clear_file_button").wait_for()
            desk.press("action_examine")
            carry = dialog.locator("button[name=action_carry_out]")
            if wrong:
                why = "is not a valid unified social credit code"
                dialog.get_by_text(why).wait_for()
                assert carry.count() == 0
                dialog.locator(".o_clear_file_button").first.click()
            else:
                carry.wait_for()
            assert databases.sql(question, name) == "0"
        desk.press("action_carry_out")
        page.get_by_text("1 row(s) added").wait_for()
    assert databases.sql(question, name) == "1"
