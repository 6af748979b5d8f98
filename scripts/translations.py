"""Bring the translation files up to date with the add-on.

    python -m scripts.translations [--dictionary FILE …]

Exports the terms of a database with the add-on, keeps what is translated, drops
what is gone, and lists what is missing. A dictionary is a JSON object from English
to Chinese that fills the gaps.
"""

import argparse
import json
import sys
from pathlib import Path

import polib

from scripts import databases, paths, templates

EXPORT = """
from odoo.tools.translate import trans_export
with open({path!r}, "wb") as stream:
    trans_export(False, ["quality_award"], stream, "po", env)
"""


def _exported(target: Path) -> polib.POFile:
    name = templates.clone_template(paths.database("terms"))
    try:
        databases.run_odoo(
            "shell", "-d", name, "--no-http", stdin=EXPORT.format(path=str(target))
        )
    finally:
        databases.drop(name)
    return polib.pofile(str(target))


def _merge(terms: polib.POFile, old: Path, dictionary: dict[str, str]) -> list[str]:
    """Write `old` anew from `terms`; return the terms without translation."""
    known = {entry.msgid: entry.msgstr for entry in polib.pofile(str(old))} \
        if old.exists() else {}
    missing = []
    for entry in terms:
        entry.msgstr = dictionary.get(entry.msgid) or known.get(entry.msgid) or ""
        if not entry.msgstr:
            missing.append(entry.msgid)
    terms.metadata["Language"] = "zh_CN"
    terms.save(str(old))
    return missing


def main() -> int:
    """Status 1 when a term is left without a translation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dictionary", nargs="*", default=[], type=Path)
    options = parser.parse_args()
    dictionary = {}
    for path in options.dictionary:
        dictionary |= json.loads(path.read_text(encoding="utf-8"))
    folder = paths.ROOT / paths.ADDON / "i18n"
    terms = _exported(folder / "quality_award.pot")
    missing = _merge(terms, folder / "zh_CN.po", dictionary)
    print(json.dumps(dict.fromkeys(missing, ""), ensure_ascii=False, indent=0))
    print(f"{len(terms)} terms, {len(missing)} without translation", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
