from unittest.mock import MagicMock

from markupsafe import Markup
from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.quality_award.models.base import refused

from .test_base_access_log import AccessLogCase


@tagged("post_install", "-at_install")
class TestFurtherDoors(AccessLogCase):
    """Messages and files of a record; and what leaves nothing."""

    def test_internal_searches_leave_nothing(self):
        cases = self.factory.one("award.application")
        for function in (
            lambda: cases.search([]),
            lambda: cases.search_count([]),
            lambda: cases.name_search("nobody"),
            lambda: cases.has_access("read"),
            lambda: cases.with_user(self.users["reviewer"]).has_access("read"),
        ):
            self.assertEqual(self.new_entries(function), [])

    def test_nothing_is_seen_where_nothing_is(self):
        """An id that does not exist was not seen."""
        cases = self.factory.one("award.application")
        gone = cases.browse(2**31 - 1)
        for companies in (self.agency, self.agency | self.agency_b):
            there = (cases | gone).with_context(allowed_company_ids=companies.ids)
            entries = self.new_entries(lambda seen=there: seen.read(["name"]))
            self.assertEqual([e["ids"] for e in entries], [cases.ids])

    def test_messages_and_files_of_a_case(self):
        case = self.factory.one("award.application")
        officer = self.users["office"]
        message = case.message_post(body=Markup("a word")).with_user(officer)
        file = self.env["ir.attachment"].create(
            {"name": "f", "raw": b"f", "res_model": case._name, "res_id": case.id}
        ).with_user(officer)
        thread = case.with_user(officer)
        about = [("id", "=", message.id)]
        doors = {
            "fetch": lambda: message._message_fetch(None, thread=thread),
            "inbox": lambda: message._message_fetch(about),
            "read": lambda: message.read(["body"]),
            "search_read": lambda: message.search_read(about, ["body"]),
            "web_read": lambda: message.web_read({"body": {}}),
        }
        for name, call in doors.items():
            with self.subTest(door=name):
                self.assertEqual(
                    self.doors_left(call, case._name), [("messages", case.ids)]
                )
        about = [("id", "=", file.id)]
        contents = {
            "read": lambda: file.read(["raw"]),
            "read of all fields": lambda: file.read(),
            "search_read": lambda: file.search_read(about, ["datas"]),
            "web_search_read": lambda: file.web_search_read(about, {"raw": {}}),
        }
        for name, call in contents.items():
            with self.subTest(door=name):
                self.assertEqual(
                    self.doors_left(call, case._name), [("file", case.ids)]
                )
        self.assertEqual(self.new_entries(lambda: file.read(["name"])), [])
        other = self.env["res.partner"].create({"name": "somebody"})
        note = other.message_post(body=Markup("a note"))
        self.assertEqual(self.new_entries(lambda: note.read(["body"])), [])
        [entry] = self.new_entries(
            lambda: message.formatted_read_group(about, [], ["body:array_agg"])
        )
        self.assertEqual((entry["model"], entry["ids"]), ("mail.message", []))


@tagged("post_install", "-at_install")
class TestRefusedEntries(AccessLogCase):
    """Whether a rollback writes an entry; that it is written is shown from outside."""

    def rolled_back(self, silent=()):
        """How many cursors are opened for entries when a cursor rolls back now."""
        registry = MagicMock()
        with mute_logger(refused.__name__):
            refused._write_refused(registry, [*silent])
        return registry.cursor.call_count

    def refusal(self):
        case = self.factory.one("award.application")
        with self.assertRaises(AccessError) as caught, mute_logger("odoo.models"):
            case.with_user(self.users["reviewer"]).check_access("read")
        return caught.exception

    def test_only_the_error_that_undid_the_transaction(self):
        silent = [(1, "award.application", (1,))]
        self.assertEqual(self.rolled_back(silent), 0)  # undone without an error
        refusal = self.refusal()
        try:
            raise ValueError  # something else; the refusal was lived with
        except ValueError:
            self.assertEqual(self.rolled_back(), 0)
            self.assertEqual(self.rolled_back(silent), 1)
        try:
            raise SerializationFailure  # the request is tried again
        except SerializationFailure:
            self.assertEqual(self.rolled_back(silent), 0)
        try:
            raise ValueError("not found") from refusal
        except ValueError:
            self.assertEqual(self.rolled_back(), 1)
            self.assertEqual(self.rolled_back(), 0)  # never twice

    def test_the_agency_whose_record_was_asked_for(self):
        factory_b = type(self.factory)(self.env, self.agency_b)
        theirs = factory_b.one("award.application")
        Entry = self.env["award.access.entry"].with_user(self.users["office"])
        for ids, company in (
            (theirs.ids, self.agency_b),
            ([2**31 - 1], self.agency),  # no such record: the reader's agency
            ([2**40], self.agency),  # no such number
            ([], self.agency),
        ):
            [entry] = self.new_entries(
                lambda asked=ids: Entry._leave_refused("award.application", asked)
            )
            self.assertEqual(
                (entry["company"], entry["ids"], entry["outcome"], entry["door"]),
                (company.id, [i for i in ids if i < 2**31], "refused", "server"),
            )
        shown = self.env["award.access.entry"].search([], limit=1)
        self.assertEqual(shown.outcome, "refused")
