from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...rules.refusal import Refusal
from .refusals import refuse
from .submission import CHAPTER_MAX

#: What an applicant may say of itself; anything else is ignored.
ORGANISATION_VALUES = (
    "name",
    "name_en",
    "trade_id",
    "size",
    "territory",
    "address",
    "registered_on",
    "operating_since",
    "is_legal_person",
    "liaison_name",
    "liaison_phone",
    "liaison_email",
)
#: Characters of a single line at most.
NAME_MAX = 256
#: States in which the applicant still writes.
WRITING = ("draft", "returned")


def known_id(value):
    """An id as the database takes it; 0, which no record has, for anything else."""
    try:
        number = int(value)
    except (TypeError, ValueError):
        return 0
    return number if 0 < number < 2**31 else 0


def clean_text(value):
    """Text as PostgreSQL takes it: no NUL, no half of a surrogate pair."""
    text = str(value or "").replace("\x00", "").replace("\r\n", "\n")
    return text.encode("utf-8", "ignore").decode()


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
        # sudo: the one door of applicants; membership is asked in the next lines
        case = self.sudo().browse(id_).exists()
        if not case or not self._portal_member(case.applicant_id):
            error = MissingError(self.env._("There is no such application."))
            raise self._asked_in_vain(error, self._name, id_)
        return case.with_company(case.company_id)

    def _asked_in_vain(self, error, model, id_):
        """`error`, which leaves an entry: somebody asked for what is not his."""
        return self.env["award.access.entry"]._mark_refused(error, model, [id_])

    def _portal_member(self, applicant):
        return self.env.user in applicant.member_ids.user_id

    @api.model
    def _portal_edition(self, edition_id):
        """An edition of an agency of the user that was announced."""
        # sudo: applicants have no right on any model; announced editions are public
        edition = self.env["award.edition"].sudo().browse(known_id(edition_id)).exists()
        known = edition and edition.company_id in self.env.user.company_ids
        if not known or edition.state in ("draft", "cancelled"):
            raise MissingError(self.env._("There is no such edition."))
        return edition.with_company(edition.company_id)

    # -- registration ----------------------------------------------------------------
    @api.model
    def _portal_register(self, edition_id, values):
        """Register online (网上申报): the application is born as a draft.

        :param values: what `ORGANISATION_VALUES` names, `credit_code`, `trade_code`
            instead of `trade_id`, `recommender_id`, `class_code`
        :return: the application, access rights as lifted as those of the user
        """
        edition = self._portal_edition(edition_id)
        if refusal := edition._window_refusal():
            edition._refuse(refusal)
        award_class = self._portal_class(edition, values.get("class_code"))
        applicant = self._portal_applicant(edition, values)
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
                "recommender_id": self._portal_recommender(edition, values),
                "registered_at": fields.Datetime.now(),
            }
        ).with_context(mail_create_nolog=None, tracking_disable=None)
        edition.env["award.case.stage"]._open(case, case._entry_stage())
        return case

    def _portal_class(self, edition, code):
        classes = edition.scheme_id.class_ids
        chosen = classes.filtered(lambda c: c.code == code) if code else classes
        if len(chosen) != 1:
            edition._refuse(Refusal("class_unknown"))
        return chosen

    def _portal_recommender(self, edition, values):
        chosen = values.get("recommender_id")
        if not chosen:
            return False
        found = edition.env["award.recommender"].search(
            [("id", "=", known_id(chosen)), ("company_id", "=", edition.company_id.id)]
        )
        if not found:
            self._portal_unknown("award.application", "recommender_id", chosen)
        return found.id

    def _portal_applicant(self, edition, values):
        """The applicant of the credit code, created when it is new here."""
        Organisation = edition.env["award.applicant"]
        code = Organisation._clean_credit_code(values.get("credit_code"))
        known = Organisation.search(
            [("credit_code", "=", code), ("company_id", "=", edition.company_id.id)]
        )
        if known and not self._portal_member(known):
            refuse(self.env, "credit_code_held", code=code)
        written = self._portal_values(edition, values)
        if known:
            known.write(written)
            return known
        if not written.get("name"):
            label = Organisation._fields["name"]._description_string(self.env)
            refuse(self.env, "value_missing", field=label)
        return Organisation.create(
            {
                **written,
                "credit_code": code,
                "company_id": edition.company_id.id,
                "member_ids": [fields.Command.create({"user_id": self.env.uid})],
            }
        )

    def _portal_values(self, edition, values):
        """The named values of an applicant, each checked; the rest is ignored."""
        Organisation = edition.env["award.applicant"]
        found = {}
        if values.get("trade_code"):
            values = {**values, "trade_id": self._portal_trade(edition, values)}
        for name in ORGANISATION_VALUES:
            if name in values:
                field = Organisation._fields[name]
                found[name] = self._portal_value(edition, field, values[name])
        if "name" in found and not found["name"]:
            found.pop("name")
        return found

    def _portal_trade(self, edition, values):
        trade = edition.env["award.trade"].search(
            [
                ("code", "=", values["trade_code"]),
                ("company_id", "=", edition.company_id.id),
            ]
        )
        if not trade:
            code = values["trade_code"]
            self._portal_unknown("award.applicant", "trade_id", code)
        return trade.id

    def _portal_value(self, edition, field, value):
        """One value as the field takes it, or the refusal that names the field."""
        if field.type == "boolean":
            return value not in (False, None, "", "0", "false")
        if not value:
            return False
        try:
            if field.type == "date":
                return fields.Date.to_date(value)
            if field.type == "many2one":
                found = edition.env[field.comodel_name].search(
                    [
                        ("id", "=", known_id(value)),
                        ("company_id", "=", edition.company_id.id),
                    ]
                )
                return found.id or self._portal_unknown(
                    field.model_name, field.name, value
                )
        except (TypeError, ValueError):
            self._portal_unknown(field.model_name, field.name, value)
        if field.type == "selection" and value not in field.get_values(self.env):
            self._portal_unknown(field.model_name, field.name, value)
        text = clean_text(value).strip()
        if len(text) > NAME_MAX:
            label = field._description_string(self.env)
            refuse(self.env, "value_too_long", field=label, most=NAME_MAX)
        return text

    def _portal_unknown(self, model, name, value):
        label = self.env[model]._fields[name]._description_string(self.env)
        refuse(self.env, "value_unknown", value=value, field=label)

    # -- writing -----------------------------------------------------------------------
    @api.model
    def _portal_save(self, application, chapters, applicant_values=None):
        """Keep chapters and data of the applicant; all may still be incomplete.

        :param chapters: dict item number (or `profile`) -> text
        :param applicant_values: as in `_portal_register`, without the credit code
        """
        case = self._portal_case(application)
        if case.state not in WRITING:
            case._refuse(Refusal("application_closed"))
        if applicant_values:
            case._portal_save_applicant(applicant_values)
        case._portal_save_chapters(chapters or {})
        return True

    def _portal_save_applicant(self, values):
        edition = self.edition_id
        self.applicant_id.write(self._portal_values(edition, values))
        written = {"trade_id": self.applicant_id.trade_id.id}
        if values.get("recommender_id"):
            written["recommender_id"] = self._portal_recommender(edition, values)
        self.write(written)

    def _portal_save_chapters(self, chapters):
        order = {code: place for place, code in enumerate(self._chapters())}
        items = {i.number: i.id for i in self.class_id.criteria_id._items()}
        present = {chapter.code: chapter for chapter in self.chapter_ids}
        new = []
        for code, value in chapters.items():
            text = clean_text(value)
            if code not in order:
                self._refuse(Refusal("chapter_unknown", values={"chapter": code}))
            if code not in present:
                new.append(
                    {
                        "application_id": self.id,
                        "code": code,
                        "criterion_id": items.get(code),
                        "sequence": order[code],
                        "text": text,
                    }
                )
            elif (present[code].text or "") != text:
                present[code].text = text
        self.env["award.chapter"].create(new)

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
        # sudo: the one door of applicants; `_portal_case` asks for membership
        asked = self.env["award.supplement"].sudo().browse(id_).exists()
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
        return True

    def _add_answer(self, supplement):
        """The next version: what was handed in, and the answer beside it."""
        Submission = self.env["award.submission"]
        content = dict(self._current_submission()[self.id].content)
        answers = [*content.get("supplements", [])]
        answers.append({"items": supplement.items, "answer": supplement.answer})
        content["supplements"] = answers
        Submission._add_versions({self: content})
