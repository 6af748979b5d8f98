"""Wording of a public notice (公示), in the order official documents follow.

Title, reason, list, period, who receives objections, signature, date. Names, bodies,
days and dates come from data. Names stand in the order of the case numbers, never by
score; the sentence under the list says so.
"""

from datetime import date

CHINESE = """{title}

根据{scheme}{citation},现将{edition}{subject}予以公示。

{names}

(排名不分先后,按受理编号排列)

公示期:自{first}起至{last}止,共{days}{unit}{first_day}。

如对公示名单有异议,请在公示期内以书面形式向{office}反映,并提供必要的证明材料。{sender}
{contact}
{signature}
{first}
"""
ENGLISH = """{title}

Under the {scheme}{citation}, the {subject} of the {edition} is made public.

{names}

(In no order of merit; by case number.)

Period: from {first} through {last}, {days} {unit}{first_day}.

Objections are to be raised with {office} in writing within the period, with evidence. \
{sender}
{contact}
{signature}
{first}
"""
SUBJECTS = {
    "shortlist": ("现场评审名单", "on-site list"),
    "recommended": ("推荐名单", "recommended list"),
    "candidate": ("候选名单", "candidate list"),
    "proposed": ("拟奖名单", "proposed list"),
    "final": ("获奖名单", "final list"),
}
NOBODY = ("(本届空缺)", "(vacant in this edition)")
UNIT = {
    "calendar_day": ("天", "days"),
    "working_day": ("个工作日", "working days"),
}
FIRST_DAY = {
    "exclude": ("(公示首日不计入)", " (the first day not counted)"),
    "include": ("(公示首日计入)", " (the first day counted)"),
}
SENDER = {
    "refuse": (
        "以单位名义反映的须加盖公章,以个人名义反映的须署真实姓名和联系电话;匿名异议不予受理。",
        "A unit signs with its seal, a person with name and telephone; objections "
        "without a name are not admitted.",
    ),
    "lead": (
        "提倡实名反映;匿名异议仅作为线索处理。",
        "Please give your name; objections without one serve as a lead only.",
    ),
    None: ("", ""),
}


def chinese_date(day: date) -> str:
    """A date as official documents write it: 2026年3月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def notice_text(facts: dict, lang: str) -> str:
    """The text of a notice.

    :param facts: `title`, `scheme`, `citation`, `edition`, `office`, `signature`
        (pairs Chinese, English), `kind`, `names` (strings in the order to print),
        `first`, `last` (dates), `days`, `unit`, `first_day`, `anonymous` (parameters
        of the scheme), `contact`
    :param lang: ``"zh"`` or ``"en"``
    """
    at = 0 if lang == "zh" else 1

    def show(day):
        return chinese_date(day) if lang == "zh" else day.isoformat()

    names = facts["names"] or [NOBODY[at]]
    citation = facts["citation"][at]
    return (CHINESE if lang == "zh" else ENGLISH).format(
        title=facts["title"][at],
        scheme=facts["scheme"][at],
        citation=f" ({citation})" if citation and at else citation,
        edition=facts["edition"][at],
        subject=SUBJECTS[facts["kind"]][at],
        names="\n".join(f"{n}. {name}" for n, name in enumerate(names, 1))
        if facts["names"]
        else names[0],
        first=show(facts["first"]),
        last=show(facts["last"]),
        days=facts["days"],
        unit=UNIT[facts["unit"]][at],
        first_day=FIRST_DAY[facts["first_day"]][at],
        office=facts["office"][at],
        signature=facts["signature"][at],
        sender=SENDER[facts["anonymous"]][at],
        contact=facts["contact"],
    )
