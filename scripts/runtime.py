"""The one door to this project's runtime, for scripts, tests and people.

    python3 -m scripts.runtime help
"""

import shlex
import sys

from scripts import databases, paths, postgres
from scripts.databases import clone, drop, ensure_base, exists, install, sql
from scripts.servers import Server, free_port, serve
from scripts.templates import clone_template

__all__ = [
    "Server", "clone", "clone_template", "drop", "ensure_base", "exists", "free_port",
    "install", "serve", "sql",
]


def _env() -> None:
    """Print the environment as shell exports (see env.sh)."""
    for name, value in paths.environment().items():
        print(f"export {name}={shlex.quote(value)}")


def _upgrade(database: str, modules: str = paths.ADDON) -> None:
    """upgrade DATABASE [MODULES]"""
    databases.install(database, modules, upgrade=True)


def _install(database: str, modules: str = paths.ADDON) -> None:
    """install DATABASE [MODULES]"""
    databases.install(database, modules)


def _server(database: str, port: str = "8069", workers: str = "0") -> None:
    """server DATABASE [PORT] [WORKERS]: serve in the foreground."""
    sys.exit(serve(database, int(port), int(workers)))


COMMANDS = {
    "env": _env,
    "pg-start": postgres.start,
    "pg-stop": postgres.stop,
    "conf": databases.write_conf,
    "base": databases.ensure_base,
    "clone": databases.clone,
    "clone-template": clone_template,
    "drop": databases.drop,
    "install": _install,
    "upgrade": _upgrade,
    "assets": databases.pregenerate_assets,
    "server": _server,
}


def main(arguments: list[str]) -> int:
    """Run one command; an expected error is one paragraph, not a traceback."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        for name, function in COMMANDS.items():
            print(f"{name:10} {(function.__doc__ or '').splitlines()[0]}")
        return 0 if arguments[:1] == ["help"] else 2
    try:
        command(*arguments[1:])
    except paths.SetupError as error:
        print(f"\n{error}\n", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
