"""`make demo` and `make serve`: the demo database is whole or absent, then served.

The award itself is driven by `scripts.demo`; here a database is prepared for it,
kept for the next call, upgraded when the add-on changed since, and served.
"""

import argparse
import shutil
import socket
import subprocess
import sys
import time

from scripts import databases, paths, templates
from scripts.locks import locked
from scripts.servers import serve

NAME = paths.database("demo")
_STAMP = paths.DATA / "award_demo.stamp"
_OUTCOME = paths.DATA / "award_demo.txt"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--serve", default="1", choices=("0", "1"))
    parser.add_argument("--fresh", default="0", choices=("0", "1"))
    parser.add_argument("--start", default="", help="YYYY-MM-DD")
    parser.add_argument("--seed", default="2012")
    parser.add_argument("--port", default=8069, type=int)
    parser.add_argument("--serve-only", action="store_true")
    return parser.parse_args()


def _drive(database: str, options: argparse.Namespace) -> None:
    """Run the edition; its outcome is shown, and kept for later calls."""
    command = [
        paths.python(), "-m", "scripts.demo", "--database", database,
        "--seed", options.seed,
    ]
    if options.start:
        command += ["--start", options.start]
    new = _OUTCOME.with_suffix(".new")
    with new.open("wb") as kept:
        process = subprocess.Popen(
            command, cwd=paths.ROOT, env=paths.full_environment(),
            stdout=subprocess.PIPE,
        )
        # Its progress goes to stderr, straight to the terminal; the outcome to both.
        for line in process.stdout:
            kept.write(line)
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
    if process.wait():
        raise paths.SetupError(
            f"The demo stopped (status {process.returncode}). Its database {database} "
            "is left for a look; the next `make demo` begins anew."
        )
    new.rename(_OUTCOME)


def _build(options: argparse.Namespace) -> None:
    """Drive the edition in a new database and put it in place when it is done."""
    new = f"{NAME}_new"
    templates.clone_template(new)
    _drive(new, options)
    _STAMP.unlink(missing_ok=True)
    databases.rename(new, NAME)
    _STAMP.write_text(_stamp(options))


def _stamp(options: argparse.Namespace) -> str:
    return f"{options.start or 'ends today'} {options.seed}\n{templates.addon_hash()}"


def _ensure(options: argparse.Namespace) -> None:
    """Re-use the demo that is there when it is the one asked for."""
    wanted = _stamp(options)
    there = _STAMP.read_text() if _STAMP.exists() else ""
    same_demo = there.partition("\n")[0] == wanted.partition("\n")[0]
    if options.fresh == "1" or not same_demo or not databases.exists(NAME):
        _build(options)
        return
    if there != wanted:
        print("The add-on has changed: upgrading the demo database …", flush=True)
        databases.install(NAME, paths.ADDON, upgrade=True)
        _STAMP.write_text(wanted)
    if _OUTCOME.exists():
        shutil.copyfileobj(_OUTCOME.open(), sys.stdout)


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise paths.SetupError(
                f"Port {port} is in use: choose another, e.g. make demo PORT=8070."
            ) from error


def main() -> int:
    """Prepare, then serve until interrupted."""
    options = _arguments()
    wants_server = options.serve == "1" or options.serve_only
    try:
        if wants_server:
            _check_port(options.port)
        if options.serve_only:
            if not databases.exists(NAME):
                raise paths.SetupError("There is no demo yet: run `make demo`.")
        else:
            started = time.monotonic()
            with locked(NAME):
                _ensure(options)
            print(f"\n{NAME} is ready ({time.monotonic() - started:.0f} s).")
        if wants_server:
            address = f"http://127.0.0.1:{options.port}"
            print(f"Serving {address} – end with Ctrl-C", flush=True)
            return serve(NAME, options.port)
    except paths.SetupError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
