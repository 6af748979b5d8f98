"""Which of two versions of a scheme is the newer one, and what the next is called."""

import re

_NUMBERS = re.compile(r"(\d+)")
_COUNT = re.compile(r"\d{1,3}")


def order(version):
    """A key that sorts versions as people read them: 2 before 10, 2014 before 2014-2.

    :param version: text; numbers within it are compared as numbers
    :return: tuple that compares with those of other versions
    """
    parts = _NUMBERS.split(version or "")
    return tuple(
        (1, int(part), "") if place % 2 else (0, 0, part)
        for place, part in enumerate(parts)
        if part
    )


def following(version, taken=()):
    """A name for the version after `version`, which people may change.

    A year stays in front; a count behind it goes up.

    :param taken: names that cannot be used any more
    """
    base, number = version, 1
    head, _dash, last = version.rpartition("-")
    if head and _COUNT.fullmatch(last):
        base, number = head, int(last)
    while True:
        number += 1
        name = f"{base}-{number}"
        if name not in taken:
            return name
