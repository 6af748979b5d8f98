"""The cast: every user of the run, at a desk in this process or at a browser."""

from concurrent.futures import ThreadPoolExecutor

from scripts.demo import people
from scripts.demo.actors import Browser, Desk, Room

#: The database administrator, a person with Settings rights; Odoo creates him.
ADMINISTRATOR = 2
CORES = 2


class Cast:
    """Finds people by key and creates them as the administrator would."""

    def __init__(self, registry, url):
        self._registry = registry
        self._url = url
        self.uids = {"admin": ADMINISTRATOR}
        self.logins = {"admin": (people.ADMIN_LOGIN, people.ADMIN_PASSWORD)}
        self._browsers = {}
        self._coming = {}
        self._pool = ThreadPoolExecutor(CORES)

    def desk(self, key):
        """The person in this process; one transaction for each `with` block."""
        return Desk(self._registry, self.uids[key])

    def room(self):
        """Several people in one transaction: `room.person(cast.uids[key])`."""
        return Room(self._registry)

    def browser(self, key):
        """The person over HTTP; the session lasts for the whole run."""
        if key not in self._browsers:
            coming = self._coming.get(key)
            self._browsers[key] = coming.result() if coming else self._log_in(key)
        return self._browsers[key]

    def alias(self, key, name):
        """Let `name` be another key of the person `key`."""
        self.uids[name], self.logins[name] = self.uids[key], self.logins[key]
        if key in self._coming:
            self._coming[name] = self._coming[key]

    def at(self, key, web=False):
        """The person over HTTP where `web` is true and there is a login."""
        return self.browser(key) if web and key in self.logins else self.desk(key)

    @property
    def requests(self):
        return sum(browser.requests for browser in set(self._browsers.values()))

    def create(self, specs, company):
        """Create users in one batch, without passwords; they are invited later."""
        with self.desk("admin") as admin:
            env = admin.env(context={**admin.env.context, "no_reset_password": True})
            groups = {spec.xmlid: env.ref(spec.xmlid).id for spec in specs}
            users = env["res.users"].create([
                {
                    "login": spec.login,
                    "name": spec.name,
                    "email": spec.login if "@" in spec.login
                    else f"{spec.login}@example.com",
                    "lang": "zh_CN",
                    "tz": "Asia/Shanghai",
                    "company_id": company,
                    "company_ids": [(6, 0, [company])],
                    "group_ids": [(6, 0, [groups[spec.xmlid]])],
                }
                for spec in specs
            ])
            self.uids.update(zip((s.key for s in specs), users.ids, strict=True))

    def open_sessions(self, specs):
        """Give passwords to people and log them in, beside what the run does.

        A hash takes most of a second and leaves Python to others: two at a time.
        """
        self.logins.update(
            (spec.key, (spec.login, people.PASSWORD)) for spec in specs
        )
        for spec in specs:
            self._coming[spec.key] = self._pool.submit(self._open, spec.key)

    def _open(self, key):
        with self.desk("admin") as admin:
            admin.write(
                "res.users", [self.uids[key]], {"password": people.PASSWORD}
            )
        return self._log_in(key)

    def _log_in(self, key):
        browser = Browser(self._url, *self.logins[key])
        browser.login()
        return browser
