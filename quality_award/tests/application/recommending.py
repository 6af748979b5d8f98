"""Recommendations as their tests need them: a scheme with parameters, and opinions."""

from ..common import AwardCommon
from .common import KindsVocabulary


class RecommendingCase(KindsVocabulary, AwardCommon):
    """Applications of organisations that wait for the recommender of 甲区."""

    #: parameters of the scheme, as `new_scheme` takes them
    parameters = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scheme_asked = cls.new_scheme(cls.parameters)
        cls.edition_asked = cls.open_edition(cls.scheme_asked, term=40)

    def opinions(self, count=1, **values):
        """Opinions to prepare, of new applications."""
        cases = self.register(count, edition=self.edition_asked, **values)
        for case in cases:
            case.class_id = self.scheme_asked.class_ids.filtered(
                lambda one: one.code == "organisation"
            )
        self.submit(cases)
        return cases.recommendation_ids

    @classmethod
    def register(cls, count=1, edition=None, **values):
        values.setdefault("class_code", "organisation")
        return super().register(count, edition, **values)

    def by(self, step, opinions):
        return opinions.with_user(self.roles[f"recommender_{step}"])

    def write_opinion(self, opinions, verdict="recommend", **values):
        text = {"verdict": verdict, "opinion": "经核实,申报内容属实。"}
        self.by("prepare", opinions).write({**text, **values})
        return opinions

    def checked(self, opinions, **values):
        """The opinions prepared and checked."""
        self.write_opinion(opinions, **values)
        self.by("prepare", opinions).action_prepare()
        self.by("check", opinions).action_check()
        self.env.invalidate_all()
        return opinions

    def signed(self, opinions, **values):
        self.by("sign", self.checked(opinions, **values)).action_sign()
        self.env.invalidate_all()
        return opinions

    def all_in_one(self):
        """A person who holds all three steps."""
        user = self._new_user("all_in_one", "quality_award.group_recommender")
        self.env["award.recommender.member"].create(
            {
                "recommender_id": self.recommender.id,
                "user_id": user.id,
                "can_prepare": True,
                "can_check": True,
                "can_sign": True,
            }
        )
        return user
