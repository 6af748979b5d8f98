"""Facts that an applicant states so that each requirement of the class is met."""

from datetime import date, timedelta

ISSUER = "演示机构"


def stated(one, filed_on, look_back, award_year, calendar_days):
    """The facts of an entrant, as values of the portal's form.

    :param filed_on: day on which the application is handed in
    :param look_back: day from which look-backs count
    :param calendar_days: factor from days that a scheme counts to calendar days
    :return: list of dicts with `kind`, `code` and the fields of the form
    """
    applied = one.moved_from or one.award_class
    found = []
    for need in applied.needs:
        make = _MAKERS.get(need.kind)
        if make:
            missed = need is one.missing
            facts = make(need, missed, _Days(filed_on, look_back, award_year,
                                             calendar_days))
            found += [{**fact, "code": need.code} for fact in facts]
    return found


def of_employer(facts):
    """What an employer says, apart from the other facts of an entrant.

    :param facts: as `stated` returns them
    :return: (values of the page of the opinion, the other facts)
    """
    said, others = {}, []
    for fact in facts:
        if fact["kind"] == "employer_consent":
            said |= {"text": "同意申报。", "sealed_by": fact["issuer"],
                     "sealed_on": fact["happened_on"]}
        elif fact["kind"] == "in_house_notice":
            said |= {"notice_from": fact["valid_from"], "notice_to": fact["valid_to"],
                     "notice_place": "单位公告栏", "notice_result": "无异议"}
        else:
            others.append(fact)
    return said, others


class _Days:
    """The days that facts are dated by."""

    def __init__(self, filed_on, look_back, award_year, calendar_days):
        self.filed_on, self.look_back = filed_on, look_back
        self.award_year, self.calendar_days = award_year, calendar_days

    def years(self, need):
        """The calendar years of accounts that a requirement asks for."""
        last = self.look_back.year
        if need.basis == "award_years":
            last = self.award_year
        return range(last - (need.years or 1), last)


def _proof(number):
    return {"issuer": ISSUER, "number": f"演示证〔{number}〕1号"}


def _profits(need, missed, days):
    for place, year in enumerate(days.years(need)):
        value = -120 if missed and not place else 860 + 40 * place
        yield {"kind": "profit", "year": year, "value": value, **_proof(year)}


def _ranks(need, missed, days):
    year = days.years(need)[-1]
    best = (need.rank_max or 1) + 3 if missed else 1
    for place in range(need.count or 1):
        yield {
            "kind": "rank", "year": year, "indicator": f"指标{place + 1}",
            "value": 5000 + place, "unit": "万元", "rank": best,
            "population": max(40, best), "trade_code": "C35", **_proof(year),
        }


def _certificates(kind):
    def make(need, missed, days):
        first = date(days.filed_on.year - 2, 1, 10)
        last = days.filed_on + timedelta(days=-30 if missed else 400)
        words = sorted(need.fields) or [""]
        for place in range(max(need.count, 1)):
            fact = {"kind": kind, "indicator": f"管理体系{place + 1}",
                    "valid_from": str(first), "valid_to": str(last),
                    **_proof(first.year)}
            if kind == "certificate":
                fact["field"] = words[place % len(words)]
            yield fact
    return make


def _honours(need, missed, days):
    back = need.years if need.years else 1
    year = days.look_back.year - (back + 3 if missed else 1)
    for place in range(max(need.count, 1)):
        yield {"kind": "honour", "indicator": f"质量荣誉{place + 1}",
               "happened_on": str(date(year, 9, 1)), **_proof(year)}


def _consents(_need, _missed, days):
    yield {"kind": "employer_consent",
           "happened_on": str(days.filed_on - timedelta(days=20)),
           **_proof(days.filed_on.year)}


def _posted(kind):
    def make(need, missed, days):
        last = days.filed_on - timedelta(days=1)
        length = 1 if missed else (need.count or 1) * days.calendar_days + 4
        yield {"kind": kind, "valid_from": str(last - timedelta(days=length)),
               "valid_to": str(last), **_proof(last.year)}
    return make


def _results(_need, _missed, days):
    yield {"kind": "new_result", "year": days.filed_on.year,
           "happened_on": str(days.filed_on - timedelta(days=15)),
           "indicator": "新成果", **_proof(days.filed_on.year)}


def _declarations(_need, _missed, _days):
    yield {"kind": "declaration", "note": "承诺属实"}


def _documents(need, missed, days):
    if not missed:
        yield {"kind": "document", "happened_on": str(days.filed_on),
               **_proof(days.filed_on.year)}


_MAKERS = {
    "no_loss": _profits,
    "rank": _ranks,
    "certificate": _certificates("certificate"),
    "pool_member": _certificates("pool"),
    "honour": _honours,
    "employer_consent": _consents,
    "in_house_notice": _posted("in_house_notice"),
    "lower_level_notice": _posted("lower_level_notice"),
    "new_result": _results,
    "declaration": _declarations,
    "no_second_application": _declarations,
    "document": _documents,
}
