"""What is asked of each kind of applicant, what is needed, what is handed in."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_CONTACT = ("liaison_name", "liaison_phone", "liaison_email")
_PLACE = ("trade_id", "territory", "address")
_RESPONSIBLE = ("organisation_name",)

#: What an applicant may say of itself, in the order of the form; the rest is ignored.
ASKED = {
    "organisation": (
        "name",
        "name_en",
        "trade_id",
        "size",
        "territory",
        "address",
        "registered_on",
        "operating_since",
        "is_legal_person",
        "parent_code",
        "group_name",
        *_CONTACT,
    ),
    "individual": (
        "name",
        "name_en",
        *_RESPONSIBLE,
        "organisation_code",
        "post",
        "role",
        "working_since",
        *_PLACE,
        *_CONTACT,
    ),
    "team": ("name", "name_en", *_RESPONSIBLE, "operating_since", *_PLACE, *_CONTACT),
    "project": (
        "name",
        "name_en",
        *_RESPONSIBLE,
        "operating_since",
        *_PLACE,
        *_CONTACT,
    ),
    "unit": (
        "name",
        "name_en",
        *_RESPONSIBLE,
        "size",
        "registered_on",
        "operating_since",
        *_PLACE,
        *_CONTACT,
    ),
}
#: What tells the applicant apart, asked once, at registration.
REGISTERED_BY = {
    "organisation": ("credit_code",),
    "individual": ("identity_number",),
    "team": ("organisation_code",),
    "project": ("organisation_code",),
    "unit": ("credit_code", "organisation_code"),
}
#: What must be there before an application is handed in.
NEEDED = {
    "organisation": (
        "name",
        "credit_code",
        "trade_id",
        "size",
        "territory",
        "registered_on",
        "liaison_name",
        "liaison_phone",
    ),
    "individual": (
        "name",
        "identity_number",
        "organisation_name",
        "post",
        "role",
        "working_since",
        "trade_id",
        "territory",
        "liaison_phone",
    ),
    "team": (
        "name",
        "organisation_name",
        "organisation_code",
        "trade_id",
        "territory",
        "liaison_name",
        "liaison_phone",
    ),
    "project": (
        "name",
        "organisation_name",
        "organisation_code",
        "trade_id",
        "territory",
        "liaison_name",
        "liaison_phone",
    ),
    "unit": (
        "name",
        "organisation_name",
        "trade_id",
        "territory",
        "liaison_name",
        "liaison_phone",
    ),
}
_NOT_FOR_READERS = {*_CONTACT, "trade_id", "identity_number", "parent_code"}
#: What readers of the frozen version see: no contacts, and never an identity number.
HANDED_IN = {
    subject: tuple(
        name
        for name in dict.fromkeys(
            (
                "name",
                "name_en",
                *(n for n in REGISTERED_BY[subject] if n not in _NOT_FOR_READERS),
                *asked,
            )
        )
        if name not in _NOT_FOR_READERS
    )
    for subject, asked in ASKED.items()
}
#: Words of the form that differ from the names of the fields.
LABELS = {
    "name_en": _lt("Name in English"),
    "trade_id": _lt("Trade"),
    "territory": _lt("District"),
    "liaison_phone": _lt("Phone"),
    "liaison_email": _lt("E-mail"),
    "organisation_code": _lt("Credit Code of the Responsible Organisation"),
    "organisation_name": _lt("Responsible Organisation"),
}
#: The same where the kind of applicant has words of its own.
LABELS_OF = {
    "organisation": {"name": _lt("Name of the Organisation")},
    "individual": {
        "name": _lt("Name of the Person"),
        "organisation_name": _lt("Employer"),
        "organisation_code": _lt("Credit Code of the Employer"),
    },
    "team": {"name": _lt("Name of the Team")},
    "project": {"name": _lt("Name of the Project")},
    "unit": {"name": _lt("Name of the Unit")},
}
