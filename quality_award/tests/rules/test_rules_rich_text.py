from odoo.tests import BaseCase, tagged

from odoo.addons.quality_award.rules import rich_text

TABLE = (
    "<table><tbody><tr><td>1</td><td>2</td></tr>"
    "<tr><td>3</td><td>4</td></tr></tbody></table>"
)
#: What comes in, what stays, what it says.
CASES = (
    ("", "", ""),
    ("甲 < 乙 & 丙", "甲 &lt; 乙 &amp; 丙", "甲 < 乙 & 丙"),
    ("<p>甲</p><p><br></p><p>乙</p>", "<p>甲</p><p><br></p><p>乙</p>", "甲\n\n乙"),
    (TABLE, TABLE, "1\t2\n3\t4"),
    ("<p>x</p>tail<b>k</b> end", "<p>x</p>tail<b>k</b> end", "x\ntailk end"),
    ("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
    # of word processors
    ('<p class=MsoNormal style="mso-x:1">甲<o:p></o:p></p>', "<p>甲</p>", "甲"),
    ("<![if gte mso 9]><xml><w:x>1</w:x></xml><![endif]>甲", "甲", "甲"),
    ("<html><body onload=x><h1>T</h1></body></html>", "<h4>T</h4>", "T"),
    ("甲</div></body></html>乙", "甲乙", "甲乙"),
    # attacks
    ("甲<script>alert(1)</script>", "甲", "甲"),
    ("<svg><script>1</script></svg>", "", ""),
    ("<math><mtext><img src=x onerror=1></mtext></math>", "", ""),
    ('<a href="javascript:x">甲</a>', "甲", "甲"),
    ("<p onclick=x style='position:fixed'>甲</p>", "<p>甲</p>", "甲"),
    ("<iframe srcdoc='<script>x</script>'></iframe>甲", "甲", "甲"),
    ("<style>@import 'x'</style>甲<!-- <script> -->", "甲", "甲"),
    ("<form action=x><input name=y>甲</form>", "甲", "甲"),
    ("<td colspan=2 rowspan='9999'>甲", '<td colspan="2">甲</td>', "甲"),
)
#: Address of a picture, whether it stays.
PICTURES = (
    ("/award/file/7", True),
    ("/award/file/7?x=1", False),
    ("/award/file/07", False),
    ("/award/file/7/../8", False),
    ("/web/content/7", False),
    ("//evil/award/file/7", False),
    ("https://evil/award/file/7", False),
    ("data:image/png;base64,AA", False),
    ("javascript:alert(1)", False),
    ("file:///c:/x.png", False),
    ("", False),
)


@tagged("post_install", "-at_install")
class TestRichText(BaseCase):
    """What of an applicant's text stays, what it says and how long it is."""

    def test_what_stays(self):
        for source, kept, said in CASES:
            with self.subTest(source=source):
                cleaned, _lost = rich_text.clean(source)
                self.assertEqual(cleaned, kept)
                self.assertEqual(rich_text.plain(cleaned), said)
                self.assertEqual(rich_text.clean(cleaned)[0], kept, "once is enough")

    def test_pictures(self):
        for src, stays in PICTURES:
            with self.subTest(src=src):
                cleaned, lost = rich_text.clean(f'甲<img src="{src}" onerror="x">')
                picture = f'<img src="{src}">' if stays else ""
                self.assertEqual(cleaned, f"甲{picture}")
                self.assertEqual(lost, set() if stays else {"picture"})
        found = rich_text.files_of(
            '<p><img src="/award/file/7"></p><img src="/award/file/12">'
        )
        self.assertEqual(found, [7, 12])

    def test_deep_nesting_loses_no_word(self):
        cleaned, _lost = rich_text.clean("<div>" * 5_000 + "甲")
        self.assertEqual(cleaned, "<p>甲</p>")

    def test_characters(self):
        for text, count in (
            ("", 0),
            ("甲 乙\t丙\n", 3),
            ("\u3000\xa0\u200b\ufeff", 0),
            ("𠀀é", 2),
            (rich_text.plain(TABLE), 4),
        ):
            with self.subTest(text=text):
                self.assertEqual(rich_text.characters(text), count)

    def test_plain_text_goes_there_and_back(self):
        for text in ("", "甲", "甲\n\n乙", "a < b & c"):
            with self.subTest(text=text):
                self.assertEqual(rich_text.plain(rich_text.paragraphs(text)), text)
                self.assertFalse(rich_text.is_rich(rich_text.paragraphs(text)))

    def test_differences(self):
        self.assertEqual(
            rich_text.differences("一\n二\n三", "一\n三\n四"),
            [
                ("equal", "一", "一"),
                ("delete", "二", ""),
                ("equal", "三", "三"),
                ("insert", "", "四"),
            ],
        )
