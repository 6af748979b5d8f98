"""A scheme of no city in particular that uses every section and every key."""

from odoo.addons.quality_award.rules import parameters, values

FULL_CRITERIA = {
    "format": "quality_award.criteria/1",
    "code": "excellence_2020",
    "family": "excellence",
    "valid_from": "2020-01-01",
    "name_zh": "卓越准则",
    "name_en": "Criteria for Excellence",
    "source": "自拟",
    "total": 10_000,
    "scale": "percent",
    "step": 5,
    "items": [
        {"number": "V", "kind": "veto", "name_zh": "无重大事故", "name_en": "Safe"},
        {"number": "I", "kind": "indicator", "name_zh": "已通过认证"},
        {"number": "P", "kind": "unscored", "name_zh": "概述"},
        {"number": "1", "kind": "category", "points": 6000, "name_zh": "过程"},
        {
            "number": "1.1",
            "parent": "1",
            "kind": "process",
            "points": 4000,
            "name_zh": "方法",
        },
        {
            "number": "1.2",
            "parent": "1",
            "kind": "process",
            "points": 2000,
            "scale": "rating",
            "name_zh": "贡献",
        },
        {"number": "2", "kind": "category", "points": 4000, "name_zh": "结果"},
        {
            "number": "2.1",
            "parent": "2",
            "kind": "result",
            "points": 4000,
            "scale": "points",
            "name_zh": "成果",
        },
    ],
    "bands": [
        {"kind": "process", "low": 0, "high": 45, "text_zh": "低", "text_en": "Low"},
        {"kind": "process", "low": 50, "high": 100, "text_zh": "高"},
    ],
    "ratings": [
        {"code": "a", "percent": 100, "name_zh": "优", "name_en": "Excellent"},
        {"code": "b", "percent": 60, "name_zh": "良"},
        {"code": "c", "percent": 0, "name_zh": "差"},
    ],
}
#: Criteria of a person: graded by ratings, without points.
FULL_RATINGS = {
    "format": "quality_award.criteria/1",
    "code": "person_1",
    "name_zh": "个人准则",
    "total": 0,
    "scale": "rating",
    "step": 5,
    "items": [{"number": "1", "kind": "process", "name_zh": "理念"}],
    "ratings": [
        {"code": "a", "name_zh": "优"},
        {"code": "b", "name_zh": "良"},
    ],
}
#: One value for each kind of parameter, where the first word will not do.
PARAMETER_VALUES = {
    "weight_document": 4000,
    "weight_site": 3000,
    "weight_defence": 2000,
    "weight_public": 1000,
    "onsite_max": 20,
    "site_days_min": 2,
    "site_days_max": 4,
    "panel_min": 5,
    "defence_max": 10_000,
    "defence_judges_min": 5,
    "public_evaluation_max": 10_000,
    "threshold": 6000,
    "prize_amount": 500_000,
    "prize_amount_repeat": 0,
    "quota_max": 2,
    "fee": 0,
    "notice_days": 7,
    "annual_report_due": "12-31",
    "opening_hours_from": "09:00",
    "opening_hours_to": "17:00",
    "second_submission_stage": "site_visit",
    "prize_uses": ["质量改进", "人员培训"],
    "ban_years": 3,
    "ban_terms": None,  # by years
    "ban_for_ever": False,
    "reapply_lock_years": None,  # by editions
    "handling_body_forbidden": False,
    "committee_vote": "secret_ballot",
}


def _parameter_value(code):
    if code in PARAMETER_VALUES:
        return PARAMETER_VALUES[code]
    kind = parameters.CATALOG[code].kind
    if kind.startswith("list:"):
        return values.words_of(kind)
    if words := values.words_of(kind):
        return words[0]
    return {"int": 10, "bool": True}[kind]


def _parameters():
    found = [
        {"code": code, "value": value, "clause": "1"}
        for code in parameters.CATALOG
        if (value := _parameter_value(code)) is not None
    ]
    by_class = {"threshold": 5000, "ban_years": 2}
    found += [
        {
            "code": code,
            "class": "team",
            "value": value,
            "clause": "2",
            "note_zh": "说明",
            "note_en": "Note",
        }
        for code, value in by_class.items()
    ]
    # A person is not defended, and not judged by points.
    found += [
        {"code": code, "class": "person", "value": value, "clause": "2"}
        for code, value in {
            "weight_document": 6000,
            "weight_site": 3000,
            "weight_defence": 0,
            "weight_public": 1000,
            "threshold": 0,
        }.items()
    ]
    found.append(
        {
            "code": "notice_days",
            "stage": "notice_final",
            "value": 10,
            "clause": "2",
        }
    )
    return found


