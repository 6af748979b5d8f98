"""Many cases at once, by raw SQL and through the door that the database keeps.

Rows are inserted in the state a record is born in, then the register says what
happens, then the state follows: the triggers refuse any other order, here too.
Percentages come from a hash of case, expert and item, so that every run measures the
same figures.
"""

from odoo.tools import SQL

from benchmarks.ground import Ground

#: Members of a panel, and judges of a defence.
EXPERTS = 7
CASES_PER_PANEL = 17
CHAPTER = "本组织以顾客为关注焦点,建立了覆盖全过程的质量管理体系并持续改进。" * 12

_TEMPORARY = """
DROP TABLE IF EXISTS pg_temp.bench_case, pg_temp.bench_seat;
CREATE TEMPORARY TABLE bench_case (
    k integer PRIMARY KEY, organisation integer, application integer,
    submission integer, panel_no integer, panel integer);
CREATE TEMPORARY TABLE bench_seat (
    panel_no integer, place integer, panel integer, expert integer);
"""

#: Statement after statement; `%(edition)s` and the like are filled from `_values`.
_CASES = (
    """INSERT INTO award_applicant (company_id, subject, name, credit_code,
                   territory, size, registered_on, is_legal_person, liaison_name)
            SELECT %(company)s, 'organisation', '测量' || k || '有限公司',
                   'BENCH' || lpad(k::text, 13, '0'), '甲区', 'medium', '2010-01-01',
                   true, '王甲子'
              FROM generate_series(1, %(cases)s) AS k
            ON CONFLICT DO NOTHING""",
    """INSERT INTO bench_case (k, organisation, panel_no)
            SELECT right(credit_code, 13)::integer, id,
                   (right(credit_code, 13)::integer - 1) / %(per_panel)s
              FROM award_applicant
             WHERE credit_code LIKE 'BENCH%%'
               AND right(credit_code, 13)::integer <= %(cases)s""",
    """INSERT INTO award_application (edition_id, class_id, applicant_id, state,
                   company_id, name, registered_at, submitted_at)
            SELECT %(edition)s, %(award_class)s, organisation, 'draft', %(company)s,
                   'B-' || k, now(), now() FROM bench_case ORDER BY k""",
    """UPDATE bench_case b SET application = a.id FROM award_application a
        WHERE a.edition_id = %(edition)s AND a.applicant_id = b.organisation""",
    """INSERT INTO award_submission (application_id, edition_id, criteria_id, version,
                   company_id, title, version_code, content_hash, submitted_at,
                   content, is_current)
            SELECT application, %(edition)s, %(criteria)s, 1, %(company)s,
                   '测量' || k || '有限公司', 'B' || k, md5(k::text), now(),
                   %(content)s, true
              FROM bench_case ORDER BY k""",
    """UPDATE bench_case b SET submission = s.id FROM award_submission s
        WHERE s.application_id = b.application""",
    """INSERT INTO award_case_stage (application_id, scheme_stage_id, state, opened_on,
                   company_id)
            SELECT application, %(document_review)s, 'open', current_date, %(company)s
              FROM bench_case""",
)
_PANELS = (
    """INSERT INTO bench_seat (panel_no, place)
            SELECT panel_no, place
              FROM (SELECT DISTINCT panel_no FROM bench_case) AS p,
                   generate_series(1, %(experts)s) AS place""",
    """INSERT INTO award_expert (company_id, name, pool_kind, standing, is_leader_grade,
                   training_until, user_id)
            SELECT %(company)s,
                   '专家 ' || %(edition)s || '/' || panel_no || '/' || place,
                   'reviewer', 'active', true, current_date + 700,
                   CASE WHEN panel_no = 0 AND place = 2 AND NOT EXISTS (
                             SELECT FROM award_expert WHERE user_id = %(reviewer)s)
                        THEN %(reviewer)s END
              FROM bench_seat ORDER BY panel_no, place""",
    """UPDATE bench_seat b SET expert = e.id FROM award_expert e
        WHERE e.name = '专家 ' || %(edition)s || '/' || panel_no || '/' || place""",
    """INSERT INTO award_panel (edition_id, state, name, mode, company_id)
            SELECT DISTINCT %(edition)s, 'draft', 'P' || panel_no, 'select', %(company)s
              FROM bench_seat""",
    """UPDATE bench_seat b SET panel = p.id FROM award_panel p
        WHERE p.edition_id = %(edition)s AND p.name = 'P' || panel_no""",
    """UPDATE bench_case b SET panel = s.panel FROM bench_seat s
        WHERE s.panel_no = b.panel_no""",
    """INSERT INTO award_panel_member (panel_id, expert_id, company_id, is_leader)
            SELECT panel, expert, %(company)s, place = 1 FROM bench_seat""",
    """INSERT INTO award_assignment (panel_id, submission_id, company_id)
            SELECT panel, submission, %(company)s FROM bench_case""",
    """INSERT INTO award_interest (expert_id, submission_id, state, title, company_id)
            SELECT s.expert, c.submission, 'draft', 'B' || c.k, %(company)s
              FROM bench_case c JOIN bench_seat s ON s.panel = c.panel""",
    """INSERT INTO award_undertaking (user_id, edition_id, signed_at, company_id)
            VALUES (%(reviewer)s, %(edition)s, now(), %(company)s)""",
)
_SHEETS = (
    """INSERT INTO award_sheet (submission_id, panel_id, expert_id, state, title,
                   company_id)
            SELECT c.submission, c.panel, s.expert, 'draft',
                   '测量' || c.k || '有限公司', %(company)s
              FROM bench_case c JOIN bench_seat s ON s.panel = c.panel
             ORDER BY c.k, s.place""",
    # 20 to 80 % as the case is, ± 15 the item, ± 10 the expert, on the grid of 5 %.
    """INSERT INTO award_sheet_line (sheet_id, criterion_id, sequence, company_id,
                   percent, is_scored, points)
            SELECT sheet, item, sequence, %(company)s, percent, true,
                   points * percent / 100
              FROM (SELECT h.id AS sheet, i.id AS item, i.sequence, i.points,
                           5 * greatest(0, least(20, round((
                               20 + abs(hashint4(c.k)) %% 61
                               + abs(hashint4(c.k * 64 + i.sequence)) %% 31 - 15
                               + abs(hashint8(h.id * 64 + i.sequence)) %% 21 - 10
                           ) / 5.0)::integer)) AS percent
                      FROM bench_case c
                      JOIN award_sheet h ON h.submission_id = c.submission
                      CROSS JOIN award_criterion i
                     WHERE i.criteria_id = %(criteria)s
                       AND i.kind IN ('process', 'result')) AS scored
             ORDER BY sheet, sequence""",
)
_CONSENSUS = (
    """INSERT INTO award_consensus (submission_id, panel_id, state, phase, title,
                   company_id)
            SELECT submission, panel, 'draft', 'document', 'B' || k, %(company)s
              FROM bench_case ORDER BY k""",
    """INSERT INTO award_consensus_line (consensus_id, criterion_id, sequence,
                   company_id, low, high, percent, is_scored, points)
            SELECT k.id, i.id, i.sequence, %(company)s, m.low, m.high, m.percent, true,
                   i.points * m.percent / 100
              FROM award_consensus k
              JOIN (SELECT h.submission_id, l.criterion_id, min(l.percent) AS low,
                           max(l.percent) AS high,
                           percentile_disc(0.5) WITHIN GROUP (ORDER BY l.percent)
                               AS percent
                      FROM award_sheet h JOIN award_sheet_line l ON l.sheet_id = h.id
                      JOIN bench_case c ON c.submission = h.submission_id
                     GROUP BY h.submission_id, l.criterion_id) AS m
                ON m.submission_id = k.submission_id
              JOIN award_criterion i ON i.id = m.criterion_id
             WHERE k.phase = 'document'
             ORDER BY k.id, i.sequence""",
    """UPDATE award_consensus k SET total = s.total
         FROM (SELECT consensus_id, sum(points) AS total FROM award_consensus_line
                GROUP BY consensus_id) AS s
         JOIN award_consensus o ON o.id = s.consensus_id
         JOIN bench_case c ON c.submission = o.submission_id
        WHERE s.consensus_id = k.id AND k.state = 'draft'""",
)
#: The site visit moves every third item of a case by one step.
_SITE = (
    """INSERT INTO award_consensus (submission_id, panel_id, state, phase, title,
                   company_id)
            SELECT submission, panel, 'draft', 'site', 'B' || k, %(company)s
              FROM bench_case ORDER BY k""",
    """INSERT INTO award_consensus_line (consensus_id, criterion_id, sequence,
                   company_id, low, high, percent, is_scored, points)
            SELECT site, item, sequence, %(company)s, low, high, percent, true,
                   points * percent / 100
              FROM (SELECT v.id AS site, i.id AS item, i.sequence, i.points, l.low,
                           l.high, greatest(0, l.percent - CASE
                               WHEN (v.id + i.sequence) %% 3 = 0 THEN 5 ELSE 0 END
                           ) AS percent
                      FROM bench_case c
                      JOIN award_consensus v
                        ON v.submission_id = c.submission AND v.phase = 'site'
                      JOIN award_consensus d
                        ON d.submission_id = c.submission AND d.phase = 'document'
                      JOIN award_consensus_line l ON l.consensus_id = d.id
                      JOIN award_criterion i ON i.id = l.criterion_id) AS visited
             ORDER BY site, sequence""",
    _CONSENSUS[2],
)
_DEFENCES = (
    """INSERT INTO award_defence (submission_id, edition_id, state, title, company_id,
                   position, held_on)
            SELECT submission, %(edition)s, 'planned', 'B' || k, %(company)s, k,
                   current_date FROM bench_case ORDER BY k""",
    """INSERT INTO award_expert (company_id, name, pool_kind, standing)
            SELECT %(company)s, '审议 ' || %(edition)s || '/' || place, 'deliberator',
                   'active' FROM generate_series(1, %(experts)s) AS place""",
    """INSERT INTO award_defence_score (defence_id, expert_id, state, title, company_id,
                   points, is_scored)
            SELECT d.id, e.id, 'draft', 'B' || c.k, %(company)s,
                   20000 + abs(hashint8(d.id * 65537 + e.id)) %% 800 * 75, true
              FROM bench_case c JOIN award_defence d ON d.submission_id = c.submission
              JOIN award_expert e
                ON e.name LIKE '审议 ' || %(edition)s || '/%%'""",
)


