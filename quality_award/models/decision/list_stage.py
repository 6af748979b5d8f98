from odoo import api, fields, models
from odoo.tools import SQL

from ...rules import lists as list_rules
from ...rules.refusal import Refusal

#: Kinds of stage at which a body decides on the list; the others are the office's.
DECIDING = ("deliberation", "approval")


class AwardStage(models.Model):
    """What a stage says of the list that is adopted at it."""

    _inherit = "award.stage"

    def _list_kinds(self):
        """dict stage -> kind of the list adopted there; `self` are those of a class.

        Cases do not stop at what runs beside the next stage: no list moves them there.
        """
        return list_rules.kinds_of_lists(
            list_rules.Stage(stage, stage.kind, stage.list_kind or None)
            for stage in self.sorted("sequence")
            if not stage.in_parallel
        )

    def _list_kind(self, award_class, edition):
        """Kind of the list that a class has at the (single) stage, else None."""
        stages = edition._stages(award_class)
        return stages._list_kinds().get(self)

    def _deciding_body(self):
        """Who deliberates or approves here: the stage's body, else the usual one."""
        role = {"deliberation": "committee", "approval": "government"}.get(self.kind)
        usual = self.scheme_id.body_ids.filtered(lambda body: body.role == role)[:1]
        return self.body_id or usual


