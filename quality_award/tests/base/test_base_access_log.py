import json
import warnings
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import FloorCase, our_models

COUNTED = {
    "formatted_read_group",
    "formatted_read_grouping_sets",
    "read_group",
    "read_progress_bar",
}



def _deprecated_read_group(records):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        records.read_group(
            [("id", "in", records.ids)], ["id:array_agg"], ["company_id"]
        )


#: What the web client, JSON-2 or an import may call -> the entry it leaves.
DOORS = {
    "read": ("read", lambda r: r.read(["display_name"])),
    "read of all fields": ("read", lambda r: r.read()),
    "web_read": ("read", lambda r: r.web_read({"display_name": {}})),
    "web_search_read": (
        "read",
        lambda r: r.web_search_read([("id", "in", r.ids)], {"display_name": {}}),
    ),
    "search_read": (
        "search_read",
        lambda r: r.search_read([("id", "in", r.ids)], ["display_name"]),
    ),
    "name_search": (
        "name_search",
        lambda r: r.name_search("", [("id", "in", r.ids)]),
    ),
    "web_name_search": (
        "name_search",
        lambda r: r.web_name_search(
            "", {"display_name": {}}, [("id", "in", r.ids)]
        ),
    ),
    "web_save": ("read", lambda r: r.web_save({}, {"display_name": {}})),
    "web_save_multi": (
        "read",
        lambda r: r.web_save_multi([{}], {"display_name": {}}),
    ),
    "onchange": (
        "read",
        lambda r: r.onchange({}, [], {"display_name": {}}),
    ),
    "export_data": ("export_data", lambda r: r.export_data([".id"])),
    "copy_data": ("copy_data", lambda r: r.copy_data()),
    "read_group": (
        "read_group",
        _deprecated_read_group,
    ),
    "formatted_read_group": (
        "formatted_read_group",
        lambda r: r.formatted_read_group(
            [("id", "in", r.ids)], ["company_id"], ["id:array_agg"]
        ),
    ),
    "formatted_read_grouping_sets": (
        "formatted_read_grouping_sets",
        lambda r: r.formatted_read_grouping_sets(
            [("id", "in", r.ids)], [["company_id"], []], ["__count"]
        ),
    ),
    "web_read_group": (
        "formatted_read_group",
        lambda r: r.web_read_group([("id", "in", r.ids)], ["company_id"], ["__count"]),
    ),
    "read_progress_bar": (
        "read_progress_bar",
        lambda r: r.read_progress_bar(
            [("id", "in", r.ids)], "company_id", {"field": "company_id", "colors": {}}
        ),
    ),
}
#: Marked read-only by Odoo, and harmless: no content (or closed to RPC).
SILENT = {
    "fields_get",
    "get_formview_action",
    "get_formview_id",
    "get_view",
    "get_views",
    "message_get_followers",
    "search_fetch",
}


class AccessLogCase(FloorCase):
    def confidential(self):
        registry = self.env.registry
        return [
            name
            for name in our_models(self.env)
            if issubclass(registry[name], registry["award.confidential"])
        ]

    def doors_left(self, function, model):
        return [
            (entry["door"], entry["ids"])
            for entry in self.new_entries(function, model)
        ]


