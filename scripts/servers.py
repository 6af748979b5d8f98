"""Real Odoo servers on free ports, as processes that can be stopped or killed."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from scripts import databases, paths, postgres


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _arguments(
    database: str, port: int, workers: int, extra: tuple[str, ...]
) -> list[str]:
    return databases.odoo_command(
        "-d", database, "--db-filter", f"^{database}$",
        "--http-port", str(port), "--gevent-port", str(free_port()),
        "--workers", str(workers), *extra,
    )


def serve(database: str, port: int, workers: int = 0) -> int:
    """Serve a database in the foreground until interrupted."""
    postgres.start()
    databases.write_conf()
    command = _arguments(database, port, workers, ("--max-cron-threads", "1"))
    process = subprocess.Popen(command, env=paths.full_environment(), cwd=paths.ROOT)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # The server got the same signal and ends by itself.


class Server:
    """An Odoo server for tests: `with Server("db", workers=2) as s: s.url`."""

    def __init__(
        self, database: str, workers: int = 0, *extra: str, port: int | None = None
    ):
        self.database = database
        self.workers = workers
        self.extra = extra
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log: Path = paths.LOGS / f"server-{database}-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, timeout: float = 120) -> "Server":
        """Start it and wait until it answers."""
        postgres.start()
        databases.write_conf()
        paths.LOGS.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                _arguments(self.database, self.port, self.workers, self.extra),
                stdout=log, stderr=log, env=paths.full_environment(),
                cwd=paths.ROOT, start_new_session=True,
            )
        deadline = time.monotonic() + timeout
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise paths.SetupError(
                    f"The server did not come up; the end of {self.log}:\n"
                    f"{self.log.read_text()[-3000:]}"
                )
            time.sleep(0.2)
        return self

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/web/health", timeout=5) as page:
                return page.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def _signal(self, number: int) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                pass

    def stop(self) -> None:
        """End it the polite way; kill it when it does not listen."""
        if self.process is None:
            return
        self._signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            pass
        self.kill()

    def kill(self) -> None:
        """End the whole process group at once, as a crash would."""
        if self.process is None:
            return
        self._signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_details: object) -> None:
        self.stop()
