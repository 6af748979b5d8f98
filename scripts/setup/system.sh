#!/usr/bin/env bash
# System packages that only root can install. None is needed to run Odoo: what is
# missing is written to .runtime/missing, one line each with what is left out, and
# the test summary repeats it.
. "$(dirname "$0")/lib.sh"

MISSING=$RUNTIME/missing
LOG=$RUNTIME/logs/apt-system.log

has_browser() {
    command -v chromium || command -v chromium-browser ||
        command -v google-chrome || command -v google-chrome-stable
}
has_cjk_fonts() {
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.fonts" \
        -iname '*CJK*' -print -quit 2>/dev/null)" ]
}

# Prints "package<TAB>what is left out without it" for each one that is missing.
missing() {
    has_browser >/dev/null ||
        printf 'chromium\tbrowser tests, tours and screenshots are left out\n'
    has_cjk_fonts ||
        printf 'fonts-noto-cjk\tChinese text in screenshots and PDFs shows boxes\n'
    command -v wkhtmltopdf >/dev/null ||
        printf 'wkhtmltopdf\treports are HTML pages; tests of the PDF are left out\n'
}

install() {
    local admin=()
    is_root || admin=(sudo -n)
    local apt=("${admin[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    # One by one: a package that the release does not have must not stop the rest.
    local package
    for package in "$@"; do
        "${apt[@]}" install --no-install-recommends "$package" </dev/null ||
            [ -n "${updated:-}" ] ||
            { updated=1 && "${apt[@]}" update &&
                "${apt[@]}" install --no-install-recommends "$package"; } </dev/null ||
            true
    done
}

absent=$(missing)
# A failed attempt is not repeated within the hour, so that every `make` stays quick.
if [ -n "$absent" ] && { is_root || sudo -n true 2>/dev/null; } &&
    [ -z "$(find "$MISSING" -mmin -60 2>/dev/null)" ]; then
    mapfile -t packages < <(cut -f1 <<<"$absent")
    say "Installing ${packages[*]} …"
    install "${packages[@]}" >"$LOG" 2>&1 || true
    absent=$(missing)
fi

if [ -n "$absent" ]; then
    sed 's/\t/: /' <<<"$absent" >"$MISSING.new"
    # Say it when it is news; the test summary says it every time.
    cmp -s "$MISSING.new" "$MISSING" || sed 's/^/Not installed: /' "$MISSING.new" >&2
    # The time of the last attempt counts, so an unchanged file is not touched.
    if cmp -s "$MISSING.new" "$MISSING" && [ -n "$(find "$MISSING" -mmin -60)" ]; then
        rm "$MISSING.new"
    else
        mv "$MISSING.new" "$MISSING"
    fi
else
    rm -f "$MISSING"
fi