@tagged("post_install", "-at_install")
class TestAccessLogDoors(AccessLogCase):
    """What leaves a confidential model leaves one entry, through whichever door."""

    def _is_part_of_a_scheme(self, name):
        field = self.env[name]._fields.get("scheme_id")
        return field is not None and field.store

    def test_secret_models_are_confidential(self):
        """Everything about a case but its public traces is logged when read."""
        open_models = {
            "award.adoption",
            "award.award",  # published
            "award.assignment",
            "award.ban",  # announced together with the revocation
            "award.body",
            "award.budget",
            "award.budget.line",
            "award.case.stage",
            "award.committee",
            "award.committee.member",
            "award.cost",
            "award.credit.ask",  # which department is asked what: a setting
            "award.edition",
            "award.edition.criteria",
            "award.stage.omission",
            "award.interest",
            "award.mailing",  # a selection; its messages are confidential
            "award.message.settings",
            "award.message.template",
            "award.notice",
            "award.notice.channel",
            "award.honour",
            "award.obligation",
            "award.applicant.member",
            "award.panel",
            "award.panel.member",
            "award.prize",
            "award.prize.use",
            "award.proposal",
            "award.qualification.line",
            "award.recommender",
            "award.recommender.member",
            "award.sharing",
            "award.trade",
            "award.undertaking",
            "award.violation",
        }
        regulation = {
            name
            for name in our_models(self.env)
            if self.env[name]._original_module == "quality_award"
            and (name == "award.scheme" or self._is_part_of_a_scheme(name))
        } | {"award.band", "award.criteria", "award.criterion", "award.rating"}
        floor = {
            "award.access.entry",
            "award.agency.day",
            "award.calendar.day",
            "award.calendar.year",
            "award.clock",
            "award.clock.escalation",
            "award.clock.revision",
            "award.clock.suspension",
            "award.transition",
        }
        self.assertEqual(
            set(our_models(self.env)) - open_models - regulation - floor,
            set(self.confidential()),
        )

    def test_every_door_of_every_model(self):
        for model in self.confidential():
            record = self.factory.one(model).with_context(
                allowed_company_ids=self.agency.ids
            )
            for name, (door, call) in DOORS.items():
                with self.subTest(model=model, door=name):
                    expected = (door, [] if door in COUNTED else record.ids)
                    self.assertEqual(
                        self.doors_left(lambda call=call, r=record: call(r), model),
                        [expected],
                    )

    def test_nothing_read_leaves_nothing(self):
        cases = self.env["award.application"]
        for function in (
            lambda: cases.read(["name"]),
            lambda: cases.search_read([("id", "=", 0)], ["name"]),
            lambda: cases.web_search_read([("id", "=", 0)], {"name": {}}),
            lambda: self.factory.one("award.application").web_read({}),
        ):
            self.assertEqual(self.new_entries(function, "award.application"), [])

    def test_no_door_uses_the_read_only_cursor(self):
        """Asked as the web client's controller asks (web/controllers/dataset.py)."""

        def is_readonly(model_class, method_name):
            for cls in model_class.mro():
                method = getattr(cls, method_name, None)
                if method is not None and hasattr(method, "_readonly"):
                    return method._readonly
            return False

        base = self.env.registry["res.country"]
        marked = {
            name
            for name in dir(base)
            if not name.startswith("__") and is_readonly(base, name)
        }
        # The walk sees the marks: Odoo's own doors carry them.
        self.assertLessEqual({"read", "web_read", "search_read"}, marked)
        for model in self.confidential():
            model_class = self.env.registry[model]
            self.assertEqual(
                {
                    name
                    for name in dir(model_class)
                    if not name.startswith("__") and is_readonly(model_class, name)
                }
                - SILENT,
                set(),
                model,
            )

    def test_paths_through_other_models(self):
        """An export or a group by a path reads models whose methods nobody calls."""
        case = self.factory.one("award.application")
        organisation = case.applicant_id
        stage = self.factory.one("award.case.stage")  # not confidential itself
        stage = stage.with_context(allowed_company_ids=self.agency.ids)
        row = ("export_data", organisation.ids)
        self.assertEqual(
            self.doors_left(
                lambda: stage.export_data(
                    ["application_id/applicant_id/name", "note"]
                ),
                "award.applicant",
            ),
            [row],
        )
        entries = self.new_entries(
            lambda: stage.formatted_read_group(
                [], ["application_id.applicant_id.name"], ["__count"]
            )
        )
        self.assertEqual(
            [(e["model"], e["scope"]) for e in entries],
            [
                (name, ["award.case.stage: application_id.applicant_id.name"])
                for name in ("award.application", "award.applicant")
            ],
        )
        self.assertEqual(
            self.new_entries(
                lambda: stage.formatted_read_group([], ["application_id"], ["__count"])
            ),
            [],
        )

    def test_lines_of_a_record_read_with_it(self):
        line = self.factory.one("award.sheet.line")
        sheet = line.sheet_id
        specification = {"title": {}, "line_ids": {"fields": {"percent": {}}}}
        entries = self.new_entries(lambda: sheet.web_read(specification))
        self.assertEqual(
            [(e["model"], e["door"], e["ids"]) for e in entries],
            [
                ("award.sheet", "read", sheet.ids),
                ("award.sheet.line", "read", line.ids),
            ],
        )


