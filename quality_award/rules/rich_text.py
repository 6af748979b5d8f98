"""Text of applicants with tables and pictures: what may stay, what it says, how long.

Whatever comes from a browser or from a word processor is cut down to a short list of
elements and attributes by `lxml`'s cleaner; nothing else is ever stored.
"""

import re
from difflib import SequenceMatcher
from html import unescape

from lxml import html as markup
from lxml.etree import iterwalk
from lxml_html_clean import Cleaner

#: Elements that stay; others give way to what they hold.
ELEMENTS = frozenset(
    "p div br h4 h5 h6 b strong i em u s sub sup ul ol li blockquote "
    "table caption thead tbody tfoot tr th td img".split()
)
ATTRIBUTES = frozenset({"colspan", "rowspan", "src", "alt"})
#: Pictures are files of the application, nothing from elsewhere.
PICTURE = re.compile(r"/award/file/[1-9][0-9]{0,9}\Z")
#: Elements that begin a line of their own.
_BLOCKS = frozenset(
    "p div h4 h5 h6 li blockquote table caption tr ul ol thead tbody tfoot".split()
)
#: Elements that say more than plain lines.
_RICH = ELEMENTS - {"p", "div", "br"}
_HEADINGS = {"h1": "h4", "h2": "h4", "h3": "h4"}
#: What does not count as a character: blanks of every kind, also without width.
_BLANK = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000-\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
_BLANKS = re.compile(f"[{_BLANK}]+")
_CLEANER = Cleaner(
    scripts=True,
    javascript=True,
    comments=True,
    style=True,
    inline_style=True,
    links=True,
    meta=True,
    page_structure=True,
    processing_instructions=True,
    embedded=True,
    frames=True,
    forms=True,
    annoying_tags=True,
    kill_tags={"title", "svg", "math", "template", "noscript", "xml", "select"},
    remove_unknown_tags=False,
    allow_tags=set(ELEMENTS),
    safe_attrs_only=True,
    safe_attrs=ATTRIBUTES,
)
#: Nobody writes deeper; the parser gives up soon after, and words would be lost.
_DEEPEST = 200
#: Marks of whole pages and of word processors, which hold nothing themselves.
_NO_PIECE = re.compile(r"<\?[^>]*>|<!\[[^>]*>|</?(?:html|body)\b[^>]*>", re.I)
_SPANS = re.compile(r"[1-9][0-9]?\Z")


def characters(text):
    """How long a text is: its characters without blanks (字符数,不计空格).

    A browser that counts the same way comes to the same number, wherever it breaks
    lines.
    """
    return len(_BLANKS.sub("", text or ""))


def clean(source):
    """What of a piece of HTML may stay.

    :param source: str, from whatever source
    :return: (HTML of the allowed elements, what was left out: set of `picture`)
    """
    body = _parsed(source)
    if _depth(body) > _DEEPEST:
        return paragraphs(unescape(re.sub("<[^>]*>", "", source))), set()
    for element in body.iter():
        if element.tag in _HEADINGS:
            element.tag = _HEADINGS[element.tag]
    lost = _pictures_elsewhere(body)
    _CLEANER(body)
    for element in body.iter():
        for name in ("colspan", "rowspan"):
            if name in element.attrib and not _SPANS.match(element.get(name).strip()):
                del element.attrib[name]
        if element.tag != "img":
            element.attrib.pop("src", None)
            element.attrib.pop("alt", None)
    return _inside(body), lost


def _parsed(source):
    """A `div` with the piece; text that is no HTML becomes its text."""
    text = (source or "").replace("\x00", "")
    text = _NO_PIECE.sub("", text)
    parser = markup.HTMLParser(huge_tree=True, encoding="utf-8")
    data = f"<html><body>{text}</body></html>".encode("utf-8", "ignore")
    page = markup.document_fromstring(data, parser=parser)
    body = page.find("body")
    body.tag = "div"
    page.remove(body)
    return body


def _depth(body):
    deepest = depth = 0
    for event, _element in iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _pictures_elsewhere(body):
    """Take out pictures that are no files of the application."""
    lost = set()
    for picture in list(body.iter("img")):
        if not PICTURE.match((picture.get("src") or "").strip()):
            lost.add("picture")
            picture.drop_tree()
    return lost


def _inside(body):
    pieces = [_escaped(body.text or "")]
    pieces += [markup.tostring(child, encoding="unicode") for child in body]
    return "".join(pieces).strip()


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_rich(cleaned):
    """Whether cleaned HTML says more than lines of plain text would."""
    body = _parsed(cleaned)
    return any(element.tag in _RICH for element in body.iterdescendants())


def plain(cleaned):
    """The words of cleaned HTML: a line for each block, tabs between cells."""
    pieces = []
    for event, element in iterwalk(_parsed(cleaned), events=("start", "end")):
        if event == "start":
            _begin(element, pieces)
        else:
            _end(element, pieces)
    lines = "".join(pieces).split("\n")
    text = "\n".join(line.strip(" \t\r\xa0") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _break(pieces):
    if pieces and not pieces[-1].endswith("\n"):
        pieces.append("\n")


def _begin(element, pieces):
    if element.tag in _BLOCKS:
        _break(pieces)
    if element.tag == "br":
        pieces.append("\n")
    if element.text:
        pieces.append(element.text.replace("\n", " "))


def _end(element, pieces):
    if element.tag in {"td", "th"} and element.getnext() is not None:
        pieces.append("\t")
    if element.tag in _BLOCKS:
        _break(pieces)
    if element.tail and element.getparent() is not None:
        pieces.append(element.tail.replace("\n", " "))


def paragraphs(text):
    """Plain text as HTML, a paragraph for each line."""
    lines = (text or "").split("\n")
    return "".join(f"<p>{_escaped(line) or '<br>'}</p>" for line in lines)


def files_of(cleaned):
    """Ids of the files that the pictures of cleaned HTML show, in order."""
    found = (picture.get("src") for picture in _parsed(cleaned).iter("img"))
    return [int(src.rsplit("/", 1)[1]) for src in found]


def differences(theirs, mine):
    """Two texts side by side, line by line.

    :return: list of (`equal`, `replace`, `delete` or `insert`, their lines, my lines)
    """
    left, right = theirs.split("\n"), mine.split("\n")
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [
        (tag, "\n".join(left[a:b]), "\n".join(right[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
