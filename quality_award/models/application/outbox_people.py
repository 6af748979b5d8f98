"""To whom messages about a record go, and what their placeholders say."""

from collections import Counter

from odoo import fields, models
from odoo.tools import format_datetime

from ...rules import message_text


class AwardRecommenderMember(models.Model):
    """Where a person of a recommender is written to."""

    _inherit = "award.recommender.member"

    phone = fields.Char()
    email = fields.Char("E-mail")


class AwardApplicant(models.Model):
    _inherit = "award.applicant"

    def _message_people(self, channel):
        """Those in charge at the applicant: dict id -> list of (name, address).

        The address is empty where none can be written to; one row at least.
        """
        found = {}
        for applicant in self:
            people = [
                (name, self._message_address(channel, phone, email))
                for name, phone, email in applicant._contacts()
            ]
            reached = [one for one in people if one[1]]
            found[applicant.id] = list(dict.fromkeys(reached)) or people[:1]
        return found

    @staticmethod
    def _message_address(channel, phone, email):
        if channel == "mail":
            return message_text.clean_email(email)
        return message_text.clean_phone(phone)

    def _contacts(self):
        """The liaison officer: list of (name, phone, email)."""
        self.ensure_one()
        if "liaison_ids" in self._fields:
            running = self.liaison_ids.filtered(lambda officer: not officer.until)
            if running:
                return [
                    (one.name, one.mobile or one.phone, one.email)
                    for one in running.sorted("kind", reverse=True)
                ]
        return [
            (self.liaison_name or self.name, self.liaison_phone, self.liaison_email)
        ]


class AwardApplication(models.Model):
    _inherit = "award.application"

    def _message_people(self, channel):
        people = self.applicant_id._message_people(channel)
        return {case.id: people[case.applicant_id.id] for case in self}

    def _message_values(self, lang):
        """Placeholders of each case: dict id -> dict by English word."""
        base = self.browse().get_base_url()
        opens = {edition: edition._message_window(lang) for edition in self.edition_id}
        return {
            case.id: {
                "applicant": case.applicant_id.name,
                "number": case.name if case.name != "/" else "",
                "edition": case.edition_id._message_word(lang),
                "class": case.class_id._message_word(lang),
                "recommender": case.recommender_id._message_word(lang),
                "opens": opens[case.edition_id][0],
                "closes": opens[case.edition_id][1],
                "link": f"{base}/my/award/{case.id}",
            }
            for case in self
        }

    def _message_links(self):
        return {"application_id": self.id}

    def _message_about(self):
        return self.applicant_id.name


class AwardEdition(models.Model):
    _inherit = "award.edition"

    def _message_word(self, lang):
        """The name in the language of the message, not of who drafts it."""
        return (lang == "en" and self.name_en) or self.name_zh or ""

    def _message_window(self, lang):
        """First and last instant of the window in words, by the agency's time."""
        zone = self.scheme_id.timezone
        return tuple(
            format_datetime(
                self.env,
                instant,
                tz=zone,
                dt_format="M月d日 HH:mm" if lang == "zh" else "yyyy-MM-dd HH:mm",
                lang_code="en_US",
            )
            if instant
            else ""
            for instant in (self.window_start, self.window_end)
        )


class AwardClass(models.Model):
    _inherit = "award.class"

    def _message_word(self, lang):
        return (lang == "en" and self.name_en) or self.name_zh or ""


class AwardRecommender(models.Model):
    _inherit = "award.recommender"

    def _message_word(self, lang):
        return (lang == "en" and self.name_en) or self.name_zh or ""

    def _message_people(self, channel):
        """Those who prepare, check and sign, each once."""
        find = self.env["award.applicant"]._message_address
        found = {}
        for recommender in self:
            people = [
                (member.user_id.name, find(channel, member.phone, member.email))
                for member in recommender.member_ids
            ]
            reached = [one for one in people if one[1]]
            whose = [(recommender.name_zh, "")]
            found[recommender.id] = list(dict.fromkeys(reached)) or whose
        return found

    def _message_values(self, lang):
        """How many opinions wait for each, the first day due, the edition."""
        opinions = self.env["award.recommendation"].search(
            [
                ("recommender_id", "in", self.ids),
                ("state", "!=", "signed"),
                ("submission_id.is_current", "=", True),
                ("application_id.state", "=", "submitted"),
            ]
        )
        counts = Counter(opinion.recommender_id.id for opinion in opinions)
        base = self.browse().get_base_url()
        found = {}
        for recommender in self:
            mine = opinions.filtered(lambda o, r=recommender: o.recommender_id == r)
            edition = mine.application_id.edition_id[:1]
            due = min(filter(None, mine.mapped("due_on")), default=None)
            found[recommender.id] = {
                "recommender": recommender._message_word(lang),
                "edition": edition._message_word(lang) if edition else "",
                "count": counts[recommender.id],
                "due": day_in_words(due, lang),
                "link": f"{base}/odoo",
            }
        return found

    def _message_links(self):
        return {"recommender_id": self.id}

    def _message_about(self):
        return self.name_zh


class AwardSupplement(models.Model):
    _inherit = "award.supplement"

    def _message_people(self, channel):
        people = self.application_id._message_people(channel)
        return {one.id: people[one.application_id.id] for one in self}

    def _message_values(self, lang):
        values = self.application_id._message_values(lang)
        return {
            one.id: {
                **values[one.application_id.id],
                "due": day_in_words(one.due_on, lang),
            }
            for one in self
        }

    def _message_links(self):
        return {"application_id": self.application_id.id}

    def _message_about(self):
        return self.application_id.applicant_id.name


class AwardLetter(models.Model):
    _inherit = "award.letter"

    def _message_people(self, channel):
        people = self.application_id._message_people(channel)
        return {one.id: people[one.application_id.id] for one in self}

    def _message_values(self, lang):
        values = self.application_id._message_values(lang)
        return {one.id: values[one.application_id.id] for one in self}

    def _message_links(self):
        return {"application_id": self.application_id.id, "letter_id": self.id}

    def _message_about(self):
        return self.application_id.applicant_id.name


def day_in_words(day, lang):
    """A day as messages write it; "" for none."""
    if not day:
        return ""
    return f"{day.month}月{day.day}日" if lang == "zh" else day.isoformat()
