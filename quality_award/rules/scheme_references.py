"""Which records of a scheme name which others, and whether those are there."""

from .scheme_format import Problem, duplicates
from .scheme_sections import SECTIONS
from .scheme_sections import references as section_references


def family_key(family):
    """The key under which the newest criteria of a family are handed in."""
    return f"{family} (latest)"


def criteria_key(row):
    """The key of the criteria that a class or choice names."""
    named = row.get("criteria", "")
    return family_key(named) if row.get("criteria_latest") else named


def criteria_named(data):
    """Codes and families of criteria that a scheme names, as two sets."""
    codes, families = set(), set()
    for name in ("classes", "choices"):
        for row in data.get(name, []):
            if row.get("criteria"):
                named = families if row.get("criteria_latest") else codes
                named.add(row["criteria"])
    return codes, families


def references(data, criteria):
    """Codes that nothing in the scheme has, and codes that two records have."""
    known = {
        name: {row["code"] for row in data[name]}
        for name, section in SECTIONS.items()
        if section.key == ("code",)
    }
    known["criteria"] = set(criteria)
    found = []
    for name, section in SECTIONS.items():
        found += duplicates(name, section, data[name])
        named = section_references(section)
        for index, row in enumerate(data[name]):
            for key, of in named.items():
                found += [
                    Problem("unknown_reference", f"{name}[{index}].{key}", {"code": c})
                    for c in _codes(row, key)
                    if (criteria_key(row) if of == "criteria" else c) not in known[of]
                ]
    return found


def _codes(row, key):
    """The codes under a key, one or a list of them."""
    codes = row.get(key)
    if not codes:  # what must be there and is not is told by other checks
        return []
    return codes if isinstance(codes, list) else [codes]
