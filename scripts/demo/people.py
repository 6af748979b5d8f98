"""Who: the users of every role. Those of `LOGINS` have a password, the rest none."""

from dataclasses import dataclass

from scripts.demo import tables
from scripts.demo.organisations import person_name

#: One password for all logins of the demonstration; it runs on this machine only.
PASSWORD = "demo-award"
ADMIN_LOGIN, ADMIN_PASSWORD = "admin", "admin"
GROUP = "quality_award.group_"
PORTAL = "base.group_portal"

#: key -> (login, title in Chinese, title in English, group)
LOGINS = {
    "office_a": ("office.a", "评审办·甲", "Award office, clerk A", "office"),
    "office_b": ("office.b", "评审办·乙", "Award office, clerk B", "office"),
    "head": ("office.head", "评审办·主任", "Award office, head", "office_head"),
    "prepare": ("district.prepare", "高新区·经办", "Recommender, prepares",
                "recommender"),
    "check": ("district.check", "高新区·审核", "Recommender, checks", "recommender"),
    "sign": ("district.sign", "高新区·签发", "Recommender, signs off", "recommender"),
    "leader": ("reviewer.leader", "评审组长", "Reviewer, panel leader", "reviewer"),
    "reviewer": ("reviewer", "评审员", "Reviewer", "reviewer"),
    "deliberator": ("deliberator", "审议员", "Deliberator", "deliberator"),
    "committee": ("committee", "评委会委员", "Committee member", "committee"),
    "approver": ("government", "市政府·经办", "Approving government's clerk",
                 "approver"),
    "finance": ("finance", "财政·经办", "Finance", "finance"),
    "supervisor": ("supervisor", "纪检监察", "Supervisor", "supervisor"),
    "applicant": ("applicant", "获奖单位联络员", "Applicant, a winner (portal)", None),
    "applicant_open": ("applicant.open", "在报单位联络员",
                       "Applicant, open draft (portal)", None),
}


@dataclass(frozen=True)
class Spec:
    """A user to create.

    :param key: how the driver calls this person
    :param group: role group without its prefix; None: a portal user
    """

    key: str
    login: str
    name: str
    group: str | None

    @property
    def xmlid(self):
        return GROUP + self.group if self.group else PORTAL


def login_specs():
    """The people with a login, one for each role."""
    return [
        Spec(key, login, f"{person_name(900 + number)}({title})", group)
        for number, (key, (login, title, _en, group)) in enumerate(LOGINS.items())
    ]


def district_specs(districts):
    """Three people of every district but the shown one, whose people have logins."""
    return [
        Spec(f"{code}_{step}", f"{code}.{step}", f"{person_name(number)}({name})",
             "recommender")
        for number, (code, name, step) in enumerate(
            ((code, name, step) for code, name in districts
             for step in ("prepare", "check", "sign")), 1000)
        if code != tables.SHOWN_DISTRICT
    ]


def district_keys(code):
    """The keys of the three people of a district: prepares, checks, signs off."""
    if code == tables.SHOWN_DISTRICT:
        return "prepare", "check", "sign"
    return tuple(f"{code}_{step}" for step in ("prepare", "check", "sign"))


def expert_specs(funnel):
    """Users of the panels' members and of the judges; some of them have a login."""
    reviewers = [
        Spec(f"reviewer{number}", f"reviewer.{number}", person_name(1200 + number),
             "reviewer")
        for number in range(3, funnel.panels * funnel.panel_size + 1)
    ]
    judges = [
        Spec(f"judge{number}", f"deliberator.{number}", person_name(1500 + number),
             "deliberator")
        for number in range(2, funnel.judges + 1)
    ]
    return reviewers + judges


def reviewer_keys(funnel):
    """Keys of the panels' members; panel p has the p-th slice, its first leads."""
    rest = range(3, funnel.panels * funnel.panel_size + 1)
    return ["leader", "reviewer", *(f"reviewer{number}" for number in rest)]


def judge_keys(funnel):
    rest = range(2, funnel.judges + 1)
    return ["deliberator", *(f"judge{number}" for number in rest)]


def applicant_specs(keys, shown):
    """Portal users of applicants; `shown` maps the keys that have a login to it."""
    return [
        Spec(applicant_key(number), f"a{number:04d}@example.com",
             person_name(number), None)
        for number in keys if number not in shown
    ]


def applicant_key(number):
    return f"a{number}"


def logins_table():
    """One login for each role, as text."""
    rows = [(ADMIN_LOGIN, ADMIN_PASSWORD, "系统管理员", "Administrator")]
    rows += [
        (login, PASSWORD, chinese, english)
        for login, chinese, english, _group in LOGINS.values()
    ]
    return "\n".join(
        f"  {login:18} {password:12} {english} ({chinese})"
        for login, password, chinese, english in rows
    )
