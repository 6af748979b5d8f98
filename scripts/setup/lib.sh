# Shared by the set-up scripts; source it. Knows the project's own folder only.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
RUNTIME=$ROOT/.runtime
CACHE=$RUNTIME/cache
mkdir -p "$CACHE" "$RUNTIME/locks" "$RUNTIME/logs"

say() { printf '%s\n' "$*" >&2; }

# The last words of a failed set-up: one paragraph, then the end of a log if given.
die() {
    printf '\n%s\n' "$1" | fold -s -w 79 >&2
    if [ -n "${2:-}" ] && [ -s "${2:-}" ]; then
        say "--- the end of ${2#"$ROOT"/}:"
        tail -n 15 "$2" >&2
    fi
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }
