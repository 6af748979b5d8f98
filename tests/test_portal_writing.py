"""An organisation writes its application in a real browser, and nothing is lost.

What is compared is always what the server's database says, read from outside.
"""

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from scripts import databases
from tests import scene
from tests.browser import chromium
from tests.writing_world import DESKTOP, PHONE, World, opened_world

if chromium() is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

EDITOR = ".o_award_editor[contenteditable=true]"
#: What a word processor puts on the clipboard, with what nobody should paste.
PASTED = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style>p.MsoNormal {mso-style-name: x}</style><meta name="Generator" content="Word">
</head><body><!--StartFragment-->
<p class="MsoNormal" style="mso-pagination:none"><b>一、</b>方法<o:p></o:p></p>
<script>window.hacked = 1</script><img src="x" onerror="window.hacked = 2">
<a href="javascript:window.hacked=3">展开</a>
<table class="MsoTable" border="1" onmouseover="window.hacked = 4"><tr>
<td style="width:5cm">年份</td><td>合格率</td></tr>
<tr><td>2025</td><td onclick="window.hacked = 5">99.1 %</td></tr></table>
<!--EndFragment--></body></html>"""
PASTE = """(editor, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "方法");
    editor.focus();
    editor.dispatchEvent(new ClipboardEvent(
        "paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture(scope="module")
def world(base: str) -> Iterator[World]:
    with opened_world("writing") as there:
        yield there


def opened(context: BrowserContext, address: str) -> Page:
    """A page of a chapter whose editor is ready, the caret at its end."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(EDITOR)
    page.click(EDITOR)
    page.keyboard.press("Control+End")
    return page


def wait_for(page: Page, state: str) -> None:
    """Until the one word of state is this one."""
    page.wait_for_selector(
        f'.o_award_writer .o_award_state[data-state="{state}"]', timeout=30_000
    )


def wait_for_form(page: Page, state: str) -> None:
    """The same for the form."""
    page.wait_for_selector(f'.o_award_state[data-state="{state}"]', timeout=30_000)


@pytest.mark.parametrize(
    "size, code", [(DESKTOP, "profile"), (PHONE, "4.1.2")], ids=["desktop", "phone"]
)
def test_cut_connection_loses_nothing(world: World, size: dict, code: str) -> None:
    with world.writing(size) as context:
        page = opened(context, world.address(f"chapter/{code}"))
        page.keyboard.type("第一段,联网时写。")
        wait_for(page, "saved")
        assert world.text(code) == "第一段,联网时写。"
        context.set_offline(True)
        page.keyboard.press("Enter")
        page.keyboard.type("第二段,断网时写 𠮷。")
        wait_for(page, "offline")
        page.keyboard.press("Enter")
        page.keyboard.type("第三段。")
        assert world.text(code) == "第一段,联网时写。"
        context.set_offline(False)
        wait_for(page, "saved")
        assert world.text(code) == "第一段,联网时写。\n第二段,断网时写 𠮷。\n第三段。"
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"]
        # The count on the page is the server's.
        shown = re.match(r"\d+", page.inner_text(".o_award_count"))[0]
        assert int(shown) == len("第一段,联网时写。第二段,断网时写𠮷。第三段。")


def test_who_types_while_a_save_is_under_way_meets_no_conflict(world: World) -> None:
    """A slow network: the next save knows what the one before it has kept."""
    code = "4.6.2"
    with world.writing() as context:
        page = opened(context, world.address(f"chapter/{code}"))
        held: list = []

        def hold_first(route):
            if held:
                route.continue_()
            else:
                held.append(route)

        page.route("**/save", hold_first)
        page.keyboard.type("先写的,")
        page.keyboard.press("Control+s")
        wait_for(page, "saving")
        page.keyboard.type("后写的。")
        held[0].continue_()
        wait_for(page, "saved")
        assert (world.text(code), world.copies(code)) == ("先写的,后写的。", [])
        page.goto(world.address("form"))
        held.clear()
        field = page.locator("#address")
        field.fill("某路")
        page.keyboard.press("Control+s")
        wait_for_form(page, "saving")
        field.press_sequentially("9号")
        held[0].continue_()
        wait_for_form(page, "saved")
        kept = databases.sql(
            "SELECT address FROM award_applicant a JOIN award_application c ON "
            f"c.applicant_id = a.id WHERE c.id = {world.made['draft']['id']}",
            world.database,
        )
        assert kept == "某路9号"
        assert page.locator(".o_award_beside").all_inner_texts() == []


def test_closed_while_offline_is_there_next_time(world: World) -> None:
    code = "4.1.3"
    with world.writing() as context:
        page = opened(context, world.address(f"chapter/{code}"))
        context.set_offline(True)
        page.keyboard.type("只在这台设备上")
        wait_for(page, "offline")
        page.close()
        context.set_offline(False)
        assert world.text(code) == ""
        again = opened(context, world.address(f"chapter/{code}"))
        wait_for(again, "saved")
        assert again.inner_text(EDITOR).strip() == "只在这台设备上"
        assert world.text(code) == "只在这台设备上"


def test_two_tabs_closed_while_offline_lose_nothing(world: World) -> None:
    code = "4.4.2"
    with world.writing() as context:
        pages = [opened(context, world.address(f"chapter/{code}")) for _n in range(2)]
        context.set_offline(True)
        for page, text in zip(pages, ("甲窗口断网", "乙窗口断网"), strict=True):
            page.bring_to_front()
            page.click(EDITOR)
            page.keyboard.type(text)
            wait_for(page, "offline")
        for page in pages:
            page.close()
        context.set_offline(False)
        again = opened(context, world.address(f"chapter/{code}"))
        wait_for(again, "conflict")
        assert [world.text(code), *world.copies(code)] == ["甲窗口断网", "乙窗口断网"]
        assert again.inner_text(EDITOR).strip() == "乙窗口断网"


def test_two_tabs_keep_both_texts(world: World) -> None:
    code = "4.1.4"
    with world.writing() as context:
        first = opened(context, world.address(f"chapter/{code}"))
        second = opened(context, world.address(f"chapter/{code}"))
        first.keyboard.type("甲窗口写的")
        wait_for(first, "saved")
        second.bring_to_front()
        second.keyboard.type("乙窗口写的")
        wait_for(second, "conflict")
        assert world.text(code) == "甲窗口写的"
        assert world.copies(code) == ["乙窗口写的"]
        row = second.locator(".o_award_conflict tbody tr").first
        assert row.locator("td").all_inner_texts() == ["甲窗口写的", "乙窗口写的"]
        second.click(".o_award_choose[data-choice=both]")
        wait_for(second, "saved")
        assert world.text(code) == "甲窗口写的\n乙窗口写的"


def test_two_colleagues_keep_both_texts(world: World) -> None:
    code = "4.2.2"
    with (
        world.writing() as mine,
        world.person(world.made["colleague"], PHONE) as theirs,
    ):
        first = opened(mine, world.address(f"chapter/{code}"))
        second = opened(theirs, world.address(f"chapter/{code}"))
        first.keyboard.type("质量部的稿子")
        wait_for(first, "saved")
        second.keyboard.type("生产部的稿子")
        wait_for(second, "conflict")
        assert (world.text(code), world.copies(code)[-1]) == (
            "质量部的稿子", "生产部的稿子"
        )
        second.click(".o_award_choose[data-choice=theirs]")
        wait_for(second, "saved")
        assert second.inner_text(EDITOR).strip() == "质量部的稿子"
        assert world.copies(code)[-1] == "生产部的稿子", "kept until it is put away"


def test_session_over_while_typing(world: World) -> None:
    code = "4.2.3"
    with world.writing() as context:
        page = opened(context, world.address(f"chapter/{code}"))
        page.keyboard.type("登录时写的。")
        wait_for(page, "saved")
        context.clear_cookies()
        page.keyboard.type("会话过期后写的。")
        wait_for(page, "session")
        assert world.text(code) == "登录时写的。"
        other = context.new_page()
        world.enter(other, world.made["draft"]["login"])
        page.bring_to_front()
        wait_for(page, "saved")
        assert world.text(code) == "登录时写的。会话过期后写的。"


def test_pasted_from_a_word_processor(world: World) -> None:
    code = "4.3.2"
    with world.writing() as context:
        page = opened(context, world.address(f"chapter/{code}"))
        page.evaluate(f"([html]) => ({PASTE})(document.querySelector("
                      f"'{EDITOR}'), html)", [PASTED])
        wait_for(page, "saved")
        page.reload()
        page.wait_for_selector(EDITOR)
        assert page.evaluate("window.hacked") is None
        cells = page.locator(f"{EDITOR} td").all_inner_texts()
    assert [cell.strip() for cell in cells] == ["年份", "合格率", "2025", "99.1 %"]
    kept = world.html(code)
    for word in ("<table", "<b>一、</b>", "展开"):
        assert word in kept
    for word in ("script", "style", "mso", "Mso", "onerror", "onclick", "onmouse",
                 "javascript", "hacked", "<img", "<meta", "<o:p"):
        assert word not in kept, word


def test_keys(world: World) -> None:
    """Ctrl+S saves at once, Ctrl+Enter goes on to the next chapter."""
    with world.writing() as context:
        page = opened(context, world.address("chapter/4.3.3"))
        page.keyboard.type("按键保存")
        page.keyboard.press("Control+s")
        wait_for(page, "saved")
        assert world.text("4.3.3") == "按键保存"
        here = page.url
        page.keyboard.type("。")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda there: there != here)
        assert "/chapter/" in page.url
        assert world.text("4.3.3") == "按键保存。"


@pytest.mark.parametrize("size", [PHONE], ids=["phone"])
def test_preview_confirm_receipt(world: World, size: dict) -> None:
    """What is missing leads to its field; then preview, confirmation, receipt."""
    person = world.made["ready"]
    with world.person(person["login"], size) as context:
        page = context.new_page()
        page.goto(world.address("form", "ready"))
        page.fill("#liaison_phone", "")
        page.locator("#liaison_phone").blur()
        page.wait_for_selector('.o_award_state[data-state="saved"]')
        page.goto(world.address("preview", "ready"))
        assert page.is_disabled("button#award_go")
        page.click("#award_against a[href$='/form#liaison_phone']")
        page.fill("#liaison_phone", "000-0000-0009")
        page.locator("#liaison_phone").blur()
        page.wait_for_selector('.o_award_state[data-state="saved"]')
        page.goto(world.address("preview", "ready"))
        page.click("a#award_go")
        page.check("#confirmed")
        page.click("button[name=submit]")
        page.wait_for_selector("#award_done")
        code = page.inner_text("#award_code")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"]
    kept = databases.sql(
        "SELECT version, version_code FROM award_submission"
        f" WHERE application_id = {person['id']}", world.database,
    )
    assert kept == f"1|{code}"


def test_two_clicks_at_once_make_one_version(world: World) -> None:
    """Both clicks end at the same receipt, neither with an error of the server."""
    person = world.made["racing"]
    path = f"/my/award/{person['id']}"
    visitors = [scene.Visitor(world.url, person["login"]).log_in() for _n in range(4)]
    digests = []
    for visitor in visitors:
        page = visitor.session.get(f"{world.url}{path}/submit", timeout=60)
        digests.append(page.text.split('name="digest" value="')[1].split('"')[0])
        visitor.token(f"{path}/submit")
    gate, answers = threading.Barrier(len(visitors)), []

    def click(visitor: scene.Visitor, digest: str) -> None:
        gate.wait(30)
        answers.append(visitor.post(
            f"{path}/submit", f"{path}/submit", digest=digest, confirmed="1"
        ))

    threads = [
        threading.Thread(target=click, args=pair)
        for pair in zip(visitors, digests, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    places = [(answer.status_code, answer.headers.get("Location", "").split("?")[1:])
              for answer in answers]
    assert places == [(303, ["submitted=1"])] * len(visitors)
    versions = databases.sql(
        f"SELECT count(*) FROM award_submission WHERE application_id = {person['id']}",
        world.database,
    )
    assert versions == "1"
