"""People at work: one interface, in this process or over HTTP with a real session.

A `Person` works in this process, with an environment of that user; a `Desk` is one
person in one transaction, a `Room` several, committed when the `with` block ends. A
`Browser` is a person with a session at the web server, where every call is a request
and a transaction of its own. All of them call the public methods only.
"""

import re

import requests

import odoo.api
from odoo.service.model import get_public_method

LANG, ZONE = "zh_CN", "Asia/Shanghai"


class RemoteRefusal(Exception):
    """The server refused a call; the text is what the person was shown."""


class Room:
    """Several people of this process in one transaction, committed at the end."""

    def __init__(self, registry):
        self._registry = registry

    def __enter__(self):
        self._cr = self._registry.cursor()
        return self

    def __exit__(self, kind, _error, _trace):
        try:
            if kind is None:
                self._cr.commit()
                self._registry.signal_changes()
            else:
                self._registry.reset_changes()
        finally:
            self._cr.close()

    def person(self, uid):
        """Somebody who works here, with an environment of his own."""
        return Person(self._cr, uid)


class Person:
    """A user in this process, calling what a client of his could call."""

    def __init__(self, cursor, uid):
        self.uid = uid
        self.env = odoo.api.Environment(cursor, uid, {"lang": LANG, "tz": ZONE})

    def call(self, model, method, ids=None, *args, **kwargs):
        """Call a public method, as a button does; methods of a model pass no ids."""
        records = self.env[model]
        get_public_method(records, method)
        if ids is not None:
            records = records.browse(ids)
        return getattr(records, method)(*args, **kwargs)

    def create(self, model, values):
        """Create records from a list of values; return their ids."""
        return self.env[model].create(values).ids

    def write(self, model, ids, values):
        self.env[model].browse(ids).write(values)

    def search(self, model, domain, order=None):
        return self.env[model].search(domain, order=order).ids

    def read(self, model, domain, names, order=None):
        """Rows of dicts, many2one as ids; a list of ids is read in its order."""
        if domain and isinstance(domain[0], int):
            return self.env[model].browse(domain).read(names, load=None)
        return self.env[model].search_read(domain, names, order=order, load=None)


class Desk(Room):
    """One person in one transaction: `with Desk(registry, uid) as me: me.call(…)`."""

    def __init__(self, registry, uid):
        super().__init__(registry)
        self._uid = uid

    def __enter__(self):
        super().__enter__()
        return self.person(self._uid)


class Browser:
    """A user over HTTP, with the session that the login page gave."""

    def __init__(self, url, login, password):
        self.url = url
        self.login_name = login
        self._password = password
        self._session = requests.Session()
        self.uid = None
        self.requests = 0

    def __enter__(self):
        return self

    def __exit__(self, *_details):
        """Every request was a transaction of its own."""

    def _send(self, verb, path, **options):
        self.requests += 1
        answer = self._session.request(
            verb, self.url + path, timeout=300, allow_redirects=False, **options
        )
        # The session lasts a week; the edition takes months. The browser keeps the
        # cookie, as one does that was never closed.
        for cookie in self._session.cookies:
            cookie.expires, cookie.discard = None, True
        if answer.status_code >= 400:
            raise RemoteRefusal(f"{verb} {path}: {answer.status_code} "
                                f"{page_text(answer.text)[:600]}")
        return answer

    def get(self, path):
        """A page, following redirections."""
        answer = self._send("GET", path)
        while answer.is_redirect:
            answer = self._send("GET", _local(answer.headers["Location"]))
        return answer

    def post(self, path, form, csrf_from=None, token=None, files=None):
        """Send a form with the token of its page; return the page it leads to.

        :param token: that of the page already open
        :param files: dict field -> (name, content)
        """
        token = token or csrf_token(self.get(csrf_from or path).text)
        answer = self._send(
            "POST", path, data={**form, "csrf_token": token}, files=files
        )
        if answer.is_redirect:
            return self.get(_local(answer.headers["Location"]))
        return answer

    def ask(self, path, **params):
        """What a JSON route of a page answers.

        :raise RemoteRefusal: it was refused, or answered with a conflict
        """
        answer = self._json(path, params)
        for word in ("refused", "conflict"):
            if answer.get(word):
                raise RemoteRefusal(f"{path}: {answer[word]}")
        return answer

    def login(self):
        """Log in on the login page."""
        self.post("/web/login", {
            "login": self.login_name, "password": self._password, "type": "password",
        })
        info = self._json("/web/session/get_session_info", {})
        self.uid = info["uid"]
        if not self.uid:
            raise RemoteRefusal(f"login of {self.login_name} failed")

    def _json(self, path, params):
        answer = self._send("POST", path, json={"jsonrpc": "2.0", "params": params})
        body = answer.json()
        if "error" in body:
            data = body["error"].get("data", {})
            raise RemoteRefusal(f"{data.get('name')}: {data.get('message')}")
        # Odoo leaves the result out where a method returns none.
        return body.get("result")

    def call(self, model, method, ids=None, *args, **kwargs):
        args = list(args) if ids is None else [ids, *args]
        kwargs.setdefault("context", {"lang": LANG, "tz": ZONE})
        return self._json(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def create(self, model, values):
        return self.call(model, "create", None, values)

    def write(self, model, ids, values):
        self.call(model, "write", ids, values)

    def search(self, model, domain, order=None):
        return self.call(model, "search", None, domain, order=order)

    def read(self, model, domain, names, order=None):
        if domain and isinstance(domain[0], int):
            return self.call(model, "read", domain, names, load=None)
        return self.call(
            model, "search_read", None, domain, names, order=order, load=None
        )


def _local(location):
    return re.sub(r"^https?://[^/]+", "", location)


def csrf_token(page):
    """The token of the first form of a page, or of the page itself."""
    found = re.search(r'name="csrf_token"\s+value="([^"]+)"', page) or re.search(
        r'csrf_token:\s*"([^"]+)"', page
    )
    return found.group(1) if found else ""


def page_text(html):
    """What a page says, without its tags."""
    body = re.sub(r"(?s)<(script|style).*?</\1>", " ", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()
