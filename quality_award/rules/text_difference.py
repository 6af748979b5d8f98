"""What was taken out of a text and what was put in, for people who compare versions."""

import re
from difflib import SequenceMatcher

#: Characters of two differing passages that are compared character by character.
CLOSE_MAX = 4000
_WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """The two texts as one list of pieces.

    Lines are compared first, then words and characters inside the lines that differ.

    :return: pairs of ``same``, ``out`` (only in `before`) or ``in`` (only in `after`)
        and the text; the pieces that are not ``in`` make `before`, those that are not
        ``out`` make `after`
    """
    old, new = _lines(before), _lines(after)
    pieces = []
    for tag, i, j, k, m in _opcodes(old, new):
        was, now = "".join(old[i:j]), "".join(new[k:m])
        if tag == "equal":
            pieces.append(("same", was))
        elif was and now and len(was) + len(now) <= CLOSE_MAX:
            pieces.extend(_close(was, now))
        else:
            pieces.extend((("out", was), ("in", now)))
    return _joined(pieces)


def _lines(text):
    return (text or "").splitlines(keepends=True)


def _opcodes(old, new):
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _close(was, now):
    old, new = _WORDS.findall(was), _WORDS.findall(now)
    for tag, i, j, k, m in _opcodes(old, new):
        if tag == "equal":
            yield "same", "".join(old[i:j])
        else:
            yield "out", "".join(old[i:j])
            yield "in", "".join(new[k:m])


def _joined(pieces):
    """Without empty pieces, and neighbours of one kind as one."""
    found = []
    for kind, text in pieces:
        if not text:
            continue
        if found and found[-1][0] == kind:
            found[-1] = kind, found[-1][1] + text
        else:
            found.append((kind, text))
    return found
