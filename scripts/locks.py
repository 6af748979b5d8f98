"""Locks between runs of this project, released by the kernel when one dies."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scripts import paths


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Hold the lock `name`; wait for another run and say so."""
    paths.LOCKS.mkdir(parents=True, exist_ok=True)
    with (paths.LOCKS / name).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"waiting for another run ({name}) …", file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
