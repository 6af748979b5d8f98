"""A user over HTTP: logged in through the login page, then the plainest client.

Requests are built beforehand and answers parsed after the clock has stopped, so that
the server is what is measured.
"""

import http.client
import json
from collections.abc import Callable
from urllib.parse import urlsplit

from odoo import sql_db

from benchmarks.ground import PASSWORD
from scripts.demo.actors import Browser

CONTEXT = {"lang": "zh_CN", "tz": "Asia/Shanghai"}


class Client:
    """One session on one connection that stays open."""

    def __init__(self, url: str, login: str):
        self._browser = Browser(url, login, PASSWORD)
        self._browser.login()
        cookies = self._browser._session.cookies
        self._headers = {
            "Content-Type": "application/json",
            "Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies),
        }
        place = urlsplit(url)
        self._connection = http.client.HTTPConnection(place.hostname, place.port)

    @property
    def uid(self) -> int:
        return self._browser.uid

    def call(self, model: str, method: str, *args, **kwargs):
        """A call outside of what is measured; its result."""
        return self._browser.call(model, method, None, *args, **kwargs)

    def request(self, model: str, method: str, *args, **kwargs) -> Callable:
        """An act for `harness.interleave`: one call, checked afterwards."""
        path = f"/web/dataset/call_kw/{model}/{method}"
        kwargs = {"context": CONTEXT, **kwargs}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        body = json.dumps({"jsonrpc": "2.0", "params": params}).encode()

        def act():
            self._connection.request("POST", path, body, self._headers)
            answer = self._connection.getresponse()
            content = answer.read()

            def check():
                parsed = json.loads(content)
                if answer.status != 200 or "error" in parsed:
                    raise SystemExit(f"{model}.{method}: {content[:2000]!r}")

            return check

        return act

    def form_of(self, model: str) -> dict:
        """The specification that the real form of `model` sends to `web_read`."""
        views = self.call(model, "get_views", [[False, "form"]])
        return specification(views["views"]["form"]["arch"], model, views["models"])


def queries(act: Callable[[], Callable]) -> int:
    """SQL statements that the server in this process runs for one request."""
    before = sql_db.sql_counter
    act()()
    return sql_db.sql_counter - before


def specification(arch: str, model: str, models: dict) -> dict:
    """What the web client makes of a form view (`getFieldsSpec` of its model).

    :param models: description of the models' fields, as `get_views` gives it
    """
    from lxml import etree

    return _of_view(etree.fromstring(arch), model, models)


def _of_view(view, model: str, models: dict) -> dict:
    fields = models[model]["fields"]
    found: dict = {}
    for node in _own_fields(view):
        name = node.get("name")
        kind = fields[name]["type"]
        found.setdefault(name, {})
        hidden = node.get("invisible") in {"1", "True"}
        if kind in {"one2many", "many2many"} and not hidden:
            lines = _of_lines(node, fields[name]["relation"], models)
            if lines:
                found[name]["fields"] = lines
                listed = node.find("list")
                limit = None if listed is None else listed.get("limit")
                found[name]["limit"] = int(limit or 40)
        elif kind in {"many2one", "reference"}:
            found[name]["fields"] = {} if hidden else {"display_name": {}}
    # The client always asks for it, for the title of the page.
    return found | {"display_name": {}}


def _own_fields(view):
    """The field nodes of a view, not those of the views inside its fields."""
    for node in view:
        if not isinstance(node.tag, str):
            continue
        if node.tag == "field":
            yield node
        else:
            yield from _own_fields(node)


def _of_lines(node, model: str, models: dict) -> dict:
    """Fields of the list or the cards in which the lines are shown, hidden ones too."""
    for tag in ("list", "kanban"):
        view = node.find(tag)
        if view is not None:
            lines = _of_view(view, model, models)
            lines.pop("display_name")
            return lines
    widget = node.get("widget") or ""
    if "tags" in widget or "checkboxes" in widget:
        return {"display_name": {}}
    return {}
