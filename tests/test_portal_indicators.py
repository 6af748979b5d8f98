"""An organisation fills its tables of indicators, and nothing is lost.

What is compared is always what the server's database says, read from outside.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route

from scripts import databases
from tests.browser import chromium, fits
from tests.writing_world import DESKTOP, PHONE, World, opened_world

if chromium() is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

TABLE = ".o_award_indicators >> nth=0"
IS_SHOWN = """name => [...document.querySelectorAll(".o_award_row input[name=name]")]
    .some((input) => input.value === name)"""
#: Whatever this device keeps of the rows.
LEFT = "Object.keys(localStorage).filter((key) => key.includes(':indicator:')).length"


@pytest.fixture(scope="module")
def world(base: str) -> Iterator[World]:
    with opened_world("indicators") as there:
        yield there


def opened(world: World, context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(world.address("indicators"))
    page.wait_for_load_state("networkidle")
    return page


def leave(page: Page) -> None:
    """Close a page; its last message, which the browser sends late, is lost too."""
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    page.close()


def row_of(page: Page, name: str) -> Locator:
    """The row whose name was given by the server, typed or restored."""
    names = page.locator(".o_award_row input[name=name]")
    page.wait_for_function(IS_SHOWN, arg=name)
    place = [one.input_value() for one in names.all()].index(name)
    return page.locator(".o_award_row").nth(place)


def added(page: Page, name: str) -> Locator:
    """A new row, named and not left yet."""
    page.locator(TABLE).locator(".o_award_add_row").click()
    page.keyboard.type(name)
    return row_of(page, name)


def fill(row: Locator, column: str, value: str) -> None:
    row.locator(f"input[name={column}]").fill(value)
    row.locator(f"input[name={column}]").press("Tab")


def wait_for(row: Locator, state: str) -> None:
    """Until the row's one word of state is this one."""
    row.locator(f'.o_award_state[data-state="{state}"]').wait_for(timeout=30_000)


def held(world: World, name: str) -> list[str]:
    """The three years of the rows of a name; `*` marks one kept beside another."""
    rows = databases.sql(
        "SELECT concat_ws(' ', COALESCE(NULLIF(value_1, ''), '–'), NULLIF(value_2, ''),"
        " NULLIF(value_3, ''), CASE WHEN beside_id IS NOT NULL THEN '*' END)"
        f" FROM award_indicator WHERE name = '{name}' ORDER BY id", world.database,
    )
    return rows.splitlines()


def compared(row: Locator) -> list[list[str]]:
    """The columns in which both versions differ: label, the server's, one's own."""
    lines = row.locator(".o_award_conflict tbody tr.table-warning").all()
    return [line.locator("td").all_inner_texts() for line in lines]


def two_tabs_in_conflict(
    world: World, context: BrowserContext, name: str
) -> tuple[Page, Page]:
    """One row: the first tab has saved 1, the second has typed 2."""
    first = opened(world, context)
    row = added(first, name)
    first.keyboard.press("Tab")
    wait_for(row, "saved")
    second = opened(world, context)
    fill(row_of(first, name), "value_1", "1")
    wait_for(row, "saved")
    second.bring_to_front()
    fill(row_of(second, name), "value_1", "2")
    wait_for(row_of(second, name), "conflict")
    return first, second


@pytest.mark.parametrize(
    "size, name", [(DESKTOP, "合格率"), (PHONE, "满意度")], ids=["desktop", "phone"]
)
def test_cut_connection_loses_nothing(world: World, size: dict, name: str) -> None:
    with world.writing(size) as context:
        page = opened(world, context)
        row = added(page, name)
        fill(row, "value_1", "95.10")
        wait_for(row, "saved")
        context.set_offline(True)
        fill(row, "value_2", "96")
        wait_for(row, "offline")
        fill(row, "value_3", "97")
        assert held(world, name) == ["95.10"]
        context.set_offline(False)
        wait_for(row, "saved")
        assert held(world, name) == ["95.10 96 97"]
        context.set_offline(True)
        fill(row, "value_3", "98.2")
        wait_for(row, "offline")
        leave(page)
        context.set_offline(False)
        assert held(world, name) == ["95.10 96 97"]
        again = opened(world, context)
        row = row_of(again, name)
        wait_for(row, "saved")
        assert held(world, name) == ["95.10 96 98.2"]
        assert row.locator(".o_award_note").is_visible()
        assert row.locator("svg[role=img] rect").count()
        assert again.evaluate(LEFT) == 0
        fits(again)
        again.reload()
        assert row_of(again, name).locator("svg[role=img] rect").count()


def test_new_row_typed_offline_is_made_once(world: World) -> None:
    name = "断网新增"
    with world.writing() as context:
        page = opened(world, context)
        context.set_offline(True)
        row = added(page, name)
        fill(row, "value_1", "1")
        wait_for(row, "offline")
        leave(page)
        context.set_offline(False)
        for _visit in range(2):
            again = opened(world, context)
            row = row_of(again, name)
            assert row.locator("input[name=value_1]").input_value() == "1"
            again.wait_for_function(f"{LEFT} === 0")
            assert held(world, name) == ["1"]
            again.close()


