from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

#: Kinds of criteria items, beside the kinds of stages.
PROBLEM_WORDS = {"process": _lt("Process"), "result": _lt("Results")}

REFUSAL_TEXTS.update(
    {
        "scheme_inconsistent": _lt(
            "The scheme contradicts itself; correct it before publishing:\n%(problem)s"
        ),
        "scheme_frozen": _lt(
            "Version %(version)s of the scheme %(code)s is published and says "
            "something else. Give the file another version."
        ),
        "criteria_frozen": _lt(
            "The criteria %(code)s are used by a published scheme and the file says "
            "something else. Give the file another code."
        ),
        # -- the file --------------------------------------------------------
        "scheme_not_json": _lt("The file is no JSON text in UTF-8: %(error)s."),
        "scheme_unknown_format": _lt(
            "%(path)s: neither a scheme nor review criteria. Expected is one of "
            "%(expected)s."
        ),
        "scheme_not_an_object": _lt("%(path)s: an object {…} is expected."),
        "scheme_not_a_list": _lt("%(path)s: a list […] is expected."),
        "scheme_unknown_key": _lt("%(path)s: this key is not known. Remove it."),
        "scheme_missing_key": _lt("%(path)s: this value is missing."),
        "scheme_wrong_value": _lt(
            "%(path)s: “%(value)s” does not fit; expected is: %(expected)s."
        ),
        "scheme_duplicate": _lt("%(path)s: “%(code)s” occurs twice."),
        "scheme_unknown_reference": _lt(
            "%(path)s: “%(code)s” is not in the scheme. Add it or correct the code."
        ),
        "scheme_unknown_parent_scheme": _lt(
            "%(path)s: version %(version)s of the scheme %(code)s has not been loaded. "
            "Load it first."
        ),
        # -- the scheme ------------------------------------------------------
        "scheme_validity_reversed": _lt(
            "%(path)s: the scheme ends on %(last)s, before it begins on %(first)s."
        ),
        "scheme_no_classes": _lt(
            "The scheme has no class of award. Add one with its criteria."
        ),
        "scheme_years_missing": _lt(
            "%(path)s: the condition “%(code)s” does not say how many years."
        ),
        "scheme_clause_missing": _lt(
            "%(path)s: “%(code)s” names no clause. Name the clause, or an agency "
            "decision where the regulation is silent."
        ),
        "scheme_stage_order": _lt(
            "%(path)s: the stage “%(code)s” comes before what it needs: one of "
            "%(needed)s."
        ),
        "scheme_stage_missing": _lt(
            "%(path)s: the stage “%(code)s” needs an earlier stage that the scheme "
            "does not have: one of %(needed)s."
        ),
        "scheme_stage_once": _lt(
            "The scheme has %(number)s stages of the kind “%(kind)s”; there must be "
            "one."
        ),
        "scheme_award_not_last": _lt("No stage can come after the award."),
        "scheme_acceptance": _lt(
            "%(number)s stages are marked as acceptance; there must be one."
        ),
        "scheme_weights_sum": _lt(
            "Class “%(code)s”: the weights add up to %(total)s instead of %(whole)s "
            "ten-thousandths."
        ),
        "scheme_weight_without_stage": _lt(
            "Class “%(code)s”: “%(kind)s” has a weight, but the scheme has no such "
            "stage."
        ),
        "scheme_weight_missing": _lt(
            "Class “%(code)s”: “%(kind)s” is scored, but has no weight."
        ),
        "scheme_figure_zero": _lt("%(path)s: “%(parameter)s” cannot be zero."),
        "scheme_figure_missing": _lt(
            "“%(parameter)s” is missing; the stage “%(kind)s” needs it."
        ),
        "scheme_site_days_reversed": _lt(
            "Class “%(code)s”: at least %(low)s days on site, but at most %(high)s."
        ),
        "scheme_panel_even": _lt(
            "Class “%(code)s”: panels must be odd, but their least size %(size)s is "
            "even."
        ),
        "scheme_threshold_above_total": _lt(
            "Class “%(code)s”: the lowest winning score %(threshold)s is above the "
            "total %(total)s (hundredths of a point); nobody can reach it."
        ),
        "scheme_threshold_without_stage": _lt(
            "Class “%(code)s”: the lowest winning score is compared with the stage "
            "“%(kind)s”, which the scheme does not have."
        ),
        "scheme_repeat_prize": _lt(
            "Class “%(code)s”: a repeat winner gets more money than a first one."
        ),
        "scheme_exempt_without_quota": _lt(
            "Class “%(code)s”: a repeat winner takes no place, but places are not "
            "limited."
        ),
        "scheme_reapply_twice": _lt(
            "Class “%(code)s”: winners are barred both for editions and for years. "
            "Keep one of them."
        ),
        "scheme_reading_without_terms": _lt(
            "Class “%(code)s”: how barred editions are counted is said, but not how "
            "many they are."
        ),
        "scheme_event_never": _lt(
            "%(path)s: the time limit “%(code)s” starts with “%(event)s”, which never "
            "happens in the stages of the scheme."
        ),
        "scheme_length_zero": _lt("%(path)s: the time limit “%(code)s” has no length."),
        "scheme_figures_differ": _lt(
            "%(path)s: the time limit “%(code)s” says %(length)s, but “%(parameter)s” "
            "says %(said)s."
        ),
        # -- the criteria ----------------------------------------------------
        "scheme_points_sum": _lt(
            "%(path)s: the items add up to %(sum)s instead of %(total)s hundredths."
        ),
        "scheme_category_sum": _lt(
            "%(path)s: the items of %(number)s add up to %(sum)s instead of %(points)s "
            "hundredths."
        ),
        "scheme_points_zero": _lt("%(path)s: %(number)s has no points."),
        "scheme_unscored_points": _lt(
            "%(path)s: %(number)s is unscored, but has points."
        ),
        "scheme_points_off_grid": _lt(
            "%(path)s: one step of %(number)s is no whole hundredth of a point."
        ),
        "scheme_unknown_parent": _lt(
            "%(path)s: %(parent)s is no category before %(number)s."
        ),
        "scheme_bad_step": _lt("%(path)s: 100 is no multiple of %(step)s percent."),
        "scheme_bands_gap": _lt(
            "%(path)s: the bands of “%(kind)s” do not cover each step from 0 to 100 "
            "once."
        ),
        # -- left open -------------------------------------------------------
        "scheme_silent": _lt(
            "“%(parameter)s” is not said; the stage “%(kind)s” needs it. Decide it in "
            "an implementing scheme."
        ),
        "scheme_body_missing": _lt(
            "No body has the role “%(role)s”; the stage “%(kind)s” needs one."
        ),
        "scheme_clock_during_scoring": _lt(
            "%(path)s: the time limit “%(code)s” runs from the end of the site visits, "
            "while “%(kind)s” is still being scored."
        ),
    }
)
