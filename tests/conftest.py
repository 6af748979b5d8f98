"""What the black-box tests share: databases of their own, and real servers.

Nothing here imports Odoo: the tests stand outside and look at what a user, an
administrator or a database sees.
"""

import os
import subprocess
from collections.abc import Callable, Iterator

import pytest

from scripts import databases, paths, templates
from scripts.servers import Server
from tests import scene


def _name(word: str) -> str:
    """Names end with the process id, so that leftovers of a killed run are found."""
    return paths.database(f"test_{word}_{os.getpid()}")


@pytest.fixture(scope="session")
def base() -> str:
    """The bare template: Odoo without the addon."""
    return databases.ensure_base()


@pytest.fixture(scope="session")
def installed(base: str) -> Iterator[str]:
    """A database with the addon freshly installed; clone it, do not change it."""
    name = databases.clone(base, _name("installed"))
    databases.install(name, paths.ADDON)
    yield name
    databases.drop(name)


@pytest.fixture(scope="session")
def demo(base: str) -> Iterator[str]:
    """A database in which the driver has run an edition in miniature."""
    name = templates.clone_template(_name("demo"))
    subprocess.run(
        [paths.python(), "-m", "scripts.demo", "--small", "--database", name],
        cwd=paths.ROOT, env=paths.full_environment(), check=True,
    )
    yield name
    databases.drop(name)


@pytest.fixture(scope="session")
def acts_waiting(base: str) -> Iterator[tuple[str, dict]]:
    """A database full of acts that wait to be done; clone it, do not change it.

    :return: its name, and what `scene.build` made in it
    """
    name = templates.clone_template(_name("scene"))
    yield name, scene.build(name)
    databases.drop(name)


@pytest.fixture
def clone() -> Iterator[Callable[[str], str]]:
    """Clone a database under a name of its own; dropped when the test ends."""
    made: list[str] = []

    def make(source: str) -> str:
        letters = "abcdefgh"[len(made)]
        made.append(databases.clone(source, _name(f"clone{letters}")))
        return made[-1]

    yield make
    for name in made:
        databases.drop(name)


@pytest.fixture
def server() -> Iterator[Callable[..., Server]]:
    """Start real servers on databases; stopped when the test ends."""
    running: list[Server] = []

    def start(database: str, workers: int = 0, *extra: str) -> Server:
        running.append(Server(database, workers, *extra).start())
        return running[-1]

    yield start
    for one in running:
        one.stop()
