"""Panels, sheets and consensus, brought about by the acts of those who may."""

from odoo.addons.quality_award.tests.common import AwardCommon

#: What is noted of members who were selected.
WHY = {"selected_by": "评审办", "reason": "专业对口"}


class ReviewVocabulary:
    """Mixin for `AwardCommon`: two panels of three, each with its cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.roles["office"]
        cls.head = cls.roles["office_head"]
        cls.supervisor = cls.roles["supervisor"]

    # -- building blocks ---------------------------------------------------------
    @classmethod
    def new_expert(cls, login, pool_kind="reviewer", **values):
        user = cls._new_user(login, f"quality_award.group_{pool_kind}")
        return cls.env["award.expert"].create(
            {
                "name": f"专家{login}",
                "user_id": user.id,
                "pool_kind": pool_kind,
                "training_until": "2027-12-31",
                "is_leader_grade": True,
                **values,
            }
        )

    @classmethod
    def new_panel(cls, name, size=3, edition=None):
        """A panel still being formed, with a leader, seen by the office."""
        experts = cls.env["award.expert"]
        for number in range(size):
            experts |= cls.new_expert(f"{name}_{number}")
        panels = cls.env["award.panel"].with_user(cls.office)
        return panels.create(
            {
                "name": name,
                "edition_id": (edition or cls.edition).id,
                "member_ids": [
                    (0, 0, {"expert_id": expert.id, "is_leader": not number, **WHY})
                    for number, expert in enumerate(experts)
                ],
            }
        )

    @classmethod
    def members(cls, panel):
        """The users of the members, leader first."""
        return [expert.user_id for expert in panel.sudo().member_ids.expert_id]

    @classmethod
    def leader(cls, panel):
        return cls.members(panel)[0]

    @classmethod
    def submissions(cls, cases):
        found = cases._current_submission()
        return cases.env["award.submission"].union(*found.values())

    # -- acts --------------------------------------------------------------------
    @classmethod
    def sign(cls, panel):
        for user in cls.members(panel):
            cls.env["award.undertaking"].with_user(user).action_sign(
                panel.edition_id.id
            )

    @classmethod
    def staffed(cls, name, cases, size=3):
        """A confirmed panel with its cases, undertakings signed."""
        panel = cls.new_panel(name, size)
        panel.action_assign(cls.submissions(cases).ids)
        panel.action_confirm()
        cls.sign(panel)
        return panel

    @classmethod
    def interests(cls, panel, user=None, submission=None):
        domain = [("submission_id", "in", panel.assignment_ids.submission_id.ids)]
        if user:
            domain.append(("expert_id.user_id", "=", user.id))
        if submission:
            domain.append(("submission_id", "=", submission.id))
        return cls.env["award.interest"].search(domain)

    @classmethod
    def declare_none(cls, panel, users=None):
        for user in users or cls.members(panel):
            asked = cls.interests(panel, user).filtered(lambda i: i.state == "draft")
            asked.with_user(user).action_declare_none()

    @classmethod
    def sheets(cls, panel, user=None, submission=None):
        domain = [("panel_id", "=", panel.id)]
        if user:
            domain.append(("expert_id.user_id", "=", user.id))
        if submission:
            domain.append(("submission_id", "=", submission.id))
        return cls.env["award.sheet"].search(domain)

    @classmethod
    def score(cls, panel, percent=50, users=None, lock=True, submission=None):
        """Every item of the users' sheets gets `percent`, or `percent(line)`."""
        for user in users or cls.members(panel):
            sheets = cls.sheets(panel, user, submission).with_user(user)
            for line in sheets.line_ids:
                value = percent(line) if callable(percent) else percent
                line.write({"percent": value})
            if lock:
                sheets.action_lock()
        cls.env.invalidate_all()

    @classmethod
    def open_consensus(cls, panel):
        leader = cls.leader(panel)
        found = panel.assignment_ids.with_user(leader).action_open_consensus()
        return found.with_user(leader)

    @classmethod
    def reviewed(cls, name, cases, percent=50):
        """A panel whose document review of the cases is agreed and reported."""
        panel = cls.staffed(name, cases)
        cls.declare_none(panel)
        cls.score(panel, percent)
        cls.open_consensus(panel).action_agree()
        reports = cls.env["award.panel.report"].with_user(cls.leader(panel))
        reports.create({"panel_id": panel.id, "text": "材料评审报告"}).action_file()
        return panel


class ReviewCommon(ReviewVocabulary, AwardCommon):
    """The world of the tests of experts and review."""
