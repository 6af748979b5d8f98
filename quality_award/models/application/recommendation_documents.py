"""Wording of what a recommender seals: letter, summary list, opinion page.

Names, clauses, days and numbers come from data. Official documents are in Chinese.
"""

from ..base import official_document as office

TITLE_LETTER = "关于推荐{edition}申报者的函"
REASON = (
    "根据{scheme}{citation},我单位对名列本单位推荐范围的申报者进行了审核{notice},"
    "现推荐{names}等{count}个申报者参加{edition}评审。"
)
SHOWN = ",并在{places}进行了公示"
ASSURED = "我单位对推荐意见和所附材料的真实性负责。请予审核。"
NOBODY = "(无)"
SUMMARY_HEAD = (
    "序号",
    "申报者",
    "统一社会信用代码",
    "申报类别",
    "行业",
    "所在地",
    "联络员",
    "推荐意见",
)
SUMMARY_WIDTHS = (12, 50, 44, 24, 24, 20, 20, 40)
VERDICTS = {"recommend": "同意推荐", "decline": "不予推荐"}
ANSWERS = {"confirmed": "属实", "contested": "有异议", False: "—"}
PROPOSALS = {"met": "符合", "not_met": "不符合", "judge": "由评审办研判", False: "—"}
OBJECTIONS = {
    "none": "公示期内未收到异议",
    "not_upheld": "收到异议,经核查不成立",
    "upheld": "收到异议,经核查属实",
}


def letter_docx(facts):
    """One letter for the whole list.

    :param facts: `edition`, `scheme`, `citation`, `addressee`, `signer`, `number` and
        `day` (empty before the letter is issued), `rows` as `summary_rows` gives them,
        `places` of the local notices
    :return: bytes of a DOCX file
    """
    document = office.official_document()
    office.add_number(document, facts["number"])
    office.add_title(document, TITLE_LETTER.format(**facts))
    office.add_text(document, f"{facts['addressee']}:", indent=False)
    names = [row[1] for row in facts["rows"]]
    shown = "、".join(facts["places"])
    office.add_text(
        document,
        REASON.format(
            **facts,
            notice=SHOWN.format(places=shown) if shown else "",
            names="、".join(names[:3]) or NOBODY,
            count=len(names),
        ),
    )
    for row in facts["rows"]:
        office.add_text(document, f"{row[0]}. {row[1]}({row[3]})")
    office.add_text(document, ASSURED)
    office.add_text(document, "附件:推荐汇总表")
    office.add_signature(
        document, facts["signer"], office.official_date(facts["day"])
    )
    return office.as_bytes(document)


def summary_docx(facts):
    """The summary list on a page of its own, for sealing.

    :param facts: as in `letter_docx`
    """
    document = office.official_document(landscape=True)
    office.add_title(document, f"{facts['edition']}推荐汇总表")
    office.add_text(document, f"推荐单位(盖章):{facts['signer']}", indent=False)
    office.add_table(document, SUMMARY_HEAD, facts["rows"], SUMMARY_WIDTHS)
    office.add_signature(
        document, facts["signer"], office.official_date(facts["day"])
    )
    return office.as_bytes(document)


def opinion_docx(facts):
    """The opinion page of one applicant.

    :param facts: `edition`, `signer`, `day`, `applicant` (list of (name of the field,
        text)), `verdict`, `opinion`, `conditions` (rows: condition, clause, what the
        facts say, answer, note), `notice` (text, empty without a notice)
    """
    document = office.official_document()
    office.add_title(document, f"{facts['edition']}推荐意见表")
    office.add_table(document, ("项目", "内容"), facts["applicant"], (45, 111))
    if facts["conditions"]:
        office.add_text(document, "申报条件核对:", indent=False)
        head = ("申报条件", "依据", "系统核对", "推荐单位", "说明")
        office.add_table(document, head, facts["conditions"], (56, 28, 24, 22, 26))
    if facts["notice"]:
        office.add_text(document, facts["notice"])
    verdict = VERDICTS.get(facts["verdict"], "")
    office.add_text(document, f"推荐意见:{verdict}。{facts['opinion']}")
    office.add_signature(
        document, f"{facts['signer']}(盖章)", office.official_date(facts["day"])
    )
    return office.as_bytes(document)


def notice_sentence(first, last, place, objection):
    """The local notice and its result in one sentence."""
    period = f"{office.official_date(first)}至{office.official_date(last)}"
    result = OBJECTIONS.get(objection, "")
    return f"公示情况:{period}在{place}公示。{result}{'。' if result else ''}"


def summary_rows(opinions):
    """Rows of the summary list, in the order of the ranks, else of the case numbers.

    What stands there is of the version handed in, not of the register.

    :param opinions: award.recommendation with lifted rights
    """
    ordered = opinions.sorted(
        lambda o: (
            o.application_id.class_id.id,
            o.rank or 10**6,
            o.application_id.name,
        )
    )
    rows = []
    for number, opinion in enumerate(ordered, 1):
        applicant = opinion.submission_id.content["applicant"]
        case = opinion.application_id
        verdict = VERDICTS[opinion.verdict]
        placed = f"{verdict},第{opinion.rank}位" if opinion.rank else verdict
        rows.append(
            (
                number,
                applicant["name"],
                applicant.get("credit_code") or "",
                case.class_id.name_zh,
                applicant["trade"]["name"],
                applicant.get("territory") or "",
                applicant.get("liaison_name") or "",
                placed,
            )
        )
    return rows