def _stage(code, kind, **keys):
    return {"code": code, "kind": kind, "name_zh": code, "clause": "2", **keys}


FULL = {
    "format": "quality_award.scheme/1",
    "code": "full",
    "version": "2030",
    "name_zh": "质量奖办法",
    "name_en": "Measures for the Quality Award",
    "document_number": "某府〔2030〕1号",
    "document_date": "2030-01-02",
    "issued_by": "某市人民政府",
    "valid_from": "2030-02-01",
    "valid_to": "2035-01-31",
    "timezone": "Asia/Shanghai",
    "clauses": [
        {
            "code": "1",
            "citation_zh": "第一章",
            "citation_en": "Chapter 1",
            "summary_zh": "总则\n分两行",
            "summary_en": "General",
            "mark": "rule",
        },
        {"code": "2", "citation_zh": "第二章"},
        {"code": "D-1", "citation_zh": "办法未作规定", "mark": "agency_decision"},
    ],
    "words": [
        {
            "code": "award_office",
            "text_zh": "审定办",
            "text_en": "Council Office",
            "clause": "1",
        },
        {"code": "edition", "text_zh": "年度", "clause": "1"},
    ],
    "bodies": [
        {
            "code": "gov",
            "role": "government",
            "name_zh": "政府",
            "name_en": "Government",
            "clause": "1",
        },
        {"code": "committee", "role": "committee", "name_zh": "评委会", "clause": "1"},
        {"code": "office", "role": "office", "name_zh": "质监局", "clause": "1"},
        {"code": "handling", "role": "handling", "name_zh": "协会", "clause": "1"},
        {"code": "district", "role": "recommender", "name_zh": "区县", "clause": "1"},
        {"code": "tax", "role": "department", "name_zh": "税务局", "clause": "1"},
        {"code": "finance", "role": "finance", "name_zh": "财政局", "clause": "1"},
    ],
    "successors": [
        {
            "body": "office",
            "since": "2031-01-01",
            "name_zh": "市场监管局",
            "name_en": "Market Regulation",
            "clause": "1",
        },
        {
            "body": "office",
            "since": "2033-06-01",
            "name_zh": "质量局",
            "clause": "1",
        },
    ],
    "adoptions": [
        {
            "code": "criteria",
            "subject": "criteria",
            "body": "committee",
            "published": True,
            "name_zh": "准则审定",
            "name_en": "Adoption of the criteria",
            "clause": "1",
        },
        {"code": "plan", "subject": "plan", "body": "office", "clause": "1"},
    ],
    "awards": [
        {"code": "gold", "name_zh": "金奖", "name_en": "Gold", "clause": "1"},
        {"code": "mayor", "name_zh": "市长奖", "clause": "1"},
    ],
    "classes": [
        {
            "code": "org",
            "award": "gold",
            "subject": "organisation",
            "criteria": "excellence",
            "criteria_latest": True,
            "name_zh": "组织",
            "name_en": "Organisation",
            "clause": "1",
        },
        {
            "code": "team",
            "award": "gold",
            "subject": "team",
            "criteria": "excellence_2020",
            "entry": "transfer",
            "name_zh": "班组",
            "clause": "1",
        },
        {
            "code": "person",
            "award": "mayor",
            "subject": "individual",
            "criteria": "person_1",
            "entry": "open",
            "graded": "rating",
            "name_zh": "个人",
            "clause": "1",
        },
    ],
    "choices": [
        {
            "class": "person",
            "code": "leader",
            "by": "role",
            "criteria": "person_1",
            "name_zh": "高层",
            "name_en": "Top manager",
            "clause": "1",
        },
        {
            "class": "org",
            "code": "service",
            "by": "sector",
            "name_zh": "服务",
            "clause": "1",
        },
        {"class": "person", "code": "other", "by": "role", "name_zh": "其他"},
    ],
    "quotas": [
        {
            "code": "pool",
            "counts": "awards",
            "per": "edition",
            "classes": ["org", "team"],
            "min": 1,
            "max": 10,
            "name_zh": "金奖名额",
            "name_en": "Places of Gold",
            "clause": "1",
        },
        {
            "code": "small",
            "counts": "awards",
            "classes": ["org"],
            "tag": "choice:service",
            "min": 1,
            "clause": "1",
        },
        {
            "code": "person",
            "counts": "awards",
            "classes": ["person"],
            "max": 2,
            "outside": True,
            "clause": "1",
        },
        {
            "code": "per_district",
            "counts": "recommended",
            "per": "recommender",
            "max": 3,
            "soft": True,
            "clause": "1",
        },
    ],
    "thresholds": [
        {
            "code": "results",
            "classes": ["org"],
            "score": "document",
            "block": "2",
            "min": 1200,
            "at": "shortlist",
            "name_zh": "结果分数线",
            "name_en": "Threshold of the results",
            "clause": "2",
        },
        {"code": "all", "classes": ["org"], "score": "composite", "min": 6000},
    ],
    "stages": [
        _stage("submission", "submission"),
        _stage("recommendation", "recommendation", body="district", in_parallel=True),
        _stage("qualification", "qualification", accepts=True, body="office"),
        _stage("document_review", "document_review", list="shortlist"),
        _stage("notice_shortlist", "notice", of_list="shortlist", optional=True),
        _stage("site_visit", "site_visit"),
        _stage("public", "public_evaluation"),
        _stage("defence", "defence", classes=["org", "team"], name_en="Defence"),
        _stage("composite", "composite"),
        _stage("consultation", "consultation"),
        _stage("deliberation", "deliberation", body="committee", list="proposed"),
        _stage("notice_final", "notice", of_list="proposed"),
        _stage("approval", "approval", body="gov", list="final"),
        _stage("award", "award"),
    ],
    "parameters": _parameters(),
    "requirements": [
        {
            "code": "years",
            "classes": ["org", "team"],
            "kind": "years_registered",
            "years": 3,
            "basis": "full_years",
            "text_zh": "登记满三年",
            "text_en": "Registered for three years",
            "clause": "1",
        },
        {
            "code": "cert",
            "kind": "certificate",
            "group": "system",
            "on_fail": "judge",
            "text_zh": "认证",
        },
        {
            "code": "honour",
            "kind": "honour",
            "group": "system",
            "on_fail": "warn",
            "text_zh": "荣誉",
        },
        {
            "code": "rank",
            "kind": "rank",
            "applies_to": ["enterprise", "small"],
            "count": 3,
            "rank_max": 5,
            "text_zh": "排名",
        },
        {
            "code": "loss",
            "kind": "no_loss",
            "years": 3,
            "except": ["policy_loss"],
            "text_zh": "无亏损",
        },
        {
            "code": "penalties",
            "kind": "no_incident",
            "fields": ["safety", "tax"],
            "penalties": "serious",
            "years": 3,
            "text_zh": "无处罚",
        },
        {
            "code": "gold_first",
            "classes": ["person"],
            "kind": "prior_award",
            "prior": "gold",
            "text_zh": "先获金奖",
        },
    ],
    "clock_rules": [
        {
            "code": "check",
            "classes": ["org", "person", "team"],
            "stage": "qualification",
            "start_event": "office_receipt",
            "owner_role": "office",
            "unit": "working_day",
            "length": 5,
            "first_day": "include",
            "roll": "next_working_day",
            "cut_off": "17:30",
            "suspended_by": ["supplement", "objection"],
            "remind_days": [5, 2, 1],
            "on_expiry": "lapse",
            "name_zh": "审核",
            "name_en": "Check",
            "clause": "2",
        },
        {
            "code": "ban",
            "start_event": "award_granted",
            "owner_role": "applicant",
            "unit": "edition",
            "length": 1,
            "remind_days": [],
            "name_zh": "间隔",
        },
    ],
    "obligations": [
        {
            "code": "annual",
            "kind": "annual_report",
            "classes": ["org"],
            "due_month_day": "12-31",
            "first": "same_year",
            "years": 3,
            "to": ["finance", "office"],
            "only_with_prize": True,
            "name_zh": "年报",
            "name_en": "Annual report",
            "clause": "2",
        },
        {"code": "sharing", "kind": "sharing", "name_zh": "分享"},
    ],
    "grounds": [
        {
            "code": "fraud",
            "procedure": "revoke",
            "watch_years": 2,
            "ban_years": 3,
            "recover": ["certificate", "money", "announce"],
            "name_zh": "弄虚作假",
            "name_en": "Fraud",
            "clause": "2",
        },
        {
            "code": "accident",
            "procedure": "cancel",
            "ban_terms": 1,
            "known": False,
            "name_zh": "事故",
        },
        {
            "code": "crime",
            "procedure": "revoke",
            "ban_for_ever": True,
            "name_zh": "犯罪",
        },
    ],
}
#: Records that have no clause of their own above rest on the agency's decision.
for _name, _rows in FULL.items():
    if isinstance(_rows, list) and _name != "clauses":
        for _row in _rows:
            _row.setdefault("clause", "D-1")
