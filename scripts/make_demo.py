"""`make demo` and `make serve`: the demo database is whole or absent, then served.

The awards themselves are driven by `scripts.demo`; here a database is prepared for
them, kept for the next call, upgraded when the add-on changed since, and served.
Without a scheme the database holds three agencies, each with an edition of its own;
with one (a file, or the name of a shipped one) it holds that edition alone.
"""

import argparse
import hashlib
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

from scripts import databases, paths, templates
from scripts.demo.general import files
from scripts.locks import locked
from scripts.servers import serve

#: Shipped schemes that are run beside the large edition, each by its own agency.
BESIDE = ("anhui_2011", "shanghai_2017")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--serve", default="1", choices=("0", "1"))
    parser.add_argument("--fresh", default="0", choices=("0", "1"))
    parser.add_argument("--start", default="", help="YYYY-MM-DD")
    parser.add_argument("--seed", default="2012")
    parser.add_argument("--scheme", default="", help="a scheme file, or a shipped one")
    parser.add_argument("--port", default=8069, type=int)
    parser.add_argument("--serve-only", action="store_true")
    return parser.parse_args()


def _name(options: argparse.Namespace) -> str:
    """The database: one for the three agencies, one for editions under any scheme."""
    return paths.database("demo_any" if options.scheme else "demo")


def _kept(name: str, kind: str) -> Path:
    """What is remembered of a database: how it was made, and what came out."""
    return paths.DATA / f"{name}.{kind}"


def _commands(database: str, options: argparse.Namespace) -> list[list[str]]:
    """The runs of the driver, one after the other."""
    start = ["--start", options.start] if options.start else []
    general = ["-m", "scripts.demo.general", "--database", database, "--scheme"]
    if options.scheme:
        return [[*general, options.scheme, *start]]
    large = ["-m", "scripts.demo", "--database", database, "--seed", options.seed]
    return [[*large, *start], *([*general, scheme] for scheme in BESIDE)]


def _drive(database: str, options: argparse.Namespace) -> None:
    """Run the editions; their outcome is shown, and kept for later calls."""
    outcome = _kept(_name(options), "txt")
    new = outcome.with_suffix(".new")
    with new.open("wb") as kept:
        for command in _commands(database, options):
            process = subprocess.Popen(
                [paths.python(), *command], cwd=paths.ROOT,
                env=paths.full_environment(), stdout=subprocess.PIPE,
            )
            # Progress goes to stderr, straight to the terminal; the outcome to both.
            for line in process.stdout:
                kept.write(line)
                sys.stdout.buffer.write(line)
                sys.stdout.buffer.flush()
            if process.wait():
                raise paths.SetupError(
                    f"The demo stopped (status {process.returncode}). Its database "
                    f"{database} is left for a look; the next `make demo` begins anew."
                )
    new.rename(outcome)


def _build(options: argparse.Namespace) -> None:
    """Drive the editions in a new database and put it in place when all is done."""
    name = _name(options)
    new = f"{name}_new"
    templates.clone_template(new)
    _drive(new, options)
    _kept(name, "stamp").unlink(missing_ok=True)
    databases.rename(new, name)
    _kept(name, "stamp").write_text(_stamp(options))


def _stamp(options: argparse.Namespace) -> str:
    """What was asked for, files included, and the add-on that it was made with."""
    asked = f"{options.start or 'ends today'} {options.seed}"
    if options.scheme:
        digest = hashlib.sha256()
        for path, _data in files.chain(files.locate(options.scheme)):
            digest.update(path.read_bytes())
        asked += f" {digest.hexdigest()}"
    return f"{asked}\n{templates.addon_hash()}"


def _ensure(options: argparse.Namespace) -> None:
    """Re-use the demo that is there when it is the one asked for."""
    name = _name(options)
    wanted = _stamp(options)
    stamp, outcome = _kept(name, "stamp"), _kept(name, "txt")
    there = stamp.read_text() if stamp.exists() else ""
    same_demo = there.partition("\n")[0] == wanted.partition("\n")[0]
    if options.fresh == "1" or not same_demo or not databases.exists(name):
        _build(options)
        return
    if there != wanted:
        print("The add-on has changed: upgrading the demo database …", flush=True)
        databases.install(name, paths.ADDON, upgrade=True)
        stamp.write_text(wanted)
    if outcome.exists():
        shutil.copyfileobj(outcome.open(), sys.stdout)


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
    name = _name(options)
    try:
        if wants_server:
            _check_port(options.port)
        if options.serve_only:
            if not databases.exists(name):
                raise paths.SetupError("There is no demo yet: run `make demo`.")
        else:
            started = time.monotonic()
            with locked(name):
                _ensure(options)
            print(f"\n{name} is ready ({time.monotonic() - started:.0f} s).")
        if wants_server:
            address = f"http://127.0.0.1:{options.port}"
            print(f"Serving {address} – end with Ctrl-C", flush=True)
            return serve(name, options.port)
    except (paths.SetupError, files.SchemeFileError) as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
