"""What a test needs to be there before it begins, made in an Odoo shell.

The scripts speak the words of the addon's own tests; from then on everything happens
from outside.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scripts import databases, paths, templates
from scripts.servers import Server

#: What each script finds: `env`, `common` (the vocabulary's module), `now`, and
#: `Ground`, which stands for Odoo's test classes under a vocabulary.
PREAMBLE = """
import json
import sys
from datetime import datetime, timedelta
from passlib.context import CryptContext
import odoo.addons.quality_award.tests.common

# The package's own attribute may be a namesake in a room.
common = sys.modules["odoo.addons.quality_award.tests.common"]
now = datetime.utcnow().replace(microsecond=0)
# Passwords are hashed cheaply here, and keep their meaning.
quick = CryptContext(["pbkdf2_sha512"], pbkdf2_sha512__rounds=1)
type(env["res.users"])._crypt_context = lambda self: quick

def window(since, until=20, begun=0):
    common.NOW = now - timedelta(days=begun)
    common.WINDOW = (now - timedelta(days=since), now + timedelta(days=until))

class Ground:
    @classmethod
    def setUpClass(cls):
        cls.env = env
    @classmethod
    def addClassCleanup(cls, *args, **kwargs):
        pass

def made(**values):
    env.cr.commit()
    print("MADE" + json.dumps(values) + "END")
"""


def build(database: str, script: str) -> dict:
    """Run a script in a database; what it says that it `made`."""
    log = paths.LOGS / f"scene-{database}.log"
    text = PREAMBLE + script
    databases.run_odoo(
        "shell", "-d", database, "--no-http", log=log, stdin=f"exec({text!r})\n"
    )
    found = re.search(r"MADE(.*)END", log.read_text())
    if not found:
        raise paths.SetupError(f"no scene; see the end of {log}")
    return json.loads(found[1])


def password(login: str) -> str:
    """Users of the tests have their login as password, filled up to eight letters."""
    return login + "x" * (8 - len(login))


@contextmanager
def served(
    word: str, build: Callable[[str], dict], workers: int = 0
) -> Iterator[tuple[str, str, dict]]:
    """A database with a scene, and a server on it; both are gone afterwards.

    :param word: in the name of the database
    :param build: makes the scene, returns what is in it
    :return: name of the database, address of the server, what is in the scene
    """
    name = templates.clone_template(paths.database(f"test_{word}_{os.getpid()}"))
    try:
        made = build(name)
        with Server(name, workers) as server:
            yield name, server.url, made
    finally:
        databases.drop(name)
