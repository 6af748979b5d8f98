"""Whether each record of a database is in exactly one consistent state.

Asked from outside, in SQL, against the table of lifecycles: what an interrupted act
would leave half-done shows as a line here.
"""

import hashlib
import json

from scripts import databases, generate_docs

#: Cases that are under way, and those that have come to an end.
LIVE = ("submitted", "accepted")
ENDED = ("not_accepted", "eliminated", "decided", "withdrawn", "disqualified")

STATE = """
SELECT '{model} ' || r.id || ': ' || r.state || ', the register says '
       || COALESCE(t.state_to, '{initial}')
  FROM {table} r
  LEFT JOIN LATERAL (
       SELECT state_to FROM award_transition
        WHERE model = '{model}' AND res_id = r.id ORDER BY seq DESC LIMIT 1) t ON TRUE
 WHERE r.state IS DISTINCT FROM COALESCE(t.state_to, '{initial}')
"""
CHAINS = """
SELECT model || ' ' || res_id || ': register row ' || seq || ' does not follow'
  FROM (SELECT *, lag(state_to) OVER w AS state_before, lag(stage_to) OVER w
               AS stage_before, row_number() OVER w AS place
          FROM award_transition
        WINDOW w AS (PARTITION BY model, res_id ORDER BY seq)) t
 WHERE seq <> place
    OR place > 1 AND (state_from, stage_from)
       IS DISTINCT FROM (state_before, stage_before)
"""
STAGES = f"""
SELECT 'award.application ' || a.id || ' (' || a.state || '): open stages '
       || s.everywhere || ', of them its own ' || s.own
  FROM award_application a
 CROSS JOIN LATERAL (
       SELECT count(*) AS everywhere,
              count(*) FILTER (WHERE scheme_stage_id = a.stage_id) AS own
         FROM award_case_stage WHERE application_id = a.id AND state = 'open') s
 WHERE a.state IN {LIVE} AND (s.everywhere, s.own) <> (1, 1)
    OR a.state IN {ENDED} AND s.everywhere <> 0
"""
STAGE_OF_CASE = """
SELECT 'award.application ' || a.id || ': stage ' || COALESCE(a.stage_id, 0)
       || ', the register says ' || COALESCE(t.stage_to, 0)
  FROM award_application a
  LEFT JOIN LATERAL (
       SELECT stage_to FROM award_transition
        WHERE model = 'award.application' AND res_id = a.id
        ORDER BY seq DESC LIMIT 1) t ON TRUE
 WHERE a.stage_id IS DISTINCT FROM t.stage_to
"""
#: What an act does besides its own state.
CONSEQUENCES = """
SELECT 'award.application ' || a.id || ': submitted ' || count(s.id) || ' version(s)'
  FROM award_application a
  LEFT JOIN award_submission s ON s.application_id = a.id
 WHERE EXISTS (SELECT FROM award_transition WHERE model = 'award.application'
                  AND res_id = a.id AND move = 'submit')
 GROUP BY a.id
HAVING count(s.id) FILTER (WHERE s.is_current) <> 1
    OR max(s.version) <> count(s.id)
UNION ALL
SELECT 'award.submission ' || s.id || ': a version of a draft'
  FROM award_submission s JOIN award_application a ON a.id = s.application_id
 WHERE NOT EXISTS (SELECT FROM award_transition WHERE model = 'award.application'
                      AND res_id = a.id AND move = 'submit')
UNION ALL
SELECT 'award.recommendation ' || r.id || ': signed, the case stays'
  FROM award_recommendation r
  JOIN award_case_stage c ON c.application_id = r.application_id AND c.state = 'open'
  JOIN award_stage k ON k.id = c.scheme_stage_id AND k.kind = 'recommendation'
 WHERE r.state = 'signed'
UNION ALL
SELECT 'award.qualification ' || q.id || ': decided, the case stays'
  FROM award_qualification q
  JOIN award_case_stage c ON c.application_id = q.application_id AND c.state = 'open'
  JOIN award_stage k ON k.id = c.scheme_stage_id AND k.kind = 'qualification'
 WHERE q.state = 'decided'
UNION ALL
SELECT 'award.sheet ' || s.id || ': locked with gaps'
  FROM award_sheet s JOIN award_sheet_line l ON l.sheet_id = s.id
 WHERE s.state = 'locked' AND l.percent IS NULL GROUP BY s.id
UNION ALL
SELECT 'award.list ' || l.id || ': ' || l.state || ' and its seal do not agree'
  FROM award_list l WHERE (l.state = 'adopted') <> (l.content_hash IS NOT NULL)
"""
HASHES = "SELECT id, content_hash, content FROM award_submission ORDER BY id"


def _digest(content: dict) -> str:
    """SHA-256 of the canonical JSON, as docs/architecture.md defines it."""
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def violations(database: str) -> list[str]:
    """One line for each record that is not in exactly one consistent state."""
    questions = [
        STATE.format(
            model=model, table=model.replace(".", "_"), initial=lifecycle.initial
        )
        for model, lifecycle in generate_docs.load_lifecycle().LIFECYCLES.items()
    ]
    questions += [CHAINS, STAGES, STAGE_OF_CASE, CONSEQUENCES]
    found = databases.sql("\nUNION ALL\n".join(questions), database).splitlines()
    for row in databases.sql(HASHES, database).splitlines():
        number, digest, content = row.split("|", 2)
        if digest != _digest(json.loads(content)):
            found.append(f"award.submission {number}: not the content of its hash")
    return sorted(found)
