from odoo import api, fields, models

from ...rules.refusal import Refusal
from ..base.lifecycle import state_field
from .portal_applicant import NAME_MAX, clean_text

#: Characters of a question or an answer at most.
TEXT_MAX = 2_000
#: Questions of one person that may wait for an answer at a time.
WAITING_MAX = 20


class AwardQuestion(models.Model):
    """A question about an edition, its answer, and what the public reads of both.

    Who asked stays with the office: the public reads `public_question` and the answer,
    which the office words, and nothing else.
    """

    _name = "award.question"
    _description = "Question"
    _inherit = ["award.lifecycle", "award.act.fields", "award.confidential"]
    _order = "id desc"
    _rec_name = "text"

    state = state_field("award.question")
    edition_id = fields.Many2one(
        "award.edition", required=True, ondelete="restrict", index=True
    )
    category = fields.Selection(
        [
            ("registration", "Registration"),
            ("conditions", "Conditions"),
            ("form", "Application Form"),
            ("self_assessment", "Self-assessment"),
            ("evidence", "Supporting Evidence"),
            ("recommendation", "Recommendation"),
            ("time", "Dates and Time Limits"),
            ("system", "Use of This System"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    text = fields.Text("Question as Asked", required=True)
    source = fields.Selection(
        [
            ("portal", "On the Portal"),
            ("phone", "By Phone"),
            ("mail", "By Mail"),
            ("visit", "In Person"),
        ],
        "Asked",
        required=True,
        default="phone",
    )
    asked_by_id = fields.Many2one(
        "res.users",
        "Asked by (Account)",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        copy=False,
    )
    asker_name = fields.Char("Asked by")
    asker_contact = fields.Char("How to Reach Them")
    asked_at = fields.Datetime(required=True, default=fields.Datetime.now)
    answer = fields.Text()
    answered_by_id = fields.Many2one(
        "res.users", readonly=True, ondelete="set null", copy=False
    )
    answered_at = fields.Datetime(readonly=True, copy=False)
    public_question = fields.Text(
        "Question as Published",
        copy=False,
        help="In general words: nothing by which the asker could be recognised.",
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    company_id = fields.Many2one(
        related="edition_id.company_id", store=True, index=True
    )

    _published = models.Constraint(
        "CHECK (state != 'published' OR (public_question IS NOT NULL AND answer IS NOT "
        "NULL AND published_at IS NOT NULL))",
        "What is published has a question and an answer.",
    )

    def _scheme_of(self):
        return self.edition_id.scheme_id

    # -- kept as it was -----------------------------------------------------------
    def write(self, vals):
        """What stands on the public page, and what an applicant wrote, stays."""
        shown = {"public_question", "answer", "category", "edition_id"} & vals.keys()
        asked = {"text", "source", "asked_at"} & vals.keys()
        if shown or asked:
            self.check_access("write")
        for question in self:
            if shown and question.state in {"published", "closed"}:
                question._refuse(Refusal("question_published"))
            if asked and question.source == "portal":
                question._refuse(Refusal("question_kept"))
        return super().write(vals)

    # -- acts ----------------------------------------------------------------------
    def action_answer(self):
        """The answer stands; who asked on the portal reads it there."""
        now = fields.Datetime.now()
        self._apply_move(
            "answer", values={"answered_by_id": self.env.uid, "answered_at": now}
        )
        return True

    def action_reopen(self, reason=None):
        """Take the answer back to write another one."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "reopen")
        self._apply_move("reopen", reason=reason)
        return True

    def action_publish(self):
        """Show question and answer to everybody, without the asker."""
        self._apply_move("publish", values={"published_at": fields.Datetime.now()})
        return True

    def action_close(self, reason=None):
        """No answer, or taken off the public page again."""
        if reason is None:
            return self.env["award.reason"]._ask(self, "close")
        self._apply_move("close", reason=reason)
        return True

    # -- guards ----------------------------------------------------------------------
    def _guard_answer_written(self):
        if not (self.answer or "").strip():
            return Refusal("question_unanswered")

    def _guard_publicly_worded(self):
        """The office has worded the question anew; the asker is nowhere in it."""
        public = (self.public_question or "").strip()
        if not public:
            return Refusal("question_unworded")
        words = f"{public} {self.answer or ''}"
        asker = self.asked_by_id.sudo()  # sudo: a name to compare with
        names = (self.asker_name, self.asker_contact, asker.name)
        if any(name and name.strip() and name.strip() in words for name in names):
            return Refusal("question_names_asker")

    # -- the public and the asker ------------------------------------------------------
    @api.model
    def _public_list(self, edition):
        """What is published: dicts `category`, `question`, `answer`, `on`.

        :param edition: as `_public_edition` returns it
        """
        found = self.sudo().search_fetch(  # sudo: published, without the asker
            [("edition_id", "=", edition.id), ("state", "=", "published")],
            ["category", "public_question", "answer", "published_at"],
            order="category, published_at desc, id desc",
        )
        names = dict(self._fields["category"]._description_selection(self.env))
        return [
            {
                "category": names[one.category],
                "question": one.public_question,
                "answer": one.answer,
                "on": edition._local_date(one.published_at),
            }
            for one in found
        ]

    @api.model
    def _portal_questions(self):
        """The current user's own questions: dicts for the page."""
        states = dict(self._fields["state"]._description_selection(self.env))
        names = dict(self._fields["category"]._description_selection(self.env))
        mine = self.sudo().search([("asked_by_id", "=", self.env.uid)])  # sudo: own
        return [
            {
                "edition": one.edition_id.display_name,
                "category": names[one.category],
                "text": one.text,
                "state": states[one.state],
                "on": one.edition_id._local_date(one.asked_at),
                "answer": one.answer if one.state in {"answered", "published"} else "",
            }
            for one in mine
        ]

    @api.model
    def _portal_ask(self, edition_id, category, text):
        """Ask a question about an announced edition, as the current user.

        :param category: key of `category`; anything else counts as `other`
        """
        edition = self.env["award.application"]._portal_edition(edition_id)
        text = clean_text(text).strip()
        if not text:
            edition._refuse(Refusal("question_empty"))
        if len(text) > TEXT_MAX:
            values = {"field": self._fields["text"]._description_string(self.env)}
            edition._refuse(
                Refusal("value_too_long", values={**values, "most": TEXT_MAX})
            )
        everybody = edition.env["award.question"]
        waiting = everybody.search_count(
            [("asked_by_id", "=", self.env.uid), ("state", "=", "open")]
        )
        if waiting >= WAITING_MAX:
            edition._refuse(Refusal("questions_waiting", values={"most": WAITING_MAX}))
        keys = self._fields["category"].get_values(self.env)
        everybody.create(
            {
                "edition_id": edition.id,
                "category": category if category in keys else "other",
                "text": text,
                "source": "portal",
                "asked_by_id": self.env.uid,
                "asker_name": self.env.user.name[:NAME_MAX],
            }
        )
        return True
