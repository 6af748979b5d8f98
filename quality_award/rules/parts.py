"""Parts of an application that a supplement may open, and what they become.

A *part* is named by a code: ``field:name`` of the form, ``chapter:4.1.2`` (or
``chapter:profile``), ``indicator:4.7.1``, ``fact:code`` of a requirement, and
``evidence`` and ``report`` as a whole.
"""

from collections.abc import Iterable
from typing import Any

#: Parts that stand for themselves; the others are ``kind:code``.
WHOLE = ("report", "evidence")
KINDS = ("field", "chapter", "indicator", "fact", *WHOLE)
#: Keys of a frozen version that speak of files, whatever part they came with.
BESIDE = ("files",)
#: Keys that are written together with a part.
WITH = {"evidence": ("honours", "commitments"), "fact": ("proofs",)}


def split(part: str) -> tuple[str, str]:
    """Kind and code of a part; the code is empty for those that are a whole.

    :raise ValueError: it is not the code of a part
    """
    kind, _colon, code = part.partition(":")
    if kind not in KINDS or bool(code) == (kind in WHOLE):
        raise ValueError(part)
    return kind, code


def merged(before: dict, now: dict, parts: Iterable[str]) -> dict:
    """The version in force with the opened parts as they are now; all else stays.

    :param before: content of the version in force
    :param now: content as it would be frozen at this moment
    :param parts: codes of the parts that were opened
    """
    content = dict(before)
    for part in parts:
        kind, code = split(part)
        if kind == "field":
            _take(content, now, "applicant", code)
            if code == "trade_id":
                _take(content, now, "applicant", "trade")
        elif kind == "chapter":
            if code == "profile":
                content["profile"] = now.get("profile", "")
            else:
                _take(content, now, "chapters", code)
            _take(content, now, "html", code)
        elif kind == "indicator":
            _take(content, now, "indicators", code)
        elif kind in WHOLE:
            _take_whole(content, now, kind)
        for key in WITH.get(kind, ()):
            _take_whole(content, now, key)
    for key in BESIDE:
        _take_whole(content, now, key)
    return content


def _take(content: dict, now: dict, key: str, code: str) -> None:
    """`content[key][code]` as it is now; a key with nothing to say is left out."""
    there, here = content.get(key), now.get(key)
    if not isinstance(there or {}, dict) or not isinstance(here or {}, dict):
        _take_whole(content, now, key)
        return
    changed: dict[str, Any] = dict(there or {})
    if code in (here or {}):
        changed[code] = here[code]
    elif key != "applicant":
        changed.pop(code, None)
    if changed:
        content[key] = changed
    else:
        content.pop(key, None)


def _take_whole(content: dict, now: dict, key: str) -> None:
    if now.get(key):
        content[key] = now[key]
    else:
        content.pop(key, None)
