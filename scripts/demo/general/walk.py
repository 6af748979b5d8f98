"""From stage to stage in the scheme's order; the kind of a stage says what is done."""

from scripts.demo.general import checking, deciding, filing, reviewing, visiting
from scripts.demo.general.run import CannotRun

#: Kind of stage -> its acts, a function of run, stage and the classes that have cases.
ACTS = {
    "submission": filing.window,
    "recommendation": checking.recommendation,
    "qualification": checking.qualification,
    "document_review": reviewing.documents,
    "site_visit": visiting.site,
    "defence": visiting.defence,
    "public_evaluation": visiting.public,
    "composite": reviewing.composite,
    "consultation": deciding.consultation,
    "deliberation": deciding.deliberation,
    "notice": deciding.notice,
    "approval": deciding.approval,
    "award": deciding.award,
}


def stages(run):
    """Drive every stage at which some class has cases."""
    for stop in run.book.stops:
        classes = [
            award_class for award_class in run.book.classes
            if stop in award_class.stops and run.at_stage(stop, award_class)
        ]
        if not classes:
            continue
        run.where = f"stage {stop.code} ({stop.kind})"
        if stop.kind not in ACTS:
            raise CannotRun(f"Nobody knows what to do at a stage of kind {stop.kind}.")
        ACTS[stop.kind](run, stop, classes)
    run.where = "closing"
    deciding.close(run)
    run.where = "yearly reports"
    deciding.yearly_reports(run)

