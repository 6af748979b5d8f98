"""Which files a scheme rests on: parents before children, criteria before both."""

import json
from pathlib import Path

from scripts import paths

SHIPPED = paths.ROOT / paths.ADDON / "data"


class SchemeFileError(Exception):
    """The scheme, or one that it rests on, cannot be found or read."""


def read(path):
    """A scheme or criteria file as parsed JSON, with a clear word where it is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SchemeFileError(f"{path} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict):
        raise SchemeFileError(f"{path} is no scheme: an object is expected.")
    return data


def locate(named):
    """The file of a scheme given as a path or as the name of a shipped one."""
    shipped = SHIPPED / "schemes" / f"{named}.json"
    if Path(named).name == named and shipped.is_file():
        return shipped
    if Path(named).is_file():
        return Path(named)
    names = ", ".join(sorted(path.stem for path in shipped.parent.glob("*.json")))
    raise SchemeFileError(
        f"There is no scheme {named}: give the path of a file, or one of: {names}."
    )


def chain(path):
    """[(path, data)] of a scheme, the schemes that it extends first.

    A parent is looked for beside its child, then among the shipped.

    :raise SchemeFileError: when a parent is missing, or extends its own child
    """
    found, seen = [], set()
    while path:
        data = read(path)
        key = (str(data.get("code")), str(data.get("version")))
        if key in seen:
            raise SchemeFileError(f"{path} extends itself by way of {key[0]} {key[1]}.")
        seen.add(key)
        found.insert(0, (path, data))
        path = _parent(path, data.get("extends"))
    return found


def _parent(path, named):
    if not named:
        return None
    wanted = (named.get("code"), named.get("version"))
    for folder in (path.parent, SHIPPED / "schemes"):
        for candidate in sorted(folder.glob("*.json")):
            try:
                data = read(candidate)
            except SchemeFileError:
                continue  # a file beside it that is no business of this scheme
            if "classes" in data or "clauses" in data:
                if (data.get("code"), data.get("version")) == wanted:
                    return candidate
    raise SchemeFileError(
        f"{path} extends {wanted[0]} {wanted[1]}, which is neither beside it nor "
        "among the shipped schemes."
    )


def criteria(schemes, named_by):
    """Paths of the criteria files that the schemes name; beside them, then shipped.

    :param schemes: as `chain` returns them
    :param named_by: data of a scheme -> (codes, families) that it names
    """
    named = [named_by(data) for _path, data in schemes]
    codes = {code for found, _families in named for code in found}
    families = {family for _codes, found in named for family in found}
    folders = [path.parent for path, _data in reversed(schemes)]
    paths_by_code = {}
    for folder in (*folders, SHIPPED / "criteria"):
        for path in sorted(folder.glob("*.json")):
            try:
                data = read(path)
            except SchemeFileError:
                continue
            if "items" not in data:
                continue
            if data.get("code") in codes or data.get("family") in families:
                paths_by_code.setdefault(data["code"], path)
    return list(paths_by_code.values())
