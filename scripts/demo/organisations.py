"""The 541 applicants: names, codes, districts, trades, sizes, all fictitious."""

import random
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc

from scripts.demo import tables

# 28 lunar mansions and 24 solar terms: 672 trade names that no firm bears.
MANSIONS = "角亢氐房心尾箕斗牛女虚危室壁奎娄胃昴毕觜参井鬼柳星张翼轸"
TERMS = (
    "立春 雨水 惊蛰 春分 清明 谷雨 立夏 小满 芒种 夏至 小暑 大暑 "
    "立秋 处暑 白露 秋分 寒露 霜降 立冬 小雪 大雪 冬至 小寒 大寒"
).split()
#: Districts of the run in miniature.
SMALL_DISTRICTS = ("gaoxin", "wuhou", "jintang")
SMALL_TRADES = ("01", "02", "06")


@dataclass
class Organisation:
    """One applicant; `key` is its place in the list of all, from 1.

    :param fate: what the run does with it: `unfinished`, `gave_up` or `submitted`
    """

    key: int
    name: str
    credit_code: str
    district: str
    trade: str
    size: str
    fate: str
    registered_on: date | None = None
    is_legal_person: bool = True

    def values(self, trade_ids):
        """The organisation's fields of the registration form."""
        return {
            "name": self.name,
            "credit_code": self.credit_code,
            "trade_id": trade_ids[self.trade],
            "size": self.size,
            "territory": district_name(self.district),
            "registered_on": self.registered_on.isoformat(),
            "operating_since": self.registered_on.isoformat(),
            "is_legal_person": self.is_legal_person,
            "liaison_name": person_name(self.key),
            "liaison_phone": f"000-0000-{self.key:04d}",
            "liaison_email": f"a{self.key:04d}@example.com",
        }


def district_name(code, historic=False):
    """Name of a district today, or the one it bore in 2014."""
    name = next(row[1] for row in tables.DISTRICTS if row[0] == code)
    return tables.HISTORIC_NAMES.get(code, name) if historic else name


def credit_code(number):
    """The valid, never assigned code `number`, e.g. 91510199MADE00011P for 1."""
    organisation = f"MADE{number:04d}"
    total = sum(
        weight * (int(sign) if sign.isdigit() else ord(sign) - ord("A") + 10)
        for weight, sign in zip((3, 7, 9, 10, 5, 8, 4, 2), organisation, strict=True)
    )
    body = f"91510199{organisation}{'0123456789X0'[11 - total % 11]}"
    return body + uscc.calc_check_digit(body)


STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"


def person_name(number):
    """A person nobody is: a surname and one of the 60 names of the cycle."""
    surname = SURNAMES[number % len(SURNAMES)]
    cycle = (number // len(SURNAMES)) % 60
    return surname + STEMS[cycle % 10] + BRANCHES[cycle % 12]


def _name(place, number, trade, seat=None):
    """A trade name no two applicants share, in the form of its trade."""
    word = next(row[5] for row in tables.TRADES if row[0] == trade)
    if trade == "13":
        return f"演示市第{number}医院"
    if trade == "14":
        return f"演示市第{number}职业技术学校"
    mansion, term = MANSIONS[place // 24], TERMS[place % 24]
    seat = seat or ("四川" if place % 5 == 0 else "成都")
    return f"{seat}{mansion}宿{term}{word}有限公司"


def _spread(rng, rows, count_at, total, few):
    """A shuffled list of codes by their counts; in the small run `few` take turns."""
    codes = [row[0] for row in rows for _ in range(row[count_at])]
    if total < len(codes):
        codes = [few[place % len(few)] for place in range(total)]
    rng.shuffle(codes)
    return codes


def _sizes(rng, trades, submitted):
    """Sizes by their counts; trades without enterprises get `other`."""
    pool = []
    for key, registered, handed_in in tables.SIZES:
        count = handed_in if submitted else registered - handed_in
        pool += [key] * count
    rng.shuffle(pool)
    pool = pool[: len(trades)]
    public = [i for i, trade in enumerate(trades) if trade in tables.PUBLIC_TRADES]
    for place in public:
        if pool[place] == "other":
            continue
        spare = next(
            (i for i, size in enumerate(pool)
             if size == "other" and trades[i] not in tables.PUBLIC_TRADES), None,
        )
        if spare is not None:
            pool[place], pool[spare] = "other", pool[place]
    return pool


def _rest(rows):
    """The rows with the registrations that never became submissions in column 3."""
    return [(*row[:3], row[3] - row[4]) for row in rows]


def make(funnel, seed):
    """All applicants of the edition; those that submit come first.

    :return: list of :class:`Organisation`, `key` from 1
    """
    rng = random.Random(f"organisations {seed}")
    people = []
    groups = (
        (True, funnel.submitted, tables.DISTRICTS, tables.TRADES, 4),
        (False, funnel.registered - funnel.submitted,
         _rest(tables.DISTRICTS), _rest(tables.TRADES), 3),
    )
    for submitted, count, districts, trades, column in groups:
        district_of = _spread(rng, districts, column, count, SMALL_DISTRICTS)
        trade_of = _spread(rng, trades, column, count, SMALL_TRADES)
        size_of = _sizes(rng, trade_of, submitted)
        people += [
            (submitted, *row)
            for row in zip(district_of, trade_of, size_of, strict=True)
        ]
    places = list(range(28 * 24))
    rng.shuffle(places)
    numbers = dict.fromkeys(tables.PUBLIC_TRADES, 0)
    result = []
    for key, (submitted, district, trade, size) in enumerate(people, 1):
        if trade in numbers:
            numbers[trade] += 1
        name = _name(places[key - 1], numbers.get(trade), trade)
        given_up = key <= funnel.submitted + funnel.gave_up
        fate = "submitted" if submitted else "gave_up" if given_up else "unfinished"
        result.append(
            Organisation(key, name, credit_code(key), district, trade, size, fate)
        )
    return result


#: Keys of the applicants of the edition that is left open.
OPEN_KEYS = 600


def make_open(funnel, seed):
    """Applicants of the edition left open; those that submit come first."""
    rng = random.Random(f"open {seed}")
    districts = [row[0] for row in tables.DISTRICTS]
    trades = [row[0] for row in tables.TRADES if row[0] not in tables.PUBLIC_TRADES]
    if funnel.registered < len(districts) * 10:
        districts, trades = SMALL_DISTRICTS, SMALL_TRADES
    result = []
    for number in range(1, funnel.open_registered + 1):
        trade = rng.choice(trades)
        result.append(
            Organisation(
                key=OPEN_KEYS + number,
                name=_name(671 - number, 0, trade, "四川新"),
                credit_code=credit_code(OPEN_KEYS + number),
                # The shown district has work at each of its three desks.
                district="gaoxin" if number < 6 else rng.choice(districts),
                trade=trade,
                size=rng.choice(("large", "medium", "small")),
                fate="submitted" if number <= funnel.open_submitted else "unfinished",
                registered_on=date(rng.randint(1998, 2008), rng.randint(1, 12), 8),
            )
        )
    return result


def former(number, trades):
    """A winner of an earlier edition, outside the names of this one."""
    code = sorted(trades)[number % len(trades)]
    return Organisation(
        key=900 + number % 100 + 10 * (number // 100 % 10),
        name=f"四川往届演示{number:03d}企业有限公司",
        credit_code=credit_code(2000 + number),
        district="gaoxin", trade=code, size="large", fate="former",
        registered_on=date(1999, 5, 1),
    )