@tagged("post_install", "-at_install")
class TestAccessLogEntries(AccessLogCase):
    """What an entry says, and what it must not."""

    def test_an_entry(self):
        case = self.factory.one("award.application")
        officer = self.users["office"]
        [entry] = self.new_entries(
            lambda: case.with_user(officer).read(["name"]), "award.application"
        )
        at = datetime.fromisoformat(entry.pop("at"))
        self.assertLess(abs(datetime.utcnow() - at), timedelta(minutes=1))
        self.assertEqual(
            entry,
            {
                "company": self.agency.id,
                "door": "read",
                "ids": case.ids,
                "model": "award.application",
                "roles": "office",
                "su": False,
                "uid": officer.id,
            },
        )
        shown = self.env["award.access.entry"].search([], limit=1)
        self.assertEqual(
            (shown.user_id, shown.company_id, shown.door, shown.model, shown.roles),
            (officer.id, self.agency, "read", "award.application", "office"),
        )
        self.assertEqual(shown.record_ids_text, str(case.id))
        self.assertEqual(shown.with_user(self.users["supervisor"]).user_name, "office")

    def test_the_time_is_the_machines(self):
        case = self.factory.one("award.application")
        with freeze_time("2001-02-03"):
            [entry] = self.new_entries(lambda: case.read(["name"]), case._name)
        self.assertGreater(entry["at"], "2020")

    def test_no_personal_data(self):
        organisation = self.factory.one("award.applicant")
        organisation.write(
            {"liaison_name": "张三丰", "liaison_phone": "13800000000"}
        )
        domain = [("liaison_phone", "=", "13800000000")]
        before = len(self.entries())
        organisation.read()
        organisation.search_read(domain, ["liaison_name"])
        organisation.formatted_read_group(
            domain, ["liaison_name"], ["liaison_phone:array_agg"]
        )
        organisation.web_read_group(domain, ["liaison_phone"], ["__count"])
        organisation.name_search("张三丰")
        organisation.export_data(["liaison_name"])
        organisation.copy_data()
        left = self.entries()[before:]
        self.assertGreaterEqual(len(left), 6)
        allowed = {"at", "company", "door", "ids", "model", "roles", "scope", "su"}
        for entry in left:
            self.assertLessEqual(set(entry), allowed | {"uid"})
            text = json.dumps(entry, ensure_ascii=False)
            for secret in ("张三", "138000", organisation.name):
                self.assertNotIn(secret, text)

    def test_no_foreign_keys(self):
        self.env.cr.execute(
            """SELECT conname FROM pg_constraint
                WHERE contype = 'f' AND conrelid::regclass::text LIKE %s""",
            ["award_access_log%"],
        )
        self.assertEqual(self.env.cr.fetchall(), [])

    def test_entries_go_to_the_agency_whose_records_were_seen(self):
        mine = self.factory.one("award.application")
        factory_b = type(self.factory)(self.env, self.agency_b)
        theirs = factory_b.one("award.application")
        both = (self.agency | self.agency_b).ids
        officer = self.users["office"]
        officer.company_ids = both
        cases = (mine | theirs).with_user(officer)
        entries = self.new_entries(
            lambda: cases.with_context(allowed_company_ids=both).read(["name"]),
            "award.application",
        )
        self.assertEqual(
            {e["company"]: e["ids"] for e in entries},
            {self.agency.id: mine.ids, self.agency_b.id: theirs.ids},
        )
        entries = self.new_entries(
            lambda: cases.with_context(allowed_company_ids=both).formatted_read_group(
                [], ["stage_id"], ["__count"]
            ),
            "award.application",
        )
        self.assertEqual({e["company"] for e in entries}, set(both))
        entries = self.new_entries(
            lambda: theirs.with_user(officer).sudo().read(["name"]), "award.application"
        )
        self.assertEqual([e["company"] for e in entries], self.agency_b.ids)

    def test_only_the_supervisor_reads_the_log(self):
        self.factory.one("award.application").read(["name"])
        readers = {
            role
            for role, user in self.users.items()
            if self.env["award.access.entry"].with_user(user).has_access("read")
        }
        self.assertEqual(readers, {"supervisor"})

    def test_a_year_without_a_partition(self):
        """Entries that came before their partition do not stop an upgrade."""
        self.env.cr.execute(
            "INSERT INTO award_access_log (at, entry) VALUES (%s, %s)",
            ["2055-05-05", '{"ids": [], "uid": 1}'],
        )
        Entry = self.env["award.access.entry"]
        Entry._create_partition(2055)
        Entry._create_partition(2056)
        self.env.cr.execute(
            """SELECT to_regclass('award_access_log_2055') IS NULL,
                      to_regclass('award_access_log_2056') IS NULL"""
        )
        self.assertEqual(self.env.cr.fetchone(), (True, False))

    def test_a_read_costs_one_statement_more(self):
        cases = self.factory.one("award.application")
        officer = self.users["office"]
        for number in (1, 4):
            while len(cases) < number:
                other = self.factory.new("award.applicant")
                cases |= self.factory.new(
                    "award.application", applicant_id=other.id
                )
            self.env.flush_all()
            mine = cases.with_user(officer)
            mine.read(["name"])  # rights and groups are cached now
            self.env.invalidate_all()
            with self.assertQueryCount(2):  # the read itself, and its entry
                mine.read(["name"])


