#!/usr/bin/env bash
# Odoo 19 for this project: the user's own if there is one, else Debian's package,
# which is published in the suite sid only, unpacked below .runtime without root.
# apt works on private lists, so the system's apt state stays as it is; the mirror
# is the one the machine itself is configured with.
. "$(dirname "$0")/lib.sh"

TARGET=$RUNTIME/odoo
APT=$CACHE/apt
LOG=$RUNTIME/logs/apt-odoo.log
# The package's web assets are links into these.
ASSETS=(libjs-jquery libjs-jquery-form libjs-underscore fonts-montserrat
    fonts-roboto-unhinted fonts-ocr-b)
INSTEAD="Otherwise set ODOO_PATH to an Odoo 19.0 source checkout or unpacked package."

own=$(AWARD_USER_PYTHONPATH=${PYTHONPATH:-} PYTHONPATH=$ROOT "${PYTHON:-python3}" -c '
import sys
from scripts import paths
try:
    print(paths.users_odoo() or "")
except paths.SetupError as error:
    sys.exit(str(error))') || exit 1
printf '%s\n' "$own" >"$RUNTIME/odoo-path.new"
mv "$RUNTIME/odoo-path.new" "$RUNTIME/odoo-path"
[ -z "$own" ] || exit 0
# Part of the stamp: the number is raised when the unpacking below changes.
[ "$(cat "$TARGET/.stamp" 2>/dev/null)" != "layout 1" ] || exit 0

command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null ||
    die "This machine has no apt to fetch Odoo with. $INSTEAD"
mkdir -p "$APT/lists/partial" "$APT/archives/partial" "$CACHE/debs"
: >"$APT/empty-status"
: >"$LOG"

apt_private=(-q -o Dir::State::Lists="$APT/lists" -o Dir::Cache="$APT"
    -o Dir::State::status="$APT/empty-status" -o Dir::Etc::SourceList="$APT/sources.list"
    -o Dir::Etc::SourceParts=/dev/null -o APT::Sandbox::User=root
    -o Acquire::Languages=none -o Acquire::Retries=3 -o Acquire::http::Timeout=60
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false
    -o APT::Architecture="$(dpkg --print-architecture)")

# Prints "site release" of every archive the machine's own apt reads.
archives() {
    apt-get indextargets --format '$(CREATED_BY) $(SITE) $(RELEASE)' 2>>"$LOG" |
        sed -n 's/^Packages //p' | sort -u
}

# Font Awesome and Inconsolata lie under other names in sid: older suites join in.
# A suite the mirror does not have only costs a warning, sid decides.
write_sources() {
    local site=$1 release=$2 key= suite
    for suite in gpg pgp; do
        [ ! -e "/usr/share/keyrings/debian-archive-keyring.$suite" ] ||
            key="[signed-by=/usr/share/keyrings/debian-archive-keyring.$suite] "
    done
    for suite in sid "$release" stable oldstable; do
        echo "deb $key$site $suite main"
    done | sort -u >"$APT/sources.list"
}

# versions PACKAGE PATTERN: all that match, the newest first. Read to the end before
# anything is cut off: a closed pipe would count as a failure of apt-cache.
versions() {
    apt-cache "${apt_private[@]}" madison "$1" 2>>"$LOG" |
        awk -v pattern="$2" '$3 ~ pattern { print $3 }'
}

# Find the configured archive that has sid: the first whose lists name odoo-19.
find_mirror() {
    local site release
    while read -r site release; do
        write_sources "$site" "$release"
        apt-get "${apt_private[@]}" update </dev/null >>"$LOG" 2>&1 || true
        [ -z "$(versions odoo-19 '^19[.]')" ] || return 0
    done < <(archives | grep -v -- '-security\|-updates\|-backports')
    return 1
}

# version PACKAGE PATTERN: the newest version that matches.
version() {
    local found
    found=$(versions "$1" "$2")
    [ -n "$found" ] ||
        die "The Debian mirror has no version of $1 that Odoo can use. $INSTEAD"
    echo "${found%%$'\n'*}"
}

fetch() {
    (cd "$CACHE/debs" && apt-get "${apt_private[@]}" download "$@") >>"$LOG" 2>&1 ||
        die "The packages of Odoo could not be downloaded. Check the network and run \
make again: what is complete is kept in .runtime/cache. $INSTEAD" "$LOG"
}

# newest PACKAGE: its file that was downloaded last; older ones may lie beside it.
newest() {
    local files
    files=$(ls -t "$CACHE/debs/$1"_*.deb)
    echo "${files%%$'\n'*}"
}

say "Fetching Odoo 19 from the Debian mirror (130 MB once) …"
find_mirror ||
    die "None of this machine's Debian mirrors has the suite sid with odoo-19, or none \
can be reached. Check the network (apt-get update) and run make again. $INSTEAD" "$LOG"
# One by one: a failure inside an array's brackets would go unseen.
odoo=$(version odoo-19 '^19[.]')
awesome=$(version fonts-font-awesome '4[.]7')
inconsolata=$(version fonts-inconsolata '^001[.]')
wanted=("odoo-19=$odoo" "${ASSETS[@]}" "fonts-font-awesome=$awesome"
    "fonts-inconsolata=$inconsolata")
fetch "${wanted[@]}"

say "Unpacking Odoo …"
new=$TARGET.new
rm -rf "$new"
for package in "${wanted[@]%%=*}"; do
    deb=$(newest "$package")
    dpkg-deb -x "$deb" "$new" || die "$deb cannot be unpacked; remove it, run make again."
done
# Debian removed this non-free file; it only blurs video backgrounds, but without
# any file there every backend page logs an asset error.
blur=$new/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
mkdir -p "$blur"
echo '// Left out of the Debian package; it only blurs video backgrounds.' \
    >"$blur/selfie_segmentation.js"
broken=$(find "$new/usr/lib" -xtype l -path '*/static/*')
[ -z "$broken" ] || die "Odoo's package links to files that are not there: $broken. \
Please report this with the version ${wanted[0]}. $INSTEAD"
basename "$(newest odoo-19)" >"$new/version"
echo "layout 1" >"$new/.stamp"
rm -rf "$TARGET"
mv "$new" "$TARGET"
