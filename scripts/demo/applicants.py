"""What applicants do: on the portal's pages over HTTP, or by what the pages call."""

import io
import re

from scripts.demo import organisations, sentences, tables
from scripts.demo.actors import RemoteRefusal, csrf_token, page_text


class AtThePage:
    """An applicant with a browser: real pages, real forms with their tokens."""

    def __init__(self, browser):
        self._browser = browser

    def register(self, edition, values):
        """Register online; return the id of the application."""
        page = self._send(f"register/{edition}", _as_form(values))
        return int(re.search(r"/my/award/(\d+)", page.url).group(1))

    def save(self, application, chapters):
        """Each chapter as its page keeps it while somebody writes."""
        for code, text in chapters.items():
            page = f"/my/award/{application}/chapter/{code}"
            shown = self._browser.get(page).text
            found = re.search(r'data-revision="(\d+)"', shown)
            self._browser.ask(
                f"{page}/save", text=text, revision=int(found.group(1)) if found else 0
            )

    def bring(self, application, name, content):
        """Upload one file of evidence."""
        form = {"kind": "evidence", "part": "evidence", "page": "1"}
        self._send(
            f"{application}/upload", form, f"{application}/documents",
            files={"file": (name, content)},
        )

    def measure(self, application, code, values):
        """One row of the table of a results item."""
        self._browser.ask(
            f"/my/award/{application}/indicator/{code}/save", values=values
        )

    def chapters(self, application):
        """Codes and titles of the chapters that the page asks for."""
        page = self._browser.get(f"/my/award/{application}/chapters").text
        codes = re.findall(r'data-chapter="([^"]+)"', page)
        return {code: "" for code in codes}

    def state(self, application, facts):
        """State facts, one form after the other, each on the page before."""
        page = self._browser.get(f"/my/award/{application}/conditions")
        for fact in facts:
            page = self._send(
                f"{application}/fact", _as_form(fact), token=csrf_token(page.text)
            )

    def employer_says(self, application, said):
        """Fill in the page of the employer's opinion."""
        self._send(f"{application}/opinion", said, application)

    def consent(self, application, transfer):
        self._send(
            f"{application}/transfer/{transfer}", {"answer": "consent"}, application
        )

    def submit(self, application):
        """Preview, then the last question, answered for what was seen."""
        self._browser.get(f"/my/award/{application}/preview")
        page = self._browser.get(f"/my/award/{application}/submit").text
        found = re.search(r'name="digest" value="([^"]+)"', page)
        if not found:
            raise RemoteRefusal(f"/my/award/{application}/submit: {alert(page)}")
        form = {"digest": found.group(1), "confirmed": "1"}
        self._send(f"{application}/submit", form, token=csrf_token(page))

    def withdraw(self, application, reason):
        self._send(f"{application}/withdraw", {"reason": reason}, application)

    def answer(self, application, supplement, text):
        self._send(
            f"{application}/answer/{supplement}", {"answer": text}, application
        )

    def complete(self, application, supplement, answer):
        """Hand in the parts that a supplement has opened, with a word to the office."""
        page = f"{application}/supplement/{supplement}"
        self._send(page, {"hand_in": "1", "answer": answer}, page)

    def _send(self, path, form, application=None, token=None, files=None):
        """Send a form of the portal; a page without redirection is a refusal."""
        page = self._browser.post(
            f"/my/award/{path}", form,
            csrf_from=f"/my/award/{application}" if application else None, token=token,
            files=files,
        )
        if page.request.method == "POST":
            raise RemoteRefusal(f"/my/award/{path}: {alert(page.text)}")
        return page


def alert(html):
    """The refusal that a page shows; notes that stand on every page are none."""
    found = re.search(r'(?s)<[^<>]*class="alert alert-danger[^"]*".*?</div>', html)
    return page_text(found.group(0) if found else html)[:600]


def _as_form(values):
    return {
        key: ("1" if value is True else "" if value in (False, None) else value)
        for key, value in values.items()
    }


class Inside:
    """An applicant in this process: what the routes call, as the portal user."""

    def __init__(self, person):
        self._case = person.env["award.application"]

    def register(self, edition, values):
        return self._case._portal_register(edition, values).id

    def save(self, application, chapters):
        self._case._portal_save(application, chapters)

    def bring(self, application, name, content):
        """As the route of uploads does; a file that is refused stops the run."""
        _taken, refused = self._case._portal_upload(
            application, "evidence", "evidence", [(name, io.BytesIO(content))]
        )
        if refused:
            raise RemoteRefusal(f"{name}: {refused[0][1]}")

    def measure(self, application, code, values):
        self._case._portal_save_indicator(application, code, values)

    def chapters(self, application):
        """Codes and titles of the chapters to write."""
        found = self._case._portal_state(application)["chapters"]
        return {chapter["code"]: chapter["title"] for chapter in found}

    def state(self, application, facts):
        for fact in facts:
            self._case._portal_add_fact(application, fact)

    def employer_says(self, application, said):
        self._case._portal_save_opinion(application, said)

    def consent(self, _application, transfer):
        self._case._portal_answer_transfer(transfer, "consent")

    def submit(self, application):
        self._case._portal_submit(application)

    def withdraw(self, application, reason):
        self._case._portal_withdraw(application, reason)

    def answer(self, application, supplement, text):
        self._case._portal_answer(supplement, text)

    def complete(self, application, supplement, answer):
        self._case._portal_answer(supplement, answer)


def chapters(world, organisation, count=None):
    """The chapters of the self-assessment: profile and items, or the first few."""
    trade = next(row[1] for row in tables.TRADES if row[0] == organisation.trade)
    texts = {"profile": sentences.PROFILE}
    for item in world.items[:count]:
        texts[item.number] = sentences.chapter(
            item.number, world.item_names[item.number], trade
        )
    return texts


def registration(world, organisation):
    """The values of the registration form."""
    return organisation.values(world.ids["trades"]) | {
        "recommender_id": world.ids["recommenders"][organisation.district],
        "territory": organisations.district_name(
            organisation.district, world.historic),
    }
