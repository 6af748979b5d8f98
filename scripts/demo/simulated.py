"""Simulated time: freezegun in this process, and nowhere else.

The database's own clock, `create_date` and the access log keep real time.
"""

from freezegun import freeze_time
from freezegun.api import real_perf_counter

from scripts.demo.timetable import to_utc

#: Whoever waits for sockets, connections or threads needs the machine's time.
IGNORED = [
    "odoo.sql_db", "psycopg2", "threading", "socketserver", "selectors",
    "concurrent", "urllib3", "scripts.demo.progress",
]


class SimulatedTime:
    """Moves the process's clock: `clock.go(local time)`, never by itself."""

    def __init__(self, local):
        self._freezer = freeze_time(to_utc(local), ignore=IGNORED)
        self._frozen = self._freezer.start()
        self.now = local

    def go(self, local):
        """Make it `local` (naive, Asia/Shanghai) from now on."""
        self._frozen.move_to(to_utc(local))
        self.now = local

    def stop(self):
        """Give the machine's time back."""
        self._freezer.stop()


def stopwatch():
    """Seconds of real time, whatever the simulated time is."""
    return real_perf_counter()


__all__ = ["SimulatedTime", "stopwatch"]
