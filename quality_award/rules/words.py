"""Words that a regulation chooses for itself: code -> the word used by default.

A scheme may say another word for each (`award.word`); who shows one asks the scheme.
"""

WORDS: dict[str, str] = {
    # bodies and people
    "award_office": "Award Office",
    "handling_body": "Handling Body",
    "leading_group": "Leading Group",
    "award_committee": "Award Committee",
    "review_panel": "Review Panel",
    "panel_leader": "Panel Leader",
    "reviewer": "Reviewer",
    "deliberator": "Deliberator",
    "observer": "Observer",
    "recommender": "Recommender",
    "applicant_organisation": "Applicant Organisation",
    "applicant_individual": "Applicant Individual",
    # rules and time
    "scheme": "Scheme",
    "edition": "Edition",
    "quota": "Quota",
    # application and review
    "application_form": "Application Form",
    "self_assessment": "Self-Assessment Report",
    "evidence": "Supporting Evidence",
    "recommendation_opinion": "Recommendation Opinion",
    "qualification_check": "Qualification Check",
    "supplement": "Supplement",
    "document_review": "Document Review",
    "site_visit": "Site Visit",
    "oral_defence": "Oral Defence",
    "public_evaluation": "Public Evaluation",
    "composite_evaluation": "Composite Evaluation",
    # decision, award, after
    "consultation": "Consultation",
    "shortlist": "On-Site List",
    "candidate_list": "Candidate List",
    "proposed_list": "Proposed List",
    "final_list": "Final List",
    "public_notice": "Public Notice",
    "objection": "Objection",
    "award_decision": "Award Decision",
    "certificate": "Certificate",
    "plaque": "Plaque",
    "trophy": "Trophy",
    "prize_money": "Prize Money",
    "annual_report": "Annual Report",
    "prize_use_report": "Prize-Use Report",
}

SELECTION = list(WORDS.items())
