"""What applicants bring beside their texts: a certificate, and figures of results."""

import io
import random

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
#: What is measured for the first results items, in their order: name, unit, worst and
#: best value of the last year, whether more is better.
MEASURED = (
    ("产品一次交验合格率(演示)", "%", 94, 99, True),
    ("顾客满意度(演示)", "%", 82, 96, True),
    ("全员劳动生产率(演示)", "万元/人", 40, 120, True),
    ("员工流失率(演示)", "%", 4, 12, False),
    ("准时交付率(演示)", "%", 90, 99, True),
    ("研发投入强度(演示)", "%", 2, 6, True),
)
NAME = "管理体系认证证书(演示).pdf"


def certificate(name: str, year: int) -> bytes:
    """A certificate of a management system, of nobody, as a PDF of one page."""
    out = io.BytesIO()
    # No instant in the file: the same seed makes the same edition.
    page = Canvas(out, invariant=1)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    page.setFont(FONT, 24)
    page.drawCentredString(297, 640, "质量管理体系认证证书")
    page.setFont(FONT, 14)
    for place, line in enumerate((name, f"{year}年1月至{year + 2}年12月", "演示用途")):
        page.drawCentredString(297, 560 - 40 * place, line)
    page.save()
    return out.getvalue()


def figures(items, year: int, rng: random.Random):
    """A row for each of the first results items: (number of the item, cells)."""
    results = [item.number for item in items if item.kind == "result"]
    for code, (name, unit, low, high, rises) in zip(results, MEASURED, strict=False):
        last = rng.randint(low * 10, high * 10)
        step = rng.randint(2, 12) * (1 if rises else -1)
        values = [last - 2 * step, last - step, last]
        target = last + step
        shown = [f"{max(value, 1) // 10}.{max(value, 1) % 10}" for value in
                 (*values, target)]
        yield code, {
            "name": name, "unit": unit, "value_1": shown[0], "value_2": shown[1],
            "value_3": shown[2], "target": shown[3], "source": f"{year - 1}年度统计",
        }
