"""What changed between two versions of a scheme, record by record and key by key."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from .scheme_sections import HEAD, SECTIONS

ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


class Change(NamedTuple):
    """One difference.

    :param kind: ``added``, ``removed``, ``changed`` or ``moved`` (the order of a
        section whose order counts)
    :param section: name of the section, empty for the head of the file
    :param record: what identifies the record in its section
    :param key: key that changed, empty where the whole record is new or gone
    :param old: value before, None where there was none
    :param new: value after
    """

    kind: str
    section: str
    record: str
    key: str = ""
    old: Any = None
    new: Any = None


def differences(old: Mapping, new: Mapping) -> list[Change]:
    """Every difference between two complete dicts of schemes.

    :param old: as `scheme_format.read_scheme` returns it
    :param new: likewise; both need not be versions of one scheme
    :return: the head first, then the sections in the order of the file
    """
    found = [
        Change(CHANGED, "", "", key, old.get(key), new.get(key))
        for key in HEAD
        if key != "format" and old.get(key) != new.get(key)
    ]
    for name, section in SECTIONS.items():
        before = {_label(section, row): row for row in old.get(name, ())}
        after = {_label(section, row): row for row in new.get(name, ())}
        found += _of_section(name, section, before, after)
    return found


def _label(section, row):
    return " ".join(str(row[key]) for key in section.key if row.get(key))


def _of_section(name, section, before, after):
    found = [
        Change(REMOVED, name, label, old=row)
        for label, row in before.items()
        if label not in after
    ]
    for label, row in after.items():
        if label not in before:
            found.append(Change(ADDED, name, label, new=row))
            continue
        found += [
            Change(CHANGED, name, label, key, before[label].get(key), row.get(key))
            for key in section.fields
            if before[label].get(key) != row.get(key)
        ]
    common = [label for label in before if label in after]
    if section.in_order and common != [label for label in after if label in before]:
        found.append(Change(MOVED, name, "", old=list(before), new=list(after)))
    return found
