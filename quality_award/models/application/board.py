"""The board of an edition: where its cases are, what is due, what is missing.

Counts only, made by a constant number of statements however many cases there are;
each count carries the search that lists what it counts.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

LIVE = ("submitted", "accepted")
#: Working days before the last day on which a count turns amber.
SOON_DAYS = 3
#: Models whose clocks are those of a case -> how their rows lead to it.
CLOCKED = (
    "award.application",
    "award.recommendation",
    "award.qualification",
    "award.supplement",
)
#: Counts of cases at a stage, and the colour that says how urgent they are.
TONES = (("waiting", ""), ("soon", "warning"), ("overdue", "danger"))
READERS = {"office", "supervisor"}


class AwardEdition(models.Model):
    _inherit = "award.edition"

    is_current = fields.Boolean(
        "Edition Under Way",
        compute="_compute_is_current",
        search="_search_is_current",
    )

    def _compute_is_current(self):
        current = self._current_edition()
        for edition in self:
            edition.is_current = edition == current

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        current = self._current_edition().ids
        return Domain("id", "in" if True in value else "not in", current)

    def action_board(self):
        """The board of this edition."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "award_office_board",
            "name": self.display_name,
            "params": {"edition_id": self.id},
        }

    @api.model
    def office_board(self, edition_id=None):
        """What the board shows; for the office and the supervisor.

        :param edition_id: None for the edition under way
        :return: dict: `editions` to choose from (id, name), `edition` (id, name,
            window, is_demo), `today`, `stages` (name, cells) and `totals` (cells); a
            cell has `key`, `label`, `count`, `tone`, `model`, `domain`
        :raise AccessError: for any other role
        """
        roles = self.env["award.lifecycle"]._group_roles()
        if not READERS & roles:
            raise AccessError(
                self.env._("The board is for the award office and the supervisor.")
            )
        own = [("company_id", "in", self.env.companies.ids)]
        editions = self.search([*own, ("state", "!=", "cancelled")])
        edition = self.browse(edition_id).exists() & editions if edition_id else self
        edition = edition or self._current_edition()
        return {
            "editions": [[one.id, one.display_name] for one in editions],
            "today": str(self.env["award.clock"]._today()),
            **(edition._board() if edition else {"edition": None, "stages": []}),
        }

    def _board(self):
        self.ensure_one()
        counts = self._board_counts()
        left_out = self._left_out()
        stages = [
            {
                "id": stage.id,
                "name": stage.display_name,
                "cells": self._board_cells(counts, stage),
            }
            for stage in self.scheme_id.stage_ids.sorted("sequence")
            if stage not in left_out
        ]
        return {
            "edition": {
                "id": self.id,
                "name": self.display_name,
                "is_demo": self.is_demo,
                "from": self._local(self.window_start)[:16],
                "until": self._local(self.window_end)[:16],
            },
            "stages": stages,
            "totals": self._board_totals(counts),
        }

    # -- counting ----------------------------------------------------------------------
    def _board_counts(self):
        """dict (what, stage id or None) -> number, over the cases open to the user."""
        Application = self.env["award.application"]
        of_edition = [("edition_id", "=", self.id)]
        found = {}
        for stage, state, number in Application._read_group(
            of_edition, ["stage_id", "state"], ["__count"]
        ):
            found["state", state] = found.get(("state", state), 0) + number
            if state in LIVE:
                key = "waiting", stage.id
                found[key] = found.get(key, 0) + number
        for what, domain in self._board_due_domains().items():
            live = [*of_edition, ("state", "in", LIVE), *domain]
            for stage, number in Application._read_group(
                live, ["stage_id"], ["__count"]
            ):
                found[what, stage.id] = number
        for what, (model, domain) in self._board_papers().items():
            found[what, None] = self.env[model].search_count(domain)
        of_stage = self.env["award.supplement"]._read_group(
            self._board_papers()["supplements"][1],
            ["application_id.stage_id"],
            ["__count"],
        )
        for stage, number in of_stage:
            found["supplements", stage.id] = number
        return found

    def _board_due_domains(self):
        """Searches for the cases with a time limit that is over, or soon will be."""
        now = fields.Datetime.now()
        overdue = self._board_due_sql(SQL("c.due_at <= %s", now))
        soon = self._board_due_sql(
            SQL("c.due_at > %s AND c.due_on <= %s", now, self._board_soon_day())
        )
        return {
            "overdue": [("id", "in", overdue)],
            "soon": [("id", "in", soon), ("id", "not in", overdue)],
        }

    def _board_soon_day(self):
        """The last of the next three working days; calendar days where none is out."""
        calendar = self.env["award.calendar.year"]._calendar(self.company_id)
        day, left = self.env["award.clock"]._today(), SOON_DAYS
        while left:
            day += timedelta(days=1)
            left -= not calendar.is_known(day) or calendar.is_working_day(day)
        return day

    def _board_due_sql(self, condition):
        """Ids of the cases of the edition with an open clock `c` that is due so."""
        self.env.flush_all()
        rows = SQL(" UNION ALL ").join(
            SQL(
                "SELECT id, %s AS case_id, %s AS model FROM %s",
                SQL.identifier("id" if name == CLOCKED[0] else "application_id"),
                name,
                SQL.identifier(self.env[name]._table),
            )
            for name in CLOCKED
        )
        return SQL(
            """(SELECT r.case_id FROM award_clock c
                  JOIN (%s) r ON r.model = c.res_model AND r.id = c.res_id
                  JOIN award_application a ON a.id = r.case_id
                 WHERE a.edition_id = %s AND c.is_open AND %s)""",
            rows,
            self.id,
            condition,
        )

    def _board_papers(self):
        """What waits for somebody, whatever the stage: key -> (model, domain)."""
        of_case = ("application_id.edition_id", "=", self.id)
        found = {
            "supplements": ("award.supplement", [of_case, ("state", "=", "sent")]),
            "letters": ("award.letter", [of_case, ("state", "=", "sent")]),
            "letters_draft": ("award.letter", [of_case, ("state", "=", "draft")]),
            "answered": (
                "award.supplement",
                [
                    of_case,
                    ("state", "=", "answered"),
                    ("qualification_id.state", "=", "draft"),
                ],
            ),
            "proposals": (
                "award.completeness",
                [("edition_id", "=", self.id), ("state", "=", "proposed")],
            ),
        }
        if self._board_paper_counts():
            found["papers"] = (
                "award.application",
                [
                    ("edition_id", "=", self.id),
                    ("state", "in", LIVE),
                    ("paper_received_at", "=", False),
                ],
            )
        return found

    def _board_paper_counts(self):
        """Whether the scheme counts paper for one of its classes."""
        return any(
            self.scheme_id._value("submission_moment", award_class=award_class)
            == "paper"
            for award_class in self.scheme_id.class_ids
        )

    # -- showing -----------------------------------------------------------------------
    def _board_cells(self, counts, stage):
        labels = self._board_labels()
        at_stage = [
            ("edition_id", "=", self.id),
            ("stage_id", "=", stage.id),
            ("state", "in", LIVE),
        ]
        cells = [
            {
                "key": key,
                "label": labels[key],
                "count": counts.get((key, stage.id), 0),
                "tone": tone,
                "model": "award.application",
                "domain": [*at_stage, *self._board_link(key)],
            }
            for key, tone in TONES
        ]
        if number := counts.get(("supplements", stage.id), 0):
            model, domain = self._board_papers()["supplements"]
            cells.append(
                {
                    "key": "supplements",
                    "label": labels["supplements"],
                    "count": number,
                    "tone": "info",
                    "model": model,
                    "domain": [*domain, ("application_id.stage_id", "=", stage.id)],
                }
            )
        return cells

    @staticmethod
    def _board_link(key):
        """The searches by time limit, as a list can be asked for again later."""
        return {
            "soon": [("time_standing", "=", "soon")],
            "overdue": [("time_standing", "=", "overdue")],
        }.get(key, [])

    def _board_totals(self, counts):
        labels = self._board_labels()
        drafts = counts.get(("state", "draft"), 0)
        drafts += counts.get(("state", "returned"), 0)
        totals = [
            {
                "key": "drafts",
                "label": labels["drafts"],
                "count": drafts,
                "tone": "",
                "model": "award.application",
                "domain": [
                    ("edition_id", "=", self.id),
                    ("state", "in", ("draft", "returned")),
                ],
            }
        ]
        tones = {"letters": "warning", "papers": "warning", "proposals": "info"}
        for key, (model, domain) in self._board_papers().items():
            totals.append(
                {
                    "key": key,
                    "label": labels[key],
                    "count": counts.get((key, None), 0),
                    "tone": tones.get(key, ""),
                    "model": model,
                    "domain": domain,
                }
            )
        return totals

    def _board_labels(self):
        return {
            "waiting": self.env._("Waiting"),
            "soon": self.env._("Due in 3 Working Days"),
            "overdue": self.env._("Overdue"),
            "supplements": self.env._("Supplements Out"),
            "answered": self.env._("Supplements Answered"),
            "letters": self.env._("Letters Not Served"),
            "letters_draft": self.env._("Letters to Send"),
            "papers": self.env._("Paper Not Received"),
            "proposals": self.env._("Proposals to Answer"),
            "drafts": self.env._("Being Written"),
        }


class AwardApplication(models.Model):
    """How a case stands in time, for searches that a board or a person asks for."""

    _inherit = "award.application"

    time_standing = fields.Selection(
        [("overdue", "Overdue"), ("soon", "Due Soon"), ("running", "Running")],
        "Standing of Time Limits",
        compute="_compute_time_standing",
        search="_search_time_standing",
    )

    def _compute_time_standing(self):
        """One search for each standing and edition, whatever the number of cases."""
        self.time_standing = "running"
        for edition, cases in self.grouped("edition_id").items():
            for standing, domain in edition._board_due_domains().items():
                found = self.search([("id", "in", cases.ids), *domain])
                found.time_standing = standing

    def _search_time_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        editions = self.env["award.edition"].search([("state", "!=", "cancelled")])
        found = [
            Domain("edition_id", "=", edition.id) & Domain(domain)
            for edition in editions
            for standing, domain in edition._board_due_domains().items()
            if standing in value
        ]
        return Domain.OR(found)
