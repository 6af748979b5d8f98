#!/usr/bin/env bash
# Stop the embedded server and remove what set-up, tests and demo made. The
# downloads stay, so that the next set-up needs little of the network, unless the
# first argument is 1.
. "$(dirname "$0")/setup/lib.sh"

cd "$ROOT"
python3 -m scripts.runtime pg-stop
sockets=$(python3 -c 'from scripts import paths; print(paths.socket_dir())')
rm -rf "$sockets"
find "$RUNTIME" -mindepth 1 -maxdepth 1 ! -name cache -exec rm -rf {} +
[ "${1:-}" != 1 ] || rm -rf "$RUNTIME"
find "$ROOT" -name __pycache__ -type d -prune -exec rm -rf {} +
rm -rf "$ROOT/.pytest_cache" "$ROOT/.ruff_cache"