@tagged("post_install", "-at_install")
class TestAccessLogHttp(AccessLogCase, HttpCase):
    """The same over HTTP, and who reads what people write about a case."""

    def call(self, path, **params):
        response = self.url_open(path, json={"params": params})
        return response.json() if response.ok else {"error": response.status_code}

    def login_of(self, role):
        return new_test_user(
            self.env,
            login=f"http-{role}",
            groups=f"quality_award.group_{role}",
            company_id=self.agency.id,
            company_ids=self.agency.ids,
        ).login

    def test_one_request_one_entry(self):
        case = self.factory.one("award.application")
        login = self.login_of("office")
        self.authenticate(login, login)
        for method, args in {
            "read": [case.ids, ["name"]],
            "web_read": [case.ids, {"name": {}}],
            "web_search_read": [[("id", "=", case.id)], {"name": {}}],
            "search_read": [[("id", "=", case.id)], ["name"]],
            "name_search": ["", [("id", "=", case.id)]],
        }.items():
            with self.subTest(method=method):
                entries = self.new_entries(
                    lambda method=method, args=args: self.call(
                        f"/web/dataset/call_kw/award.application/{method}",
                        model="award.application",
                        method=method,
                        args=args,
                        kwargs={},
                    ),
                    "award.application",
                )
                self.assertEqual([e["ids"] for e in entries], [case.ids])

    def test_chatter_of_a_case(self):
        case = self.factory.one("award.application")
        secret = "a secret of the office"
        case.message_post(body=secret)
        readers = set()
        for role in self.users:
            login = self.login_of(role)
            self.authenticate(login, login)
            with mute_logger("odoo.http"):
                answer = self.call(
                    "/mail/thread/messages",
                    thread_model="award.application",
                    thread_id=case.id,
                )
            if "a secret of the office" in json.dumps(answer):
                readers.add(role)
        self.assertEqual(readers, {"office", "office_head", "supervisor"})
