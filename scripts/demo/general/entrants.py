"""Who the entrants are: names, codes, the values of their registration form."""

from datetime import date, timedelta

from stdnum.cn import ric

from scripts.demo import organisations, tables

SIZES = ("large", "medium", "small")
ROLES = ("employee", "middle_manager", "top_manager")
#: Trades that the agency keeps: code, names, word in the names of firms.
TRADES = tables.TRADES[:3]
#: Entrants that an agency may have; the next agency's numbers follow.
ROOM = 300
YEARS_MORE = 4


def number_of(run, key):
    """A number that no entrant of another agency of this database has."""
    return (1000 + ROOM * run.ids["company"] + key) % 10000


def identity_number(number):
    """A well-formed resident identity number of a person that nobody is."""
    born = date(1962, 1, 1) + timedelta(days=number)
    body = f"110101{born:%Y%m%d}{number % 1000:03d}"
    return body + ric.calc_check_digit(f"{body}0")  # its own place is not counted


def describe(run, one, filed_on):
    """Fill in name and registration of an entrant.

    :param filed_on: day on which the application will be handed in
    """
    number = number_of(run, one.key)
    applied = one.moved_from or one.award_class
    trade = TRADES[one.key % len(TRADES)]
    firm = _firm(number, trade)
    one.name = firm
    values = {
        "class_code": applied.code,
        "trade_id": run.ids["trades"][one.key % len(TRADES)],
        "territory": "示范区",
        "address": "示范区演示路1号",
        "liaison_name": organisations.person_name(number),
        "liaison_phone": f"000-0000-{number:04d}",
        "liaison_email": f"a{number:04d}@example.com",
    }
    if applied.choices:
        values["choice_code"] = applied.choices[one.key % len(applied.choices)]
    since = _since(applied, one, filed_on)
    values |= {
        "organisation": _organisation, "individual": _individual, "team": _owned,
        "project": _owned, "unit": _unit,
    }[applied.subject](one, number, firm, since)
    one.registration = values


def _firm(number, trade):
    mansion = organisations.MANSIONS[number // 24 % 28]
    term = organisations.TERMS[number % 24]
    return f"示范{mansion}宿{term}{trade[5]}有限公司{number}"


def _since(award_class, one, filed_on):
    """kind of requirement -> a day that is long enough ago, or a year too late."""
    found = {}
    for kind in ("years_registered", "years_operating", "years_working"):
        needs = [need for need in award_class.needs if need.kind == kind]
        years = max([need.years for need in needs], default=5) + YEARS_MORE
        if one.missing and one.missing.kind == kind:
            years = max(one.missing.years - 2, 0)
        found[kind] = date(filed_on.year - years, 3, 1)
    # Nobody operates before it is registered, unless that is what is missing.
    if not (one.missing and one.missing.kind == "years_registered"):
        found["years_registered"] = min(
            found["years_registered"], found["years_operating"]
        )
    return found


def _size(award_class, key):
    """The size that the requirements of a class alone speak of, else any."""
    words = set()
    for need in award_class.needs:
        if need.class_ids == {award_class.id}:
            words |= need.applies_to
    if "small" in words:
        return "small"
    return "other" if "non_profit" in words else SIZES[key % len(SIZES)]


def _organisation(one, number, firm, since):
    applied = one.moved_from or one.award_class
    return {
        "name": firm,
        "credit_code": organisations.credit_code(number),
        "size": _size(applied, one.key),
        "registered_on": str(since["years_registered"]),
        "operating_since": str(since["years_operating"]),
        "is_legal_person": not (
            one.missing and one.missing.kind == "legal_person"),
    }


def _individual(one, number, firm, since):
    one.name = organisations.person_name(number)
    return {
        "name": one.name,
        "identity_number": identity_number(number),
        "organisation_name": firm,
        "organisation_code": organisations.credit_code(number),
        "post": "质量经理",
        "role": ROLES[one.key % len(ROLES)],
        "working_since": str(since["years_working"]),
    }


def _owned(one, number, firm, since):
    one.name = f"{firm}质量创新项目"
    return {
        "name": one.name,
        "organisation_name": firm,
        "organisation_code": organisations.credit_code(number),
        "operating_since": str(since["years_operating"]),
    }


def _unit(one, number, firm, since):
    one.name = f"{firm}示范分公司"
    return {
        "name": one.name,
        "organisation_name": firm,
        "organisation_code": organisations.credit_code(number),
        "size": "medium",
        "registered_on": str(since["years_registered"]),
        "operating_since": str(since["years_operating"]),
    }
