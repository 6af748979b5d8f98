"""Walks tests/access_matrix.csv: each cell with a real user on real records.

*other* is a record of the user's agency that he has nothing to do with; *own* one
that is his by what the stage says. To create is tried with what the record of the
cell hangs on, in a dossier of its own; to delete with a record that nobody hangs on.
"""

from operator import itemgetter

from odoo.tests import tagged
from odoo.tools import groupby

from .attempts import DENIED, DONE, REFUSED, Attempts
from .common import our_models
from .worlds import AccessWorlds, cells

OPERATIONS = ("read", "write", "create", "unlink")
#: (model, operation) that rights allow to somebody and rules of ours to nobody, on
#: the records of this world.
ALWAYS_REFUSED = {
    ("award.appraisal", "create"),
    ("award.condition.override", "create"),
    ("award.composite", "write"),
    ("award.consultation.opinion", "write"),
    ("award.credit.answer", "write"),
    ("award.message.settings", "create"),  # there is one for each agency
    ("award.notice.proof", "create"),
    ("award.recovery", "write"),
}
#: What one's own new record says differently from the one that is there.
MORE = {"award.panel.report": {"kind": "composite"}}
#: What an attempt may come to.
EXPECTED = {"yes": (DONE, REFUSED), "no": (DENIED,)}


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessWorlds):
    # -- the walk -----------------------------------------------------------------
    def record_of(self, role, model, stage, own):
        for key in ((role, stage, own), (None, stage, own)):
            if model in self.world[key]:
                return self.world[key][model]
        raise AssertionError(f"no such record: {role} {model} {stage} {own}")

    def walked(self, attempts, role, model, operation, stage, own):
        """What one cell comes to: the outcome and the words of a refusal."""
        record = self.record_of(role, model, stage, own)
        if operation == "unlink" and own == "other":
            record = self.lone.get(model, record)
        self.assertTrue(record.id, (role, model, stage, own))
        mine = self.env[model].with_user(attempts.user).browse(record.id)
        if operation == "create":
            values = self.values_of(role, model, stage, own)
            outcome, words = attempts.try_create(model, values)
            mine = mine.browse()
        else:
            outcome, words = getattr(attempts, f"try_{operation}")(mine)
        if outcome == REFUSED and not mine.has_access(operation):
            outcome = "refused before any right was asked:"
        return outcome, words

    def values_of(self, role, model, stage, own):
        """What is needed to create a record of `model`, in a world of its own."""
        if own == "own":
            return self.makers[role, stage].values(model, **MORE.get(model, {}))
        if model not in self.needed:
            self.needed[model] = self.factory.values(model)
        return self.needed[model]

    def test_no_cell_is_missing(self):
        missing = {
            (role, model, operation)
            for role in self.users
            for model in our_models(self.env)
            for operation in OPERATIONS
        } - {(role, model, operation) for role, model, operation, *_ in cells()}
        self.assertEqual(missing, set())

    def test_no_cell_stands_twice(self):
        found = [cell[:5] for cell in cells()]
        self.assertEqual(len(found), len(set(found)))
        self.assertEqual({cell[5] for cell in cells()}, {"yes", "no"})

    def test_every_record_opens_for_somebody(self):
        """A refusal says something only where the record is there to be seen."""
        seen = {cell[1] for cell in cells() if cell[2] == "read" and cell[5] == "yes"}
        self.assertEqual(set(our_models(self.env)) - seen, set())

    def test_every_cell(self):
        """Each attempt comes to what the cell expects: through, or kept out.

        A rule may still refuse whom the rights let in; `ALWAYS_REFUSED` names where it
        refuses everybody, so that "yes" was seen at the door only.
        """
        wrong, reached, refused = [], set(), set()
        of_role = itemgetter(0)
        attempts = Attempts(self.env)
        in_order = sorted(cells(), key=itemgetter(0, 5))  # what is undone comes last
        for role, found in groupby(in_order, of_role):
            with attempts.by(self.users[role]):
                for *cell, expected in found:
                    outcome, words = self.walked(attempts, *cell)
                    if outcome not in EXPECTED[expected]:
                        wrong.append(f"{cell}: {expected} expected, {outcome} {words}")
                    elif outcome != DENIED:
                        kind = reached if outcome == DONE else refused
                        kind.add((cell[1], cell[2]))
        self.assertFalse(wrong, "\n" + "\n".join(wrong))
        self.assertEqual(refused - reached, ALWAYS_REFUSED)
