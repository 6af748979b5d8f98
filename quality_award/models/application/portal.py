from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules.refusal import Refusal
from .chapter import CHAPTER_MAX
from .portal_applicant import clean_text, known_id

#: States in which the applicant still writes.
WRITING = ("draft", "returned")


class AwardApplication(models.Model):
    """What applicants do. They have no right on any model; this is their one door.

    Each method asks whether the user acts for the applicant before it lifts
    access rights, and again the lifecycle asks whether he may sign for it. A foreign
    or unknown id is answered in the same way: there is no such record.
    """

    _inherit = "award.application"

    # -- the door ------------------------------------------------------------------
    @api.model
    def _portal_case(self, application):
        """The own application of the current user, access rights lifted.

        :param application: id or record
        :raise MissingError: unknown, or not of an applicant of the user
        """
        id_ = known_id(getattr(application, "id", application))
        case = self.sudo().browse(id_).exists()  # sudo: membership is asked next
        if not case or not self._portal_member(case.applicant_id):
            error = MissingError(self.env._("There is no such application."))
            raise self._asked_in_vain(error, self._name, id_)
        return case.with_company(case.company_id)

    @api.model
    def _portal_writable(self, application, part=None):
        """The own application of the current user, for writing a part of it.

        :param application: id or record
        :param part: what is written: `chapter:<code>`, `field:<name>`, `evidence`,
            `report`, `indicator:<item>`, `fact:<requirement>`; None for none of them
        :raise AwardRefusal: `application_closed` where the case is not being written,
            `part_closed` where only other parts are open
        """
        case = self._portal_case(application)
        parts = case._portal_open_parts()
        if parts is None:
            return case
        if not parts:
            case._refuse(Refusal("application_closed"))
        if part not in parts:
            case._refuse(Refusal("part_closed", values={"part": part or "–"}))
        return case

    def _portal_open_parts(self):
        """The parts that the applicant may write now.

        :return: None for all of them, else a set of part codes as `_portal_writable`
            takes them
        """
        self.ensure_one()
        return None if self.state in WRITING else set()

    def _asked_in_vain(self, error, model, id_):
        """`error`, which leaves an entry: somebody asked for what is not his."""
        return self.env["award.access.entry"]._mark_refused(error, model, [id_])

    @api.model
    def _portal_edition(self, edition_id):
        """An edition of an agency of the user that was announced."""
        editions = self.env["award.edition"].sudo()  # sudo: public once announced
        edition = editions.browse(known_id(edition_id)).exists()
        known = edition and edition.company_id in self.env.user.company_ids
        if not known or edition.state in ("draft", "cancelled"):
            raise MissingError(self.env._("There is no such edition."))
        return edition.with_company(edition.company_id)

    # -- registration ----------------------------------------------------------------
    @api.model
    def _portal_register(self, edition_id, values):
        """Register online (网上申报): the application is born as a draft.

        :param values: what `applicant_fields` asks of the kind of applicant,
            `trade_code` instead of `trade_id`, `recommender_id` (and `recommender_2` …
            where several are asked for), `class_code`, `choice_code`
        :return: the application, access rights as lifted as those of the user
        """
        edition = self._portal_edition(edition_id)
        if refusal := edition._window_refusal():
            edition._refuse(refusal)
        award_class = self._portal_class(edition, values.get("class_code"))
        applicant = self._portal_applicant(edition, award_class, values)
        case = self._portal_draft(edition, award_class, applicant, values)
        return case.with_env(self.env)

    def _portal_draft(self, edition, award_class, applicant, values):
        Application = edition.env["award.application"]
        earlier = Application.search_count(
            [
                ("edition_id", "=", edition.id),
                ("applicant_id", "=", applicant.id),
                ("state", "!=", "withdrawn"),
            ]
        )
        if earlier:
            edition._refuse(
                Refusal("second_application", None, {"applicant": applicant.name})
            )
        # No message of the office's case may have the applicant as author or follower.
        silent = Application.with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True, tracking_disable=True
        )
        case = silent.create(
            {
                "edition_id": edition.id,
                "class_id": award_class.id,
                "applicant_id": applicant.id,
                "trade_id": applicant.trade_id.id,
                "choice_id": self._portal_choice(edition, award_class, values),
                **self._portal_recommenders(edition, award_class, values),
                "registered_at": fields.Datetime.now(),
            }
        ).with_context(mail_create_nolog=None, tracking_disable=None)
        edition.env["award.case.stage"]._open(case, case._entry_stage())
        return case

    def _portal_class(self, edition, code):
        """The class asked for; the only one where none is named."""
        classes = edition._open_classes()
        chosen = classes.filtered(lambda c: c.code == code) if code else classes
        if len(chosen) != 1:
            edition._refuse(Refusal("class_unknown"))
        return chosen

    def _portal_choice(self, edition, award_class, values):
        """Id of the choice within the class, False where none is made yet."""
        code = values.get("choice_code")
        found = award_class.choice_ids.filtered(lambda choice: choice.code == code)
        if code and not found:
            edition._refuse(Refusal("choice_missing", award_class.clause_id.code))
        return found.id

    def _portal_recommenders(self, edition, award_class, values):
        """The recommenders named, as values of the case; as many as are asked for."""
        needed = edition._recommenders_needed(award_class)
        names = ["recommender_id", *(f"recommender_{n + 1}" for n in range(1, needed))]
        ids = [known_id(values[name]) for name in names if values.get(name)]
        found = edition.env["award.recommender"].search(
            [("id", "in", ids), ("company_id", "=", edition.company_id.id)]
        )
        for name in names:
            if values.get(name) and known_id(values[name]) not in found.ids:
                self._portal_unknown(
                    "award.application", "recommender_id", values[name]
                )
        return {
            "recommender_id": ids[0] if ids else False,
            "other_recommender_ids": [fields.Command.set(ids[1:])],
        }

    # -- writing -----------------------------------------------------------------------
    @api.model
    def _portal_save(self, application, chapters, applicant_values=None):
        """Keep chapters and data of the applicant; all may still be incomplete.

        :param chapters: dict item number (or `profile`) -> text
        :param applicant_values: as in `_portal_register`, without the credit code
        """
        case = self._portal_writable(application)
        if applicant_values:
            case._portal_save_applicant(applicant_values)
        case._portal_save_chapters(chapters or {})
        return True

    def _portal_save_applicant(self, values):
        edition, subject = self.edition_id, self.applicant_id.subject
        self.applicant_id.write(self._portal_values(edition, subject, values))
        written = {"trade_id": self.applicant_id.trade_id.id}
        if values.get("recommender_id"):
            written |= self._portal_recommenders(edition, self.class_id, values)
        if "choice_code" in values:
            written["choice_id"] = self._portal_choice(edition, self.class_id, values)
        self.write(written)

    def _portal_save_chapters(self, chapters):
        """Keep whole texts, whoever wrote before: a form without conflict detection."""
        for code, value in chapters.items():
            text = clean_text(value)
            chapter = self._portal_chapter(code)
            if (chapter.text or "") != text:
                self._portal_keep_chapter(chapter, {"text": text})

    # -- acts ------------------------------------------------------------------------
    @api.model
    def _portal_submit(self, application):
        """Hand in (正式提交): frozen, numbered, passed on to the next stage."""
        self._portal_case(application)._apply_move("submit")
        return True

    @api.model
    def _portal_withdraw(self, application, reason):
        """Withdraw the application; a new one is possible while the window is open."""
        self._portal_case(application)._apply_move(
            "withdraw", reason=clean_text(reason)
        )
        return True

    @api.model
    def _portal_answer(self, supplement, text):
        """Answer a supplement; what was handed in gets a new version with it.

        :param supplement: id or record of award.supplement
        """
        id_ = known_id(getattr(supplement, "id", supplement))
        letters = self.env["award.supplement"].sudo()  # sudo: _portal_case asks who
        asked = letters.browse(id_).exists()
        if not asked or asked.state == "draft":
            error = MissingError(self.env._("There is no such supplement."))
            raise self._asked_in_vain(error, asked._name, id_)
        case = self._portal_case(asked.application_id)
        if case.state != "submitted":
            labels = dict(case._fields["state"]._description_selection(self.env))
            values = {"move": "answer", "state": labels[case.state]}
            case._refuse(Refusal("wrong_state", values=values))
        answer = clean_text(text).strip()
        if not answer:
            asked._refuse(Refusal("answer_missing"))
        if len(answer) > CHAPTER_MAX:
            values = {"chapter": "–", "length": len(answer), "most": CHAPTER_MAX}
            asked._refuse(Refusal("chapter_too_long", values=values))
        today = self.env["award.clock"]._today()
        asked._apply_move("answer", values={"answer": answer, "answered_on": today})
        case._add_answer(asked)
        asked.qualification_id.action_refresh()  # the officer reads what holds now
        return True

    def _add_answer(self, supplement):
        """The next version: what was handed in, and the answer beside it."""
        Submission = self.env["award.submission"]
        content = dict(self._current_submission()[self.id].content)
        answers = [*content.get("supplements", [])]
        answers.append({"items": supplement.items, "answer": supplement.answer})
        content["supplements"] = answers
        Submission._add_versions({self: content})
