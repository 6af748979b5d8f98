"""Texts of messages: what is filled, what is refused, how long it is."""

from odoo.tests import BaseCase

from odoo.addons.quality_award.rules import message_text as texts

#: What somebody could write to reach more than a placeholder gives.
ATTACKS = [
    "{applicant.__class__}",
    "{applicant!r}",
    "{applicant:>9999999}",
    "{0}",
    "{}",
    "{applicant[0]}",
    "{{applicant}}",
    "{% for x in env %}",
    "{{ object.env.cr }}",
    "${object.name}",
    "{applicant",
    "applicant}",
    "{APPLICANT}",
    "{appli\ncant}",
    "{申报者.name}",
]


class TestRulesMessageText(BaseCase):
    def test_nothing_but_placeholders(self):
        for text in ATTACKS:
            with self.subTest(text):
                self.assertTrue(texts.faults(text))
                with self.assertRaises(ValueError):
                    texts.fill(text, {"applicant": "甲"})

    def test_what_is_dollar_and_percent_is_text(self):
        self.assertEqual(texts.fill("100% $5 <b>%(x)s</b>", {}), "100% $5 <b>%(x)s</b>")

    def test_a_fault_has_its_place(self):
        self.assertEqual(
            texts.faults("第一行\n请{申报者}于{日期}前{applicant}"),
            [texts.Fault("{日期}", 2, 8)],
        )
        self.assertEqual(texts.faults("{applicant} {due} { 期限 }"), [])

    def test_filled_once(self):
        """A value that looks like a placeholder stays what it is."""
        values = {"applicant": "{link}", "link": "https://x"}
        self.assertEqual(
            texts.fill("{申报者}|{link}|{number}", values), "{link}|https://x|"
        )
        self.assertEqual(texts.used("{申报者}{due}"), {"applicant", "due"})

    def test_length_as_platforms_count(self):
        for text, length in [
            ("", 0),
            ("甲", 1),
            ("A", 1),
            ("😀", 2),
            ("𠮷", 2),
            ("甲" * 70, 70),
            ("\n", 1),
        ]:
            with self.subTest(text):
                self.assertEqual(texts.sms_length(text), length)

    def test_signature(self):
        self.assertEqual(
            texts.signed("请登录。", "市质量奖评审办"), "【市质量奖评审办】请登录。"
        )
        self.assertEqual(texts.signed("请登录。", ""), "请登录。")
        self.assertEqual(
            texts.sms_length(texts.signed("甲" * 61, "市质量奖评审办")), 70
        )

    def test_numbers(self):
        for number, clean, shown in [
            ("138 0000 0000", "13800000000", "138****0000"),
            ("028-8600-0000", "02886000000", "028****0000"),
            ("+86 (138) 0000-0000", "+8613800000000", "+86****0000"),
            ("12345", "", ""),
            ("请致电", "", ""),
            ("13800000000;DROP", "", ""),
            ("=1+1", "", ""),
            (None, "", ""),
        ]:
            with self.subTest(number):
                self.assertEqual(texts.clean_phone(number), clean)
                self.assertEqual(texts.masked(clean), shown)

    def test_addresses(self):
        for address, clean in [
            ("a@example.com", "a@example.com"),
            (" a@example.com ", "a@example.com"),
            ("a@example.com, b@example.com", ""),
            ("a@example.com\nBcc: b@example.com", ""),
            ("A <a@example.com>", ""),
            ("example.com", ""),
            ("a@example", ""),
            (None, ""),
        ]:
            with self.subTest(address):
                self.assertEqual(texts.clean_email(address), clean)
                if clean:
                    self.assertEqual(texts.masked(clean), "a***@example.com")

    def test_no_header_ends_in_a_subject(self):
        self.assertEqual(
            texts.one_line("通知\r\nBcc: x@example.com"), "通知 Bcc: x@example.com"
        )