class Load:
    """Cases of one edition, brought on step by step."""

    def __init__(self, env, ground: Ground, edition: int, cases: int):
        self._cr = env.cr
        self._ground = ground
        self._values = {
            "cases": cases,
            "company": ground.company,
            "award_class": ground.award_class,
            "criteria": ground.criteria,
            "reviewer": ground.users["reviewer"],
            "edition": edition,
            "experts": EXPERTS,
            "per_panel": CASES_PER_PANEL,
            "document_review": ground.stages["document_review"],
            "content": self._content(env),
        }

    def _content(self, env):
        items = env["award.criteria"].browse(self._ground.criteria)._items()
        chapters = {item.number: CHAPTER for item in items}
        return env["award.submission"]._fields["content"].convert_to_column(
            {"chapters": chapters, "profile": CHAPTER}, env["award.submission"]
        )

    def _run(self, statements):
        for statement in statements:
            self._cr.execute(statement, self._values)

    def again(self):
        """Take an edition up again that another load brought this far."""
        self._cr.execute(_TEMPORARY)
        self._cr.execute(
            """INSERT INTO bench_case (k, organisation, application, submission, panel)
                    SELECT right(a.name, -2)::integer, a.applicant_id, a.id, s.id,
                           t.panel_id
                      FROM award_application a
                      JOIN award_submission s ON s.application_id = a.id
                      JOIN award_assignment t ON t.submission_id = s.id
                     WHERE a.edition_id = %(edition)s""",
            self._values,
        )
        return self

    def to_office(self):
        """Handed in and accepted, at the review of documents; nobody has begun."""
        self._cr.execute(_TEMPORARY)
        self._run(_CASES)
        stage = self._ground.stages["document_review"]
        mine = SQL("edition_id = %s", self._values["edition"])
        self._move("award.application", "submit", "draft", "submitted", mine, stage)
        self._move(
            "award.application", "accept", "submitted", "accepted", mine, stage, stage
        )
        return self

    def to_review(self):
        """The same, panels confirmed, sheets scored but not locked."""
        self.to_office()
        mine = SQL("edition_id = %s", self._values["edition"])
        self._run(_PANELS)
        self._move("award.panel", "confirm", "draft", "confirmed", mine)
        cases = SQL("submission_id IN (SELECT submission FROM bench_case)")
        self._move("award.interest", "declare_none", "draft", "none", cases)
        self._run(_SHEETS)
        return self

    def to_ranking(self):
        """Sheets locked, consensus agreed: the documents may be ranked."""
        cases = SQL("submission_id IN (SELECT submission FROM bench_case)")
        self._move("award.sheet", "lock", "draft", "locked", cases)
        self._run(_CONSENSUS)
        self._move("award.consensus", "agree", "draft", "agreed", cases)
        return self

    def to_composite(self):
        """Visited and defended before seven judges: the whole may be ranked."""
        cases = SQL("submission_id IN (SELECT submission FROM bench_case)")
        self._run(_SITE)
        self._move("award.consensus", "agree", "draft", "agreed", cases)
        self._run(_DEFENCES)
        scores = SQL(
            "defence_id IN (SELECT id FROM award_defence WHERE edition_id = %s)",
            self._values["edition"],
        )
        self._move("award.defence.score", "lock", "draft", "locked", scores)
        mine = SQL("edition_id = %s", self._values["edition"])
        self._move("award.defence", "hold", "planned", "held", mine)
        self._move(
            "award.application", "advance", "accepted", "accepted", mine,
            self._ground.stages["composite"], self._ground.stages["document_review"],
        )
        return self

    def _move(self, model, move, source, target, where, stage=None, stage_from=None):
        """Register rows first, then the state that they allow."""
        table = SQL.identifier(model.replace(".", "_"))
        here = SQL("state = %s AND %s", source, where)
        self._cr.execute(
            SQL(
                """INSERT INTO award_transition (model, res_id, move, state_from,
                          state_to, stage_from, stage_to, user_id, at, company_id)
                   SELECT %s, id, %s, %s, %s, %s, %s, 1, now() AT TIME ZONE 'UTC', %s
                     FROM %s WHERE %s""",
                model, move, source, target, stage_from, stage,
                self._ground.company, table, here,
            )
        )
        columns = SQL("state = %s", target)
        if stage:
            columns = SQL("%s, stage_id = %s", columns, stage)
        self._cr.execute(SQL("UPDATE %s SET %s WHERE %s", table, columns, here))
