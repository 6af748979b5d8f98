"""An individual in a real browser, at the width of a phone and of a desk.

From the public pages without a login to the employer's opinion, and a colleague who
may only read: what he may not do he cannot do by any route.
"""

import re
from collections.abc import Iterator

import pytest

from scripts import databases
from tests import browser, portal_world, scene, shell
from tests.browser import WIDTHS, fits
from tests.shell import password

pytestmark = pytest.mark.skipif(
    browser.chromium() is None, reason="no Chromium is installed"
)


@pytest.fixture(scope="module")
def world() -> Iterator[tuple[str, str, dict]]:
    with shell.served("way", portal_world.build) as there:
        yield there


def _public_pages(page, url, made):
    """Everything that is public, read without a login."""
    page.goto(f"{url}/award")
    page.click(f"a[href$='/award/{made['edition']}']")
    for end in ("", "regulation", "calendar", "criteria", "prepare", "recommenders",
                "questions", "self-test"):
        answer = page.goto(f"{url}/award/{made['edition']}/{end}".rstrip("/"))
        assert answer.status == 200, end
        assert page.locator(".o_award_banner").count() == 1, end
        fits(page)


def _self_test(page, url, made):
    page.goto(f"{url}/award/{made['edition']}/self-test/individual")
    page.fill("input[name=working_since]", "2010-01-01")
    page.select_option("select[name='consent.held']", "yes")
    page.click("main form button[type=submit]")
    page.wait_for_selector("#result")
    found = page.locator("#result [data-outcome=met]").count()
    assert found >= 2
    fits(page)


def _register(page, url, made, number):
    """Online registration of a person; returns the id of the application."""
    page.goto(f"{url}/my/award/register/{made['edition']}?class=individual")
    values = {**made["numbers"], "name": f"李{number}", "trade_id": str(made["trade"])}
    values["identity_number"] = number
    values["recommender_id"] = str(made["recommender"])
    for name, value in values.items():
        field = page.locator(f"main form [name={name}]")
        if not field.count() or field.get_attribute("type") in {"checkbox", "hidden"}:
            continue
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))
    page.click("main form button.btn-primary[type=submit]")
    page.wait_for_url(re.compile(r"/my/award/\d+"))
    return int(re.search(r"/my/award/(\d+)", page.url)[1])


def _opinion(page, url, application):
    page.goto(f"{url}/my/award/{application}")
    page.click(f"a[href='/my/award/{application}/opinion']")
    for name, value in {
        "text": "同意申报", "sealed_by": "某公司", "sealed_on": "2026-01-05",
        "notice_from": "2026-01-05", "notice_to": "2026-01-20",
        "notice_place": "公告栏", "notice_result": "无异议",
    }.items():
        page.fill(f"main form [name={name}]", value)
    page.click("main form button.btn-primary[type=submit]")
    page.wait_for_selector(".alert-success")
    assert page.input_value("[name=notice_result]") == "无异议"
    fits(page)


def _invite(page, url, email):
    """Invite a colleague who may only read; returns the code to hand on."""
    page.goto(f"{url}/my/award")
    page.locator("a[href^='/my/award/colleagues/']").last.click()
    page.fill("input[name=email]", email)
    page.locator("form[action$='/invite'] select[name=right]").select_option("read")
    page.click("form[action$='/invite'] button[type=submit]")
    page.wait_for_selector("code")
    fits(page)
    return page.inner_text("code")


def _accept(page, url, code):
    page.goto(f"{url}/my/award")
    page.click("a[href^='/my/award/invitation/']")
    page.fill("input[name=code]", "WRONG")
    page.click("main form button.btn-primary")
    page.wait_for_selector(".alert-danger")
    page.fill("input[name=code]", code)
    page.click("main form button.btn-primary")
    page.wait_for_url(re.compile(r"/my/award$"))


def _may_not_write(url, database, application, applicant, reader):
    """The reader opens the pages, and writes by none of the routes."""
    visitor = scene.Visitor(url, reader).log_in()
    page = f"/my/award/{application}"
    assert visitor.session.get(url + page, timeout=60).status_code == 200
    question = (
        f"SELECT (SELECT string_agg(code || text, ',') FROM award_chapter WHERE "
        f"application_id = {application}), (SELECT text FROM award_employer_opinion "
        f"WHERE application_id = {application}), (SELECT count(*) FROM award_fact "
        f"WHERE application_id = {application}), (SELECT state FROM award_application "
        f"WHERE id = {application}), (SELECT name || coalesce(liaison_name, '') FROM "
        f"award_applicant WHERE id = {applicant}), (SELECT count(*) FROM "
        f"award_applicant_liaison WHERE applicant_id = {applicant}), (SELECT count(*) "
        f"FROM award_applicant_member WHERE applicant_id = {applicant})"
    )
    before = databases.sql(question, database)
    tries = {
        f"{page}/save": {"chapter_profile": "改", "name": "改"},
        f"{page}/opinion": {"text": "改"},
        f"{page}/fact": {"kind": "document", "code": "licence", "issuer": "改"},
        f"{page}/withdraw": {"reason": "改"},
        f"/my/award/profile/{applicant}": {"name": "改", "legal_representative": "改"},
        f"/my/award/profile/{applicant}/deputy": {"name": "改"},
        f"/my/award/colleagues/{applicant}/invite": {"email": "z@a.cn"},
    }
    for path, form in tries.items():
        answer = visitor.post(path, "/my/award/questions", **form)
        assert answer.status_code == 200, path  # the page again, with the refusal
        assert 'role="alert"' in answer.text, path
    visitor.rpc(f"{page}/chapter/profile/save", html="<p>改</p>", revision=0)
    visitor.rpc(f"{page}/field/name/save", value="改")
    answer = visitor.call("award.application", "write", [application], {"name": "改"})
    assert "error" in answer
    assert databases.sql(question, database) == before


@pytest.mark.parametrize("width", WIDTHS)
def test_the_way_of_an_individual(world, width):
    """Walked once at each width, by two people who have not met before."""
    database, url, made = world
    applicants = {"phone": "newcomer@a.cn", "desk": "second@a.cn"}
    readers = {"phone": "reader@a.cn", "desk": "reader2@a.cn"}
    numbers = made["identities"]
    login, reader = applicants[width], readers[width]
    with browser.open_page("en-US", WIDTHS[width], 844) as page:
        _public_pages(page, url, made)
        _self_test(page, url, made)
        browser.log_in(page, url, login, password(login))
        application = _register(page, url, made, numbers[width])
        fits(page)
        _opinion(page, url, application)
        code = _invite(page, url, reader)
    with browser.open_page("en-US", WIDTHS[width], 844) as page:
        browser.log_in(page, url, reader, password(reader))
        _accept(page, url, code)
    applicant = int(databases.sql(
        f"SELECT applicant_id FROM award_application WHERE id = {application}",
        database))
    _may_not_write(url, database, application, applicant, reader)