def lose_answers(page: Page) -> None:
    """From now on requests arrive, and what is answered is lost on the way."""

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/indicator/**", lost)


@pytest.mark.parametrize("is_closed", [False, True], ids=["stays", "closed"])
def test_lost_answer_makes_no_second_row(world: World, is_closed: bool) -> None:
    name = f"回执丢失{is_closed:d}"
    with world.writing() as context:
        page = opened(world, context)
        lose_answers(page)
        row = added(page, name)
        page.keyboard.press("Tab")
        wait_for(row, "offline")
        assert held(world, name) == ["–"]
        context.set_offline(True)
        page.unroute("**/indicator/**")
        fill(row, "value_1", "7")
        wait_for(row, "offline")
        if is_closed:
            leave(page)
            context.set_offline(False)
            page = opened(world, context)
        context.set_offline(False)
        wait_for(row_of(page, name), "saved")
        assert held(world, name) == ["7"]


def test_session_over_while_typing(world: World) -> None:
    name = "会话过期"
    with world.writing() as context:
        page = opened(world, context)
        row = added(page, name)
        fill(row, "value_1", "1")
        wait_for(row, "saved")
        context.clear_cookies()
        fill(row, "value_2", "2")
        wait_for(row, "session")
        assert held(world, name) == ["1"]
        other = context.new_page()
        world.enter(other, world.made["draft"]["login"])
        page.bring_to_front()
        wait_for(row, "saved")
        assert held(world, name) == ["1 2"]


@pytest.mark.parametrize(
    "choice, chosen", [("mine", "2"), ("theirs", "1")], ids=["mine", "theirs"]
)
def test_two_tabs_keep_both_rows(world: World, choice: str, chosen: str) -> None:
    name = f"两个窗口{chosen}"
    with world.writing() as context:
        _first, second = two_tabs_in_conflict(world, context, name)
        for _look in range(2):
            # Nothing is chosen: after a reload both are there as before.
            row = row_of(second, name)
            wait_for(row, "conflict")
            assert [cells[1:] for cells in compared(row)] == [["1", "2"]]
            assert held(world, name) == ["1", "2 *"]
            assert row.locator("input[name=value_1]").input_value() == "2"
            second.reload()
            second.wait_for_load_state("networkidle")
        row = row_of(second, name)
        wait_for(row, "conflict")
        row.locator(f"[data-choice={choice}]").focus()
        second.keyboard.press("Enter")
        wait_for(row, "saved")
        assert held(world, name) == [chosen]
        assert row.locator("input[name=value_1]").input_value() == chosen
        assert not row.locator(".o_award_conflict").is_visible()
        assert second.evaluate(LEFT) == 0


def test_two_tabs_closed_while_offline_lose_nothing(world: World) -> None:
    name = "两窗断网"
    with world.writing() as context:
        page = opened(world, context)
        row = added(page, name)
        page.keyboard.press("Tab")
        wait_for(row, "saved")
        pages = [page, opened(world, context)]
        context.set_offline(True)
        for one, value in zip(pages, "12", strict=True):
            one.bring_to_front()
            fill(row_of(one, name), "value_1", value)
            wait_for(row_of(one, name), "offline")
        for one in pages:
            leave(one)
        context.set_offline(False)
        row = row_of(opened(world, context), name)
        wait_for(row, "conflict")
        assert held(world, name) == ["1", "2 *"]
        assert [cells[1:] for cells in compared(row)] == [["1", "2"]]


@pytest.mark.parametrize(
    "choice, left", [("mine", ["2"]), ("theirs", [])], ids=["mine", "theirs"]
)
def test_row_removed_by_a_colleague(world: World, choice: str, left: list) -> None:
    name = f"被删除{len(left)}"
    with (
        world.writing() as mine,
        world.person(world.made["colleague"], PHONE) as theirs,
    ):
        page = opened(world, mine)
        row = added(page, name)
        fill(row, "value_1", "1")
        wait_for(row, "saved")
        other = opened(world, theirs)
        row_of(other, name).locator(".o_award_remove button").click()
        other.wait_for_function(f"name => !({IS_SHOWN})(name)", arg=name)
        assert held(world, name) == []
        fill(row, "value_1", "2")
        row.locator(".o_award_conflict").wait_for()
        page.reload()
        row = row_of(page, name)
        row.locator(".o_award_conflict").wait_for()
        assert held(world, name) == []
        assert row.locator("input[name=value_1]").input_value() == "2"
        row.locator(f"[data-choice={choice}]").click()
        page.wait_for_function(f"{LEFT} === 0")
        assert held(world, name) == left
        assert page.evaluate(IS_SHOWN, name) == bool(left)


def test_refused_value_is_kept_until_it_is_corrected(world: World) -> None:
    name = "数字不对"
    with world.writing() as context:
        page = opened(world, context)
        row = added(page, name)
        fill(row, "value_1", "95%")
        wait_for(row, "refused")
        page.close()
        assert held(world, name) == ["–"]
        row = row_of(opened(world, context), name)
        wait_for(row, "refused")
        assert row.locator("input[name=value_1]").input_value() == "95%"
        assert row.locator("[aria-invalid=true]").get_attribute("name") == "value_1"
        fill(row, "value_1", "95")
        wait_for(row, "saved")
        assert held(world, name) == ["95"]


def test_row_is_removed_and_leaves_nothing(world: World) -> None:
    """Also one that the server has not taken."""
    with world.writing() as context:
        page = opened(world, context)
        rows = (("保存了", "1", "saved"), ("没保存", "x", "refused"))
        for name, value, state in rows:
            row = added(page, name)
            fill(row, "value_1", value)
            wait_for(row, state)
            row.locator("input[name=value_1]").fill(f"{value}{value}")
            row.locator(".o_award_remove button").click()
            page.wait_for_function(f"name => !({IS_SHOWN})(name)", arg=name)
            assert held(world, name) == []
            assert page.evaluate(LEFT) == 0
        again = opened(world, context)
        assert not [name for name, *_ in rows if again.evaluate(IS_SHOWN, name)]
