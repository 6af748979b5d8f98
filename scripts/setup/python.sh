#!/usr/bin/env bash
# The virtual environment with the exact versions of requirements/. It cannot be
# built aside and renamed (its scripts hold its path), so its stamp is written last:
# without the right stamp it is thrown away and built anew from pip's cache.
. "$(dirname "$0")/lib.sh"

VENV=$RUNTIME/venv
PYTHON=${PYTHON:-python3}
LOG=$RUNTIME/logs/pip.log
export PIP_CACHE_DIR=$CACHE/pip PIP_DISABLE_PIP_VERSION_CHECK=1

"$PYTHON" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' ||
    die "Python 3.11, 3.12 or 3.13 is needed; $PYTHON is $("$PYTHON" -V 2>&1). Name \
another one: make PYTHON=python3.12 setup"

stamp() {
    "$PYTHON" -c 'import sys; print(sys.version)'
    cat "$ROOT"/requirements/*.txt
}
wanted=$(stamp | sha256sum)
[ "$(cat "$VENV/.stamp" 2>/dev/null)" != "$wanted" ] || exit 0

# Debian splits ensurepip off Python: fetch pip's own wheel from the package that
# python3-venv would have brought, without installing anything.
bootstrap_pip() {
    local folder=$CACHE/pip-whl
    mkdir -p "$folder/lists/partial" "$folder/archives/partial"
    if ! ls "$folder"/root/usr/share/python-wheels/pip-*.whl >/dev/null 2>&1; then
        (cd "$folder" && {
            apt-get download python3-pip-whl || {
                # The machine's own lists are empty: read them privately.
                local private=(-o Dir::State::Lists="$folder/lists"
                    -o Dir::Cache="$folder" -o APT::Sandbox::User=root)
                apt-get "${private[@]}" update &&
                    apt-get "${private[@]}" download python3-pip-whl
            }
        }) >>"$LOG" 2>&1 || return 1
        rm -rf "$folder/root"
        dpkg-deb -x "$folder"/python3-pip-whl_*.deb "$folder/root" || return 1
    fi
    local wheel
    wheel=$(ls "$folder"/root/usr/share/python-wheels/pip-*.whl | tail -n 1)
    "$VENV/bin/python" "$wheel/pip" install --no-index -q "$wheel" >>"$LOG" 2>&1
}

say "Building the Python environment (about a minute) …"
: >"$LOG"
rm -rf "$VENV"
if "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
    "$PYTHON" -m venv "$VENV" >>"$LOG" 2>&1 || die "venv failed." "$LOG"
else
    "$PYTHON" -m venv --without-pip "$VENV" >>"$LOG" 2>&1 || die "venv failed." "$LOG"
    bootstrap_pip ||
        die "This Python has no pip, and the package python3-pip-whl could not be \
fetched. Check the network and the apt sources, or install python3-venv, then run \
make again." "$LOG"
fi

pip() {
    "$VENV/bin/python" -m pip install --retries 5 --timeout 60 --no-input "$@" \
        >>"$LOG" 2>&1 ||
        die "The Python packages could not be installed. If the network failed, run \
make again: what is already downloaded is kept in .runtime/cache. Behind a proxy set \
HTTPS_PROXY; for a package mirror set PIP_INDEX_URL." "$LOG"
}
# The build tools first, so that no source package downloads its own choice of them.
mapfile -t tools < <(grep -hE '^(setuptools|wheel)==' "$ROOT/requirements/runtime.txt")
pip "${tools[@]}"
pip --no-build-isolation -r "$ROOT/requirements/dev.txt"
printf '%s\n' "$wanted" >"$VENV/.stamp"
