from odoo.tools import LazyTranslate

from ..base.refusal import REFUSAL_TEXTS

_lt = LazyTranslate(__name__)

#: Kinds of criteria items, beside the kinds of stages.
PROBLEM_WORDS = {"process": _lt("Process"), "result": _lt("Results")}
#: Who is evaluated by the public, in the middle of a sentence.
POPULATIONS = {
    "on_site": _lt("those visited on site"),
    "recommended": _lt("those recommended"),
}

REFUSAL_TEXTS.update(
    {
        "scheme_inconsistent": _lt(
            "The scheme contradicts itself; correct this first:\n%(problem)s"
        ),
        "scheme_frozen": _lt(
            "Version %(version)s of the scheme %(code)s is adopted or published and "
            "says something else. Give the file another version."
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
        "scheme_newer_format": _lt(
            "%(path)s: the file says “%(value)s”, a newer format than %(expected)s, "
            "which this version of the software reads. Update the software first."
        ),
        "scheme_too_deep": _lt(
            "The file is nested more than %(most)s deep, which no scheme is."
        ),
        "scheme_too_large": _lt(
            "The file has %(number)s bytes; at most %(most)s are read."
        ),
        "scheme_too_many": _lt(
            "The file has %(number)s records; at most %(most)s are read."
        ),
        "scheme_text_markup": _lt(
            "%(path)s: the text holds markup (“<…”) or a script. Type plain text."
        ),
        "scheme_text_control": _lt(
            "%(path)s: the text holds control characters. Remove them."
        ),
        "scheme_text_invisible": _lt(
            "%(path)s: the text holds invisible characters or overrides of the writing "
            "direction. Type it anew."
        ),
        "scheme_text_too_long": _lt(
            "%(path)s: the text is longer than is read for one value."
        ),
        "scheme_duplicate_key": _lt("%(path)s: the key stands twice in one record."),
        "scheme_extends_itself": _lt(
            "%(path)s: the scheme cannot be layered on itself."
        ),
        "scheme_extends_cycle": _lt(
            "%(path)s: version %(version)s of the scheme %(code)s is itself layered on "
            "this scheme."
        ),
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
        "scheme_stage_order_class": _lt(
            "%(path)s: for the classes %(classes)s, the stage “%(code)s” comes before "
            "what it needs: one of %(needed)s."
        ),
        "scheme_stage_missing_class": _lt(
            "%(path)s: for the classes %(classes)s, the stage “%(code)s” needs an "
            "earlier stage that these classes do not pass: one of %(needed)s."
        ),
        "scheme_second_submission_unknown": _lt(
            "%(path)s: the stage “%(code)s” of the second submission is not in the "
            "scheme."
        ),
        "scheme_parallel_last": _lt(
            "%(path)s: the stage “%(code)s” runs beside the next one, but is the last."
        ),
        "scheme_of_list_no_notice": _lt(
            "%(path)s: the stage “%(code)s” is no notice and shows no list."
        ),
        "scheme_notice_list_missing": _lt(
            "%(path)s: the notice “%(code)s” shows the %(list)s, which no earlier "
            "stage adopts. Move the notice, or say at which stage the list is adopted."
        ),
        "scheme_handling_decides": _lt(
            "%(path)s: the stage “%(code)s” is decided by a handling body, which "
            "decides nothing."
        ),
        "scheme_handling_forbidden": _lt(
            "%(path)s: the scheme forbids a handling body, but “%(code)s” names one."
        ),
        "scheme_population_circular": _lt(
            "%(path)s: “%(code)s” lets the public evaluate %(population)s, but the "
            "%(list)s that names them is adopted only later. Choose others, or move "
            "the stage."
        ),
        "scheme_scored_after_composite": _lt(
            "%(path)s: “%(code)s” counts in the composite score, but is scored "
            "after it."
        ),
        "scheme_optional_weighted": _lt(
            "%(path)s: “%(code)s” may be left out, but counts in the composite score. "
            "Let the other weights be scaled up, or make it obligatory."
        ),
        "scheme_optional_obligatory": _lt(
            "%(path)s: “%(code)s” may be left out, but no application can do without "
            "it. Make it obligatory."
        ),
        "scheme_optional_needed": _lt(
            "%(path)s: “%(code)s” may be left out, but “%(needed_by)s” needs what it "
            "makes. Make both optional, or this one obligatory."
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
        "scheme_figure_unreachable": _lt(
            "%(path)s: the class “%(code)s” does not pass the stage “%(stage)s”."
        ),
        "scheme_figure_below_law": _lt(
            "%(path)s: “%(parameter)s” is %(said)s, less than the %(least)s that the "
            "regulation below demands."
        ),
        "scheme_hours_reversed": _lt(
            "%(path)s: paper is taken in from %(first)s until %(last)s; that is no "
            "time."
        ),
        "scheme_ban_twice": _lt(
            "%(path)s: “%(code)s” bars in several ways at once. Keep one: for years, "
            "for editions, or for ever."
        ),
        "scheme_ban_without_ground": _lt(
            "%(path)s: “%(parameter)s” is said, but no ground on which a title is "
            "cancelled or revoked. Add the grounds."
        ),
        "scheme_quota_empty": _lt(
            "%(path)s: the quota “%(code)s” says neither how many at least nor at most."
        ),
        "scheme_quota_reversed": _lt(
            "%(path)s: the quota “%(code)s” is at least %(low)s, but at most %(high)s."
        ),
        "scheme_tag_unknown": _lt(
            "%(path)s: the quota “%(code)s” counts “%(tag)s”, which nobody has. "
            "Expected is size:…, subject:… or choice:… with a choice of the scheme."
        ),
        "scheme_quota_sum": _lt(
            "%(path)s: the quotas within “%(code)s” need at least %(sum)s places, but "
            "it has at most %(high)s."
        ),
        "scheme_quota_twice": _lt(
            "%(path)s: the quota “%(code)s” is at most %(high)s, but “Awards at most” "
            "says %(said)s for the same class."
        ),
        "scheme_limit_without_stage": _lt(
            "%(path)s: the threshold “%(code)s” is compared with the stage “%(kind)s”, "
            "which the class “%(class)s” does not pass."
        ),
        "scheme_limit_too_early": _lt(
            "%(path)s: the threshold “%(code)s” is asked before its score is there."
        ),
        "scheme_limit_without_points": _lt(
            "%(path)s: the threshold “%(code)s” is for the class “%(class)s”, whose "
            "criteria have no points."
        ),
        "scheme_limit_above_total": _lt(
            "%(path)s: the threshold “%(code)s” of %(threshold)s is above the total "
            "%(total)s of the class “%(class)s” (hundredths of a point)."
        ),
        "scheme_block_unknown": _lt(
            "%(path)s: the threshold “%(code)s” is for the block “%(block)s”, which is "
            "no category of the criteria of the class “%(class)s”."
        ),
        "scheme_limit_above_block": _lt(
            "%(path)s: the threshold “%(code)s” of %(threshold)s is above the "
            "%(total)s of the block “%(block)s” (hundredths of a point)."
        ),
        "scheme_threshold_without_points": _lt(
            "Class “%(code)s”: there is a lowest winning score, but the criteria have "
            "no points."
        ),
        "scheme_rank_missing": _lt(
            "%(path)s: the condition “%(code)s” does not say which rank is enough."
        ),
        "scheme_prior_missing": _lt(
            "%(path)s: the condition “%(code)s” does not say which award must have "
            "been won before."
        ),
        "scheme_prior_not_given": _lt(
            "%(path)s: the condition “%(code)s” asks for “%(prior)s”, an award that no "
            "class of the scheme gives."
        ),
        "scheme_prior_circular": _lt(
            "%(path)s: by the condition “%(code)s” a class can be won only by who has "
            "won it, or what depends on it, before; nobody can begin."
        ),
        "scheme_alternative_alone": _lt(
            "%(path)s: the condition “%(code)s” is the only one of the alternatives "
            "“%(group)s”. Add another, or leave the word out."
        ),
        "scheme_alternative_classes": _lt(
            "%(path)s: the alternatives “%(group)s” are not all for the same classes."
        ),
        "scheme_transfer_without_source": _lt(
            "%(path)s: the class “%(code)s” is entered by transfer, but its award has "
            "no other class that is open to applications."
        ),
        "scheme_criteria_missing": _lt(
            "%(path)s: the class “%(code)s” has no criteria. Choose them."
        ),
        "scheme_class_without_points": _lt(
            "%(path)s: the class “%(code)s” is judged by points, but the criteria "
            "%(criteria)s have none."
        ),
        "scheme_class_without_ratings": _lt(
            "%(path)s: the class “%(code)s” is judged by ratings, but the criteria "
            "%(criteria)s have none."
        ),
        "scheme_award_without_class": _lt(
            "%(path)s: the award “%(code)s” has no class by which it is won."
        ),
        "scheme_obligation_without_day": _lt(
            "%(path)s: the report “%(code)s” has no day on which it is due."
        ),
        "scheme_obligation_without_prize": _lt(
            "%(path)s: “%(code)s” is owed only with prize money, but there is none."
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
        "scheme_clock_owner": _lt(
            "%(path)s: nobody whom the software knows owes the time limit “%(code)s”."
        ),
        "scheme_reminder_before_start": _lt(
            "%(path)s: the time limit “%(code)s” of %(length)s working days is "
            "reminded of %(days)s days before, when it has not begun."
        ),
        "scheme_notice_short": _lt(
            "%(path)s: the time limit “%(code)s” closes the notice after %(length)s "
            "days, before the %(said)s that “%(parameter)s” demands."
        ),
        "scheme_consequence_misplaced": _lt(
            "%(path)s: what the time limit “%(code)s” brings about cannot follow after "
            "“%(event)s”."
        ),
        "scheme_consequence_differs": _lt(
            "%(path)s: the time limit “%(code)s” brings about what “%(parameter)s” "
            "excludes."
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
        "scheme_parent_cycle": _lt(
            "%(path)s: %(number)s is above itself, by way of %(parent)s."
        ),
        "scheme_bad_step_points": _lt("%(path)s: a step of %(step)s is none."),
        "scheme_ratings_missing": _lt(
            "%(path)s: items are rated, but there are no ratings."
        ),
        "scheme_rating_without_percent": _lt(
            "%(path)s: rated items have points, but “%(code)s” does not say how many."
        ),
        "scheme_rating_above": _lt(
            "%(path)s: “%(code)s” gives %(percent)s percent, more than all the points."
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
