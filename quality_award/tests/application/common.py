"""A scheme with applicants of every kind, and their ways in."""

from copy import deepcopy
from itertools import count

from odoo import fields

from ..common import AwardVocabulary, credit_code, put_in_force

VERSIONS = count(1)
PEOPLE = count(1)
SUBJECTS = ("organisation", "individual", "team", "project", "unit")
CRITERIA = {
    "format": "quality_award.criteria/1",
    "family": "person",
    "total": 100_000,
    "items": [
        {"number": "1", "kind": "category", "points": 100_000, "name_zh": "业绩"},
        {
            "number": "1.1",
            "parent": "1",
            "kind": "process",
            "points": 60_000,
            "name_zh": "质量工作",
        },
        {
            "number": "1.2",
            "parent": "1",
            "kind": "result",
            "points": 40_000,
            "name_zh": "质量成果",
        },
    ],
    "bands": [
        {"kind": kind, "low": low, "high": high, "text_zh": "档"}
        for kind in ("process", "result")
        for low, high in ((0, 45), (50, 100))
    ],
}


def identity_number(number):
    """A valid number that nobody has (born in 1900, region 510100)."""
    body = f"51010019000101{number:03d}"
    check = (1 - 2 * int(body, 13)) % 11
    return body + ("X" if check == 10 else str(check))


class KindsVocabulary(AwardVocabulary):
    """Mixin: the shipped scheme with a class for each kind of applicant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code, since in (("person_old", "2020-01-01"), ("person_new", "2026-02-01")):
            cls.criteria_edition(code, since)
        cls.kinds = cls.new_scheme()
        cls.edition = cls.open_edition(cls.kinds, term=30)

    @classmethod
    def criteria_edition(cls, code, since):
        data = {**CRITERIA, "code": code, "valid_from": since, "name_zh": code}
        return cls.env["award.criteria"]._import(data)

    @classmethod
    def new_scheme(cls, parameters=(), requirements=None, **sections):
        """A published scheme like the shipped one, with these rows more.

        :param parameters: (code, value), (code, value, class), or a whole row
        :param requirements: instead of those of the shipped scheme
        """
        data = deepcopy(cls.scheme._export())
        data["code"], data["version"] = "kinds", f"v{next(VERSIONS)}"
        data.pop("extends", None)
        data["classes"] = [
            {
                "code": subject,
                "subject": subject,
                "criteria": data["classes"][0]["criteria"]
                if subject != "individual"
                else "person",
                **({"criteria_latest": True} if subject == "individual" else {}),
                "entry": "open",
                "name_zh": f"{subject}类",
                "clause": "2",
                "award": "gold" if subject in {"organisation", "team"} else "mayor",
            }
            for subject in SUBJECTS
        ]
        data["classes"].append(
            {
                **data["classes"][0],
                "code": "innovation",
                "entry": "transfer",
                "award": "gold",
                "name_zh": "创新单项",
            }
        )
        data["awards"] = [
            {"code": code, "name_zh": code, "clause": "2"} for code in ("gold", "mayor")
        ]
        parameters = list(parameters)
        if ("reapply_lock_terms", None) in parameters:
            parameters.insert(0, ("reapply_lock_reading", None))  # unless given
        for row in parameters:
            if isinstance(row, dict):
                data["parameters"].append(row)
                continue
            code, value, *of_class = row
            of_class = of_class[0] if of_class else None
            rows = data["parameters"]
            rows[:] = [
                row
                for row in rows
                if (row["code"], row.get("class")) != (code, of_class)
            ]
            if value is None:
                continue  # the scheme is silent
            row = {"code": code, "value": value, "clause": "2"}
            rows.append({**row, "class": of_class} if of_class else row)
        if requirements is not None:
            data["requirements"] = [
                {"clause": "11-1", "text_zh": row["code"], **row}
                for row in requirements
            ]
        data["adoptions"] = []  # unless given
        for name, rows in sections.items():
            data[name] = rows
        scheme = cls.env["award.scheme"]._import(data)
        put_in_force(scheme.with_user(cls.roles["administrator"]))
        return scheme

    @classmethod
    def open_edition(cls, scheme, term=1, announce=True, **values):
        """An edition under `scheme`; `values` as `_new_edition` takes them."""
        edition = cls._new_edition(scheme=scheme, term=term, **values)
        if announce:
            edition.with_user(cls.roles["office_head"]).action_announce()
        return edition

    @classmethod
    def values_for(cls, subject, number, **values):
        """What an applicant of a kind fills in."""
        base = cls.values_of(number)
        base["class_code"] = subject
        if subject in {"individual", "team", "project", "unit"}:
            for name in ("credit_code", "size", "registered_on", "is_legal_person"):
                base.pop(name)
            base["organisation_name"] = "成都角宿有限公司"
            base["organisation_code"] = credit_code(8000)
            base["name"] = f"{subject} {number}"
        if subject == "individual":
            base["identity_number"] = identity_number(number % 1000)
            base |= {"name": "王甲子", "post": "总经理", "role": "top_manager"}
            base["working_since"] = "2010-01-01"
        return {**base, **values}

    @classmethod
    def enter(cls, subject, edition=None, user=None, **values):
        """Register an applicant of a kind; superuser's view of the case."""
        edition = edition or cls.edition
        made, number = cls._new_applicant(edition.company_id)
        door = cls.env["award.application"].with_user(user or made)
        values = cls.values_for(subject, number, **values)
        case = door._portal_register(edition.id, values)
        return cls.env["award.application"].browse(case.id)

    @classmethod
    def award_won(cls, case, term, year, class_code, on=None, scheme="kinds"):
        """An award of an edition before the system."""
        return cls.env["award.award"].create(
            {
                "title": case.applicant_id.name,
                "applicant_id": case.applicant_id.id,
                "class_code": class_code,
                "scheme_code": scheme,
                "term": term,
                "award_year": year,
                "awarded_on": on or fields.Date.to_date(f"{year}-10-01"),
            }
        )
