"""Databases are dropped also while somebody who may not be ended looks into them."""

import subprocess
import time
from collections.abc import Callable

import pytest

from scripts import databases, paths

Clone = Callable[[str], str]

@pytest.mark.skipif(
    paths.uses_own_postgres(), reason="needs the superuser of the embedded server"
)
def test_drop_waits_for_the_servers_own_work(base: str, clone: Clone) -> None:
    """As autovacuum does at any time; an ordinary role may not end it."""
    name = clone(base)
    process = subprocess.Popen(
        ["psql", "-XAtq", "-U", "postgres", "-d", name, "-c", "SELECT pg_sleep(3)"],
        env=paths.full_environment(),
    )
    looking = (
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{name}'"
        " AND usename = 'postgres'"
    )
    while databases.sql(looking) != "1":
        time.sleep(0.1)
    databases.drop(name)
    assert not databases.exists(name)
    process.wait()
