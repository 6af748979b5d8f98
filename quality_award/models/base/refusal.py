from odoo.exceptions import UserError
from odoo.tools import LazyTranslate
from odoo.tools.translate import LazyGettext

_lt = LazyTranslate(__name__)

#: The one place where a refusal is put into words: code -> (condition, what to do).
#: Each room adds its own codes with `REFUSAL_TEXTS.update(…)` in its `refusals.py`.
REFUSAL_TEXTS = {
    "wrong_state": _lt(
        "This is not possible while the record is “%(state)s”. "
        "Reload the page to see what is possible now."
    ),
    "wrong_role": _lt(
        "This act belongs to another role: %(roles)s. Ask a person who holds it."
    ),
    "reason_missing": _lt("This act needs a reason, which the register keeps."),
    "acted_on_now": _lt(
        "Somebody else is acting on this record at this moment. "
        "Reload the page to see what is possible now."
    ),
    "bulk_nothing": _lt("Nothing was chosen, or nothing of it is possible."),
    "bulk_not_all": _lt(
        "Not possible for %(count)s of them; nothing was changed. See the reasons in "
        "the list, or carry out only what is possible."
    ),
    "no_such_move": _lt("There is no act called “%(move)s” here."),
}

#: Roles towards one record; the others are groups and carry the group's name.
RECORD_ROLE_LABELS = {
    "applicant": _lt("Applicant"),
    "recommender_prepare": _lt("Recommender: prepares"),
    "recommender_check": _lt("Recommender: checks"),
    "recommender_sign": _lt("Recommender: signs off"),
    "panel_member": _lt("Member of the panel"),
    "panel_leader": _lt("Panel leader"),
    "owner": _lt("The person concerned"),
}


def translated(env, text):
    """A text that `_lt` has marked, in the language of `env`."""
    translate = env._  # Odoo's linter lets `_` take literal strings only
    return translate(text)


def role_labels(env, roles):
    """Names of roles for people, in a stable order."""
    labels = []
    for role in sorted(roles):
        if label := RECORD_ROLE_LABELS.get(role):
            labels.append(translated(env, label))
        else:
            group = env.ref(f"quality_award.group_{role}")
            labels.append(group.sudo().name)  # sudo: a group's name is no secret
    return env._(" or ").join(labels)


class AwardRefusal(UserError):
    """An act refused by a rule: a sentence for people, codes for machines.

    `context` reaches JSON-RPC clients in the error's data. The web client shows it in
    the dialogue registered for this class (`static/src/refusal`).
    """

    def __init__(self, message, refusals):
        super().__init__(message)
        self.refusals = refusals
        self.context = {
            "refusals": [
                {"code": refusal.code, "clause": refusal.clause}
                for refusal in refusals
            ]
        }

    @property
    def codes(self):
        return [refusal.code for refusal in self.refusals]


def refusal_text(env, refusal, citation=None):
    """The sentence of one refusal, with the clause behind it.

    :param citation: the clause as the scheme cites it, article and item
    """
    text = translated(env, REFUSAL_TEXTS[refusal.code])
    if refusal.values:
        text %= {
            key: translated(env, value) if isinstance(value, LazyGettext) else value
            for key, value in refusal.values.items()
        }
    if citation:
        text = env._("%(text)s [%(citation)s]", text=text, citation=citation)
    return text
