#!/usr/bin/env bash
# Make everything `make` needs below .runtime; quick when it is there already.
# One set-up at a time; a second one waits. Every step leaves either its whole
# result or none, so an interrupted set-up is simply run again.
. "$(dirname "$0")/setup/lib.sh"

command -v flock >/dev/null || die "flock (package util-linux) is needed."
exec 9>"$RUNTIME/locks/setup"
flock -n 9 || { say "waiting for another set-up …"; flock 9; }

here=$ROOT/scripts/setup
# 9>&-: what a step starts and leaves running must not hold the lock.
"$here/system.sh" 9>&-
"$here/python.sh" 9>&-
"$here/odoo.sh" 9>&-
cd "$ROOT"
"$RUNTIME/venv/bin/python" -m scripts.runtime conf 9>&-
"$RUNTIME/venv/bin/python" -m scripts.runtime base 9>&-
