from odoo import api, models

from ...rules import scoring
from .applicant_fields import REGISTERED_BY
from .chapter import CHAPTER_MAX

#: Outcomes that the applicant learns from a letter, not from a status.
TOLD_BY_LETTER = ("eliminated", "not_accepted", "disqualified")
#: Acts of the applicant that the page offers.
PORTAL_MOVES = ("submit", "withdraw")


class AwardApplication(models.Model):
    """What the applicant's pages show: where the case is, what comes next, by when."""

    _inherit = "award.application"

    @api.model
    def _portal_mine(self):
        """Applications of the applicants that the user acts for, newest first."""
        mine = self.env["award.applicant.member"]._mine().applicant_id
        cases = self.sudo().search(  # sudo: the user's own only
            [("applicant_id", "in", mine.ids)], order="id desc"
        )
        self._portal_seen(cases)
        return cases

    @api.model
    def _portal_open_editions(self):
        """Announced editions of the user's agencies whose window is open now."""
        editions = (
            self.env["award.edition"]
            .sudo()  # sudo: no right on any model; announced editions are public
            .search(
                [
                    ("state", "=", "announced"),
                    ("company_id", "in", self.env.user.company_ids.ids),
                ]
            )
        )
        return editions.filtered(lambda edition: not edition._window_refusal())

    @api.model
    def _portal_entry(self, edition, class_code=None):
        """What the form of registration shows; all of it is public.

        :param edition: as `_portal_edition` returns it, access rights lifted
        :return: dict with `classes` that are open, the `award_class` chosen (none
            while several are open), `form` with its fields
        """
        classes = edition._open_classes()
        chosen = classes.filtered(lambda c: c.code == class_code) or classes
        chosen = chosen if len(chosen) == 1 else chosen.browse()
        form = []
        if chosen:
            form = self._portal_form(edition, chosen.subject, registering=True)
        return {
            "classes": classes,
            "subjects": dict(
                self.env["award.applicant"]
                ._fields["subject"]
                ._description_selection(self.env)
            ),
            "award_class": chosen,
            "form": form,
            **self._portal_of_class(edition, chosen),
        }

    @api.model
    def _portal_of_class(self, edition, award_class):
        """Choices of the class, and recommenders to name: records and how many."""
        own = [("company_id", "=", edition.company_id.id)]
        return {
            "choices": award_class.choice_ids,
            "choice_label": self._fields["choice_id"]._description_string(self.env),
            "recommender_label": self._fields["recommender_id"]._description_string(
                self.env
            ),
            "recommenders": edition.env["award.recommender"].search(own),
            "recommenders_needed": edition._recommenders_needed(award_class),
        }

    @api.model
    def _portal_state(self, application):
        """Everything the page of one application shows.

        :return: dict with `case`, `status`, `outcome_known`, `stages` (name, standing
            of the row, dates), `next_step`, `next_date`, `waits_for`, `strips` (of the
            time limits), `chapters` (code, title, text, length), `missing`, `moves`,
            `supplements`, `letters`, `submission`, `register`
        """
        case = self._portal_case(application)
        letters = case.letter_ids.filtered(lambda x: x.state in ("sent", "served"))
        supplements = case.supplement_ids.filtered(lambda s: s.state != "draft")
        known = case._outcome_known(letters)
        writing = case.state in ("draft", "returned")
        clock = case._portal_clocks().get(case.id)
        next_step, waits_for, next_date = case._next_step(supplements, known, clock)
        case._portal_seen(
            case,
            letters,
            supplements,
            case.chapter_ids,
            case.fact_ids,
            case.transfer_ids,
        )
        return {
            "case": case,
            "status": case._portal_status(known),
            "outcome_known": known,
            "is_writing": writing,
            "tabs": case._portal_tabs(writing),
            "stage": case.stage_id.display_name or "",
            "stages": case._portal_stages(known),
            "next_step": next_step,
            "waits_for": waits_for,
            "next_date": next_date,
            **case._portal_way(writing, next_date),
            "strips": case._portal_strips(known),
            "chapters": case._portal_chapters(),
            **case._portal_fields(),
            "missing": case._portal_missing() if writing else [],
            "conditions": case._portal_conditions() if writing else [],
            "transfers": case.transfer_ids,
            "moves": [m for m in case.allowed_moves or () if m in PORTAL_MOVES],
            "supplements": supplements,
            "letters": letters,
            "submission": case._current_submission().get(case.id),
            "returned_because": case._return_reason(),
        }

    def _portal_tabs(self, writing):
        """The pages of the application, in order; rooms and parts add theirs.

        :return: list of dicts: `tab`, `address`, `label`
        """
        pages = [("where", "", self.env._("Where Am I"))]
        if writing:
            pages += [
                ("form", "/form", self.env._("Application Form")),
                ("chapters", "/chapters", self.env._("Self-assessment")),
                ("conditions", "/conditions", self.env._("Conditions")),
                ("preview", "/preview", self.env._("Preview and Submit")),
            ]
        elif self.submission_ids:
            pages.append(("preview", "/preview", self.env._("Handed In")))
        if self.submission_ids:
            pages.append(("versions", "/versions", self.env._("Versions")))
        return [
            {"tab": tab, "address": f"/my/award/{self.id}{path}", "label": label}
            for tab, path, label in pages
        ]

    def _portal_missing(self):
        """What is still empty: list of (name, address of the page that takes it)."""
        return [
            (label, self._portal_address(part)) for part, label in self._missing_parts()
        ]

    def _portal_address(self, part):
        """Address of the page and field where a part is written.

        :param part: code as `_portal_writable` takes it
        """
        kind, _sep, name = part.partition(":")
        page = {
            "chapter": f"chapter/{name}",
            "field": f"form#{name}",
            "fact": f"conditions#condition_{name}",
        }.get(kind, kind)
        return f"/my/award/{self.id}/{page}"

    @api.model
    def _portal_preview(self, application):
        """What would be handed in now, as those who read the version will see it."""
        case = self._portal_case(application)
        return case.env["award.submission"]._preview(case)

    def _portal_fields(self):
        """The fields of the application's form, and what was registered by."""
        applicant = self.applicant_id
        return {
            "chapter_max": CHAPTER_MAX,
            "form": self._portal_form(self.edition_id, applicant.subject, applicant),
            "keys": self._portal_keys(),
            **self._portal_of_class(self.edition_id, self.class_id),
        }

    def _portal_keys(self):
        """What the applicant was registered by: (label, value); numbers are masked."""
        applicant = self.applicant_id
        subject = applicant.subject
        values = {name: applicant[name] for name in REGISTERED_BY[subject]}
        if "identity_number" in values:
            values["identity_number"] = applicant._masked_identity()
        return [
            (self._portal_label(subject, name), value)
            for name, value in values.items()
            if value
        ]

    def _portal_seen(self, *seen):
        """Leave an entry for what a page shows, in the transaction of the page."""
        Entry = self.env["award.access.entry"]
        for records in seen:
            if records:
                Entry._leave("portal", records._name, records.ids)

    def _outcome_known(self, letters):
        """Whether an end against the applicant was told in writing already."""
        if self.state not in TOLD_BY_LETTER:
            return True
        told = letters.filtered(lambda letter: letter.kind != "supplement")
        return bool(told) or self.edition_id.state == "closed"

    def _portal_status(self, known):
        if not known:
            return self.env._("Under Review")
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _portal_stages(self, known):
        """The scheme's stages with the case's last row at each."""
        rows = {row.scheme_stage_id: row for row in self.case_stage_ids.sorted("id")}
        names = dict(
            self.case_stage_ids._fields["state"]._description_selection(self.env)
        )
        stages = []
        left_out = self.edition_id._left_out()
        for stage in self._scheme_of().stage_ids.sorted("sequence"):
            row = rows.get(stage)
            state = row.state if row else None
            if state == "failed" and not known:
                state = "open"
            here = stage == self.stage_id if self.stage_id else state == "open"
            stages.append(
                {
                    "name": stage.display_name,
                    "state": state,
                    "is_here": here and state == "open",
                    "label": self.env._("Left Out")
                    if stage in left_out
                    else names.get(state, ""),
                    "opened_on": row.opened_on if row else None,
                    "closed_on": row.closed_on
                    if state in ("passed", "failed")
                    else None,
                }
            )
        return stages

    def _portal_chapters(self):
        """The chapters to write, in order, as the pages show them."""
        present = {chapter.code: chapter for chapter in self.chapter_ids}
        none = self.env["award.chapter"]
        written = self._written_chapters()
        return [
            {
                "code": code,
                "title": title,
                "text": present.get(code, none).text or "",
                "html": present[code]._as_html() if code in present else "",
                "revision": present[code].revision if code in present else 0,
                "length": present[code]._length() if code in present else 0,
                "most": self._chapter_max(code),
                "is_written": code in written,
            }
            for code, title in self._chapters().items()
        ]

    def _portal_guidance(self, code):
        """What the criteria say of a chapter's item: list of (heading, text)."""
        item = self.criteria_id._items().filtered(lambda i: i.number == code)[:1]
        if not item:
            words = self.env._("This chapter gives no points.")
            return [(self.env._("Unscored"), words)]
        bands = item.criteria_id.band_ids.filtered(lambda band: band.kind == item.kind)
        english = (self.env.lang or "").startswith("en")
        lines = [
            f"{b.low}–{b.high} %: {english and b.text_en or b.text_zh}"
            for b in bands.sorted("low")
        ]
        points = self.env._("%(points)s points", points=scoring.to_text(item.points))
        heading = self.env._("%(points)s. How experts score", points=points)
        return [(heading, "\n".join(lines))] if lines else [(points, "")]

    def _return_reason(self):
        if self.state != "returned":
            return ""
        rows = (
            self.env["award.transition"]
            .sudo()  # sudo: reason told to him
            .search(
                [
                    ("model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("move", "=", "return"),
                ],
                order="seq desc",
                limit=1,
            )
        )
        return rows.reason or ""

    def _next_step(self, supplements, known, clock):
        """What happens next, who acts, and until which date.

        :param clock: as `_portal_clocks` has it, or None
        :return: (sentence, who, date or None); dates come from the running clocks
        """
        us, office = self.env._("You"), self.env._("Award Office")
        asked = supplements.filtered(lambda s: s.state == "sent")[:1]
        if asked and self.state == "submitted":
            return self.env._("Answer the supplement."), us, asked.due_on
        if self.state in ("draft", "returned"):
            until = self.edition_id._local_date(self.edition_id.window_end)
            return self.env._("Complete the chapters and submit."), us, until
        if self.state == "decided":
            return self.env._("The award is decided."), "", None
        if known and self.state not in ("submitted", "accepted"):
            return self.env._("This application has ended."), "", None
        who = office
        if self.stage_id.kind == "recommendation":
            who = self.recommender_id.display_name
        step = self.env._("%(stage)s is under way.", stage=self.stage_id.display_name)
        return step, who, clock.due_on if clock and known else None

    def _portal_strips(self, known):
        """Strips of the open clocks that may be shown to the applicant."""
        if not known:
            return []
        records = [*self._portal_clock_records(), self.supplement_ids]
        return self._open_clocks(records)._strips()

    def _portal_clock_records(self):
        """Records of the cases whose clocks may be shown to the applicants."""
        return [self, self.recommendation_ids, self.qualification_ids]
