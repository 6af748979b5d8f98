"""The whole way in a real browser, at the width of a phone and of a desk.

An organisation and an individual apply, their recommender writes, checks and signs,
the handling body's clerk proposes supplements, an officer sends them, the applicants
complete them on their pages, the officer reads the difference and decides.
"""

from collections.abc import Iterator

import pytest

from scripts import databases
from tests import browser, shell, way_scene
from tests.browser import WIDTHS
from tests.way_people import Applicant, Desk, person

pytestmark = pytest.mark.skipif(
    browser.chromium() is None, reason="no Chromium is installed"
)
#: What the clerk finds missing: label of the part -> what to complete.
MISSING = {
    "organisation": {
        "Organisational Profile": "请补充主要产品",
        "Evidence": "缺检验报告",
        "Address": "门牌号不全",
        "登记证明": "请附登记证明",
    },
    "individual": {"质量工作": "请写明起止时间"},
}


class Way:
    """One walk at one width, all people in their own browsers."""

    def __init__(self, database: str, url: str, made: dict, size: str):
        self.database, self.url, self.made, self.size = database, url, made, size
        self.cases: dict[str, int] = {}

    def as_(self, role: str):
        return person(self.url, self.made["roles"][role], self.size)

    def titles(self) -> list[str]:
        return [self.made["forms"][f"{s}_{self.size}"]["name"] for s in MISSING]

    def ask(self, question: str) -> str:
        return databases.sql(question, self.database)

    # -- applicants ------------------------------------------------------------------
    def apply(self, subject: str) -> None:
        login = self.made["people"][f"{subject}_{self.size}"]
        with person(self.url, login, self.size) as page:
            applicant = Applicant(page, self.url)
            applicant.read_about(self.made["edition"])
            values = self.made["forms"][f"{subject}_{self.size}"]
            self.cases[subject] = applicant.register(self.made["edition"], values)
            applicant.write_form(address="某路2号")
            written = applicant.write_chapters()
            if subject == "organisation":
                applicant.bring("证书.pdf")
                applicant.measure("合格率")
            else:
                applicant.tell_opinion()
            code = applicant.submit()
        kept = self.ask(
            "SELECT s.version_code, (SELECT count(*) FROM award_chapter c WHERE "
            f"c.application_id = {self.cases[subject]} AND length(c.text) > 5) FROM "
            f"award_submission s WHERE s.application_id = {self.cases[subject]}"
        )
        assert kept == f"{code}|{written}"

    def complete(self, subject: str) -> None:
        login = self.made["people"][f"{subject}_{self.size}"]
        with person(self.url, login, self.size) as page:
            applicant = Applicant(page, self.url)
            applicant.case = self.cases[subject]
            if subject == "organisation":
                applicant.complete({
                    "Organisational Profile":
                        lambda: applicant.write_chapter("主要产品为轴承。"),
                    "Evidence": lambda: applicant.bring("检验报告.pdf"),
                    "Condition: 登记证明":
                        lambda: applicant.state_fact("licence", "登字8号"),
                }, address="某路2号附3号")
            else:
                applicant.complete({
                    "1.1 质量工作":
                        lambda: applicant.write_chapter("自2010年起。"),
                })
            applicant.hand_in()

    # -- recommender -----------------------------------------------------------------
    def recommend(self) -> None:
        for role, act in (("prepare", self._prepare), ("check", None), ("sign", None)):
            with self.as_(f"recommender_{role}") as page:
                desk = Desk(page, self.url)
                for title in self.titles():
                    desk.open("award_recommendation_action")
                    desk.row(title)
                    if act:
                        act(desk)
                        desk.pressed("action_prepare")
                    elif role == "check":
                        desk.pressed("action_check")
                    else:
                        desk.pressed("action_sign", confirm=True)

    def _prepare(self, desk: Desk) -> None:
        page = desk.page
        page.locator("[name=verdict]").get_by_text("Recommended", exact=True).click()
        page.fill("[name=opinion] textarea", "经核实,申报内容属实。")
        desk.tab("Conditions")
        for row in desk.rows("check_ids"):
            desk.choose(row.locator("td[name=answer]"), "Confirmed")
        desk.save()

    # -- handling body ---------------------------------------------------------------
    def check(self) -> None:
        with self.as_("handling") as page:
            desk = Desk(page, self.url)
            for subject, title in zip(MISSING, self.titles(), strict=True):
                desk.open("award_completeness_action")
                desk.row(title)
                desk.pressed("action_begin")
                for label, why in MISSING[subject].items():
                    row = page.locator("[name=line_ids] tr.o_data_row").filter(
                        has=page.locator("td[name=label]", has_text=label)
                    ).first
                    desk.choose(row.locator("td[name=result]"), "Incomplete")
                    row.locator("td[name=note] input").fill(why)
                desk.save()
                desk.press("action_rest_complete")
                page.locator("[name=line_ids] td[name=result]").get_by_text(
                    "Complete", exact=True).first.wait_for()
                desk.choose(page.locator("div[name=proposal]"), "Ask for a Supplement")
                desk.pressed("action_propose")
                # the clerk reads what was handed in, and never the office's case
                assert page.locator("[name=application_id]").count() == 0

    # -- office ----------------------------------------------------------------------
    def take_up(self) -> None:
        with self.as_("office") as page:
            desk = Desk(page, self.url)
            for subject, title in zip(MISSING, self.titles(), strict=True):
                desk.open("award_completeness_action")
                desk.row(title)
                desk.pressed("action_confirm")
                id_ = self.ask("SELECT id FROM award_supplement WHERE "
                               f"application_id = {self.cases[subject]}")
                desk.open("award_supplement_action", int(id_))
                desk.tab("Parts to Be Completed")
                for why in MISSING[subject].values():
                    page.get_by_text(why).first.wait_for()
                desk.pressed("action_send")

    def decide(self) -> None:
        with self.as_("office") as page:
            desk = Desk(page, self.url)
            for subject, case in self.cases.items():
                supplement, check = self.ask(
                    "SELECT s.id || ' ' || s.qualification_id FROM award_supplement s "
                    f"WHERE s.application_id = {case}").split()
                desk.open("award_supplement_action", int(supplement))
                desk.tab("Parts to Be Completed")
                said = {"organisation": ("主要产品为轴承", "附3", "登字8号"),
                        "individual": ("自2010年起",)}[subject]
                for word in said:
                    page.locator("ins", has_text=word).first.wait_for()
                desk.open("award_qualification_action", int(check))
                for row in desk.rows("line_ids"):
                    verdict = row.locator("td[name=verdict]")
                    if verdict.inner_text() != "Met":  # what the facts propose
                        desk.choose(verdict, "Met")
                if page.locator(".o_form_button_save:visible").count():
                    desk.save()
                desk.pressed("action_decide", confirm=True)


@pytest.fixture(scope="module")
def ground() -> Iterator[tuple[str, str, dict]]:
    with shell.served("whole", way_scene.build) as there:
        yield there


@pytest.mark.parametrize("size", WIDTHS)
def test_the_whole_way(ground, size):
    """From the public pages to the decision, nobody skipped, a supplement included."""
    way = Way(*ground, size)
    for subject in MISSING:
        way.apply(subject)
    way.recommend()
    way.check()
    way.take_up()
    for subject in MISSING:
        way.complete(subject)
    way.decide()
    ids = ", ".join(map(str, way.cases.values()))
    versions = way.ask(
        "SELECT c.state, q.state, s.state, (SELECT max(version) FROM award_submission "
        "v WHERE v.application_id = c.id) FROM award_application c JOIN "
        "award_qualification q ON q.application_id = c.id JOIN award_supplement s ON "
        f"s.application_id = c.id WHERE c.id IN ({ids}) ORDER BY c.id"
    )
    assert versions.splitlines() == ["accepted|decided|answered|2"] * 2