class AwardList(models.Model):
    """The place of a list in the procedure: its stage, what came before, who decides.

    Nothing here asks for the kind of the list, which is only what it is called.
    """

    _inherit = "award.list"

    possible_stage_ids = fields.Many2many(
        "award.stage", compute="_compute_possible_stage_ids"
    )
    is_deciding = fields.Boolean(compute="_compute_is_deciding")

    @api.depends("edition_id", "class_id")
    def _compute_possible_stage_ids(self):
        """Where a list can be adopted; at an approval only one made again."""
        for record in self:
            stages = record._stages()
            approvals = stages.filtered(lambda stage: stage.kind == "approval")
            listed = self.env["award.stage"].union(*stages._list_kinds())
            record.possible_stage_ids = listed | approvals

    @api.depends("stage_id")
    def _compute_is_deciding(self):
        for record in self:
            record.is_deciding = record._is_deciding()

    def _stages(self):
        """The stages that the class of the (single) list goes through, in order."""
        return self.edition_id._stages(self.class_id)

    @api.depends("edition_id", "class_id", "kind")
    def _compute_stage_id(self):
        """The first stage for this kind of list at which the class has none yet.

        When all have theirs, a list that was not approved is made again: shorter, at
        the approval where its cases wait.
        """
        for record in self:
            kinds = record._stages()._list_kinds()
            fitting = [stage for stage, kind in kinds.items() if kind == record.kind]
            if record.stage_id in fitting:
                continue
            taken = record._adopted_of_class().stage_id
            Stage = self.env["award.stage"]
            free = Stage.union(*(stage for stage in fitting if stage not in taken))
            approvals = record._stages().filtered(lambda s: s.kind == "approval")
            record.stage_id = free[:1] or record._waiting_at(approvals)

    @api.onchange("stage_id")
    def _onchange_stage_id(self):
        if kind := self.stage_id._list_kind(self.class_id, self.edition_id):
            self.kind = kind

    def _waiting_at(self, approvals):
        """The approval at which cases of the class wait, else the first one."""
        waiting = self.env["award.application"].search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("class_id", "=", self.class_id.id),
                ("stage_id", "in", approvals.ids),
                ("state", "in", ["submitted", "accepted"]),
            ],
            limit=1,
        )
        return waiting.stage_id or approvals[:1]

    def _adopted_of_class(self):
        """The adopted lists of the class, without the (single) list itself."""
        return self.search(
            [
                ("edition_id", "=", self.edition_id.id),
                ("class_id", "=", self.class_id.id),
                ("state", "=", "adopted"),
                ("id", "!=", self._origin.id),
            ]
        )

    def _previous(self):
        """The last adopted list of the class at an earlier stage, or none.

        At an approval also one of the same stage: it was not approved.
        """
        here = self.stage_id
        earlier = self._adopted_of_class().filtered(
            lambda other: (
                other.stage_id.sequence < here.sequence
                or (other.stage_id == here and here.kind == "approval")
            )
        )
        return earlier.sorted(lambda other: (other.stage_id.sequence, other.id))[-1:]

    def _refusal_previous(self, previous=None):
        """Refusal where a list of an earlier stage should be there and is not."""
        if previous or (previous is None and self.previous_id) or self._is_ranked():
            return None
        kinds = self._stages()._list_kinds()
        if any(stage.sequence < self.stage_id.sequence for stage in kinds):
            return Refusal("previous_list_missing", self.stage_id.clause_id.code)
        return None

    def _precedes(self, stage_kind):
        """Whether the next list of the class is adopted at a stage of this kind."""
        later = [
            stage
            for stage in self._stages()._list_kinds()
            if stage.sequence > self.stage_id.sequence
        ]
        return bool(later) and later[0].kind == stage_kind

    def _phase(self):
        """Phase of the ranking behind the list."""
        return "document" if self.stage_id.kind == "document_review" else "final"

    def _is_ranked(self):
        """Whether a frozen ranking is behind the list.

        A class that is graded without points, or where the scheme lets the committee
        vote instead, has none.
        """
        ranked = self.stage_id.kind in {"document_review", "composite"}
        return ranked and not self._is_voted_on()

    def _is_voted_on(self):
        return bool(self.class_id) and self.class_id._is_voted_on()

    def _counts_for(self):
        """What the list counts for in quotas and thresholds."""
        return list_rules.counts_for(self.stage_id.kind)

    # -- who -----------------------------------------------------------------
    def _is_deciding(self):
        """Whether a body decides on the list, not the office."""
        return self.stage_id.kind in DECIDING

    def _deliberating_body(self):
        """Who deliberates on the list; at an approval whoever did last before it."""
        stages = self._stages().filtered(
            lambda stage: (
                stage.kind == "deliberation"
                and stage.sequence <= self.stage_id.sequence
            )
        )
        return stages[-1:]._deciding_body()

    def _roles_on(self):
        """The office's lists are adopted by its head, a body's by its members.

        Where the decision of the body came on paper, checked by two clerks, the head
        of the office adopts what it says. The government never adopts a list: it
        approves one (`award.approval`).
        """
        roles = super()._roles_on()
        lists = self._facts()
        on_paper = lists._with_resolution()
        for record in lists:
            mine = roles[record.id]
            mine -= {"approver", "panel_leader"}
            if not record._is_deciding():
                mine.discard("committee")
                continue
            if record not in on_paper:
                mine.discard("office_head")
            if not record._deliberating_body()._has_member(self.env.user):
                mine.discard("committee")
        return roles

    def _open_to_me_sql(self):
        """Subselects of the lists open to the current user, by role.

        A body sees what it decides on and the adopted list that this came from; the
        approving clerk what was submitted.
        """
        roles = self._group_roles()
        parts = []
        if roles & {"office", "supervisor"}:
            parts.append(SQL("SELECT id FROM award_list"))
        if "committee" in roles:
            parts.append(self._decided_by_me_sql())
        if "approver" in roles:
            parts.append(
                SQL("SELECT list_id FROM award_approval WHERE state != 'draft'")
            )
        return parts

    def _decided_by_me_sql(self):
        mine = SQL(
            """SELECT l.id, l.previous_id FROM award_list l
                 JOIN award_stage g ON g.id = l.stage_id
                                   AND g.kind IN ('deliberation', 'approval')
                 LEFT JOIN award_body b ON b.id = g.body_id
                WHERE b.id IS NULL OR b.role IN ('committee', 'government')
                   OR EXISTS (SELECT FROM award_committee c
                                JOIN award_committee_member m ON m.committee_id = c.id
                               WHERE c.body_id = b.id AND c.state = 'approved'
                                 AND m.user_id = %s)""",
            self.env.uid,
        )
        return SQL(
            """SELECT id FROM (%(mine)s) AS decided
               UNION ALL
               SELECT l.id FROM award_list l JOIN award_stage g ON g.id = l.stage_id
                WHERE l.state = 'adopted'
                  AND (g.kind = 'consultation'
                       OR l.id IN (SELECT previous_id FROM (%(mine)s) AS decided))""",
            mine=mine,
        )


class AwardBody(models.Model):
    _inherit = "award.body"

    def _has_member(self, user):
        """Whether a user of the role sits in this body.

        The award committee is the role itself; the members of another body are those
        of its roster in office.
        """
        if not self or self.role in {"committee", "government"}:
            return True
        return bool(
            self.env["award.committee.member"]
            .sudo()  # sudo: a yes or no
            .search_count(
                [
                    ("committee_id.body_id", "=", self.id),
                    ("committee_id.state", "=", "approved"),
                    ("user_id", "=", user.id),
                ],
                limit=1,
            )
        )


class AwardCommittee(models.Model):
    _inherit = "award.committee"

    body_id = fields.Many2one(
        "award.body",
        ondelete="restrict",
        index="btree_not_null",
        help="Body that deliberates; empty for the award committee.",
    )

    def _open_fields(self):
        found = super()._open_fields()
        return {**found, "draft": found["draft"] | {"body_id"}}

    def _is_of(self, body):
        """Whether the roster is that of a body; without one, of the committee."""
        mine = self.body_id
        if not mine or not body:
            return (mine or body).role in {False, "committee"}
        return mine == body
