"""From the bytes of a file to parsed JSON, or to what is wrong with the file.

Files come from anywhere: their size is limited before they are parsed, keys that
stand twice are named instead of one of them being taken, and nothing of what is
wrong is written anywhere.
"""

import json
from typing import Any

from . import safe_text
from .scheme_format import Problem

#: Largest file, in bytes: forty times the largest regulation that is shipped.
MAX_BYTES = 4 * 1024 * 1024
#: Deepest nesting: an object of sections, of records, of lists of words.
MAX_DEPTH = 8


def load(content: bytes) -> tuple[Any, list[Problem]]:
    """Parse the content of a file.

    :param content: as it was uploaded, UTF-8 with or without a byte-order mark
    :return: ``(parsed JSON, [Problem])``; the first is of use only without problems.
        Codes: too_large, not_json, too_deep, duplicate_key
    """
    if len(content) > MAX_BYTES:
        values = {"number": len(content), "most": MAX_BYTES}
        return None, [Problem("too_large", "", values)]
    twice: list[str] = []

    def as_object(pairs):
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            for key, _value in pairs:
                if key in seen:
                    twice.append(safe_text.shown(key))
                seen.add(key)
        return found

    try:
        data = json.loads(content.decode("utf-8-sig"), object_pairs_hook=as_object)
    except RecursionError:
        return None, [Problem("too_deep", "", {"most": MAX_DEPTH})]
    except ValueError as error:
        return None, [Problem("not_json", "", {"error": safe_text.shown(error)})]
    if _depth(data) > MAX_DEPTH:
        return None, [Problem("too_deep", "", {"most": MAX_DEPTH})]
    return data, [Problem("duplicate_key", key) for key in dict.fromkeys(twice)]


def _depth(data: Any) -> int:
    """How deep lists and objects are nested; walks level by level, not by recursion."""
    depth, level = 0, [data]
    while level := [part for part in level if isinstance(part, dict | list)]:
        depth += 1
        level = [
            below
            for part in level
            for below in (part.values() if isinstance(part, dict) else part)
        ]
        if depth > MAX_DEPTH:
            break
    return depth
