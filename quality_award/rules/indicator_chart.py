"""The chart of one indicator as SVG: drawn from the very figures of its table.

Three bars, one a year, and a line across for target, competitor and benchmark. The
picture carries a title and a description; the table stands beside it, so that nothing
depends on colour or sight.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from xml.sax.saxutils import escape

from .indicator import scale

WIDTH, HEIGHT = 360, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 16, 96, 30, 30
_BAR = 44
#: Height that a figure takes.
_ROOM = 13
#: Name of the line -> how it is drawn: colour and dashes, told apart without colour.
_LINES = {
    "target": ("#1a7f37", "none"),
    "competitor": ("#9a6700", "7 3"),
    "benchmark": ("#8250df", "2 3"),
}
_PLACES = Decimal("0.01")


def draw(title, years, values, lines):
    """Return the chart as one `<svg>` element; every text in it is escaped.

    :param title: what is drawn, with its unit
    :param years: labels of the bars, the oldest first
    :param values: exact figures as text, "" where there is none
    :param lines: dict of those of target, competitor, benchmark that have a figure:
        name -> (label, figure)
    """
    low, high = scale([*values, *(figure for _label, figure in lines.values())])
    by_year = zip(years, values, strict=True)
    said = [f"{year}: {value}" for year, value in by_year if value]
    said += [f"{label}: {figure}" for label, figure in lines.values()]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" class="o_award_chart" '
        f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f"<title>{escape(title)}</title>",
        f"<desc>{escape('; '.join(said))}</desc>",
        _text(_LEFT, 16, title, anchor="start", size=12, bold=True),
    ]
    parts += _bars(years, values, low, high)
    parts += _across(lines, low, high)
    zero = _y(Decimal(0), low, high)
    parts.append(_line(_LEFT, WIDTH - _RIGHT, zero, "#57606a", "none", 1))
    return "".join([*parts, "</svg>"])


def _y(value, low, high):
    """Height of a value in the picture, exact to a hundredth of a point."""
    room = Decimal(HEIGHT - _TOP - _BOTTOM)
    y = Decimal(_TOP) + room * (high - value) / (high - low)
    return y.quantize(_PLACES, ROUND_HALF_EVEN)


def _bars(years, values, low, high):
    step = Decimal(WIDTH - _LEFT - _RIGHT) / len(values)
    zero, parts = _y(Decimal(0), low, high), []
    for place, (year, value) in enumerate(zip(years, values, strict=True)):
        middle = (Decimal(_LEFT) + step * place + step / 2).quantize(_PLACES)
        parts.append(_text(middle, HEIGHT - 10, year))
        if not value:
            parts.append(_text(middle, zero - 4, "–"))
            continue
        top = _y(Decimal(value), low, high)
        upper, tall = min(top, zero), abs(zero - top)
        parts.append(
            f'<rect x="{middle - _BAR // 2}" y="{upper}" width="{_BAR}" '
            f'height="{tall}" fill="#0969da"/>'
        )
        if tall > _ROOM:  # a line across never hides a figure inside its bar
            parts.append(_text(middle, upper + _ROOM, value, fill="#ffffff"))
        else:
            parts.append(_text(middle, upper - 4, value))
    return parts


def _across(lines, low, high):
    parts, taken = [], []
    for name, (label, figure) in lines.items():
        colour, dashes = _LINES[name]
        y = _y(Decimal(figure), low, high)
        parts.append(_line(_LEFT, WIDTH - _RIGHT, y, colour, dashes, 2))
        place = y + 4
        while any(abs(place - other) < 22 for other in taken):
            place += 22
        taken.append(place)
        x = WIDTH - _RIGHT + 4
        parts.append(_text(x, place - 4, label, anchor="start", fill=colour))
        parts.append(_text(x, place + 7, figure, anchor="start", fill=colour))
    return parts


def _line(left, right, y, colour, dashes, width):
    return (
        f'<line x1="{left}" y1="{y}" x2="{right}" y2="{y}" stroke="{colour}" '
        f'stroke-width="{width}" stroke-dasharray="{dashes}"/>'
    )


def _text(x, y, text, *, anchor="middle", size=10, bold=False, fill="#1f2328"):
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" '
        f'fill="{fill}"{weight}>{escape(str(text))}</text>'
    )
