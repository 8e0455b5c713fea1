"""Rows of a province for the benchmarks, beside `province_rows`: monthly reports, permits, what projects need.

They follow the same projects and months. A project that is signed or further has a permit path with every step of it,
so many of them granted as the dice say; every figure that was reported came with a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

FLAGS = ("eia_form", "land_granted", "soil_water")

# A report and its only version have the same number, so that each can name the other.
REPORTS = """
CREATE TABLE benchmark.report AS
SELECT row_number() OVER (ORDER BY month, county, id) AS number, * FROM benchmark.month WHERE actual IS NOT NULL;
INSERT INTO projects_monthlyreport (id, division_id, version, created_at, updated_at, project_id, month, state,
    current_id, given_at, is_late, typed)
SELECT number, division_id, 1, at, at, id, month, 'given', number, at, false, '{}' FROM benchmark.report
ORDER BY number;
INSERT INTO projects_monthlyreportversion (id, report_id, number, at, user_id, post_id, done, progress, received,
    sources, next_plan, text, reason, is_late, confirmed, origin)
SELECT r.number, r.number, 1, r.at, c.users[r.worker], c.posts[r.worker], r.actual, benchmark.dice(r.number, 22, 100),
    r.planned, '{}', r.planned, '本月完成计划', '', false, '[]', ''
FROM benchmark.report AS r JOIN benchmark.county AS c ON c.number = r.county
ORDER BY r.number;
SELECT setval(pg_get_serial_sequence(name, 'id'), (SELECT max(number) FROM benchmark.report))
FROM unnest(ARRAY['projects_monthlyreport', 'projects_monthlyreportversion']) AS name;
"""

STEP_TABLE = """
CREATE TABLE benchmark.step (place int, key text, name text, english text, agency_kind text)
"""

PLANS = """
INSERT INTO projects_permitplan (division_id, version, created_at, updated_at, project_id, path, variant, flags,
    start_on, is_not_before, is_reached, read_on, read_at)
SELECT division_id, 1, now(), now(), id, 'enterprise_filing', 'standard', %s, start_on, false, course >= 18,
    current_date, now()
FROM benchmark.project,
    LATERAL (SELECT CASE WHEN course >= 18 THEN started_on ELSE current_date + 120 END AS start_on) AS s
WHERE course BETWEEN 8 AND 27 ORDER BY id
"""

# Granted up to the step that the dice say; that one is filed, a third of them over their limit; the others wait.
STEPS = """
INSERT INTO projects_permitstep (division_id, version, created_at, updated_at, plan_id, project_id, key, place, applies,
    name, english, agency_kind, agency_id, filed_on, accepted_on, granted_on, extended, number, state, due_on, is_over,
    forecast_on, slack_days, is_critical)
SELECT p.division_id, 1, now(), now(), plan.id, p.id, step.key, step.place, true, step.name, step.english,
    step.agency_kind, c.agencies[1 + step.place % cardinality(c.agencies)],
    CASE WHEN step.place <= d.done THEN current_date - 30 END,
    CASE WHEN step.place <= d.done THEN current_date - 28 END,
    CASE WHEN step.place < d.done THEN current_date - 20 END, 0,
    CASE WHEN step.place < d.done THEN step.key || p.id ELSE '' END,
    CASE WHEN step.place < d.done THEN 'done' WHEN step.place = d.done THEN 'running'
        WHEN step.place = d.done + 1 THEN 'fileable' ELSE 'waiting' END,
    CASE WHEN step.place = d.done THEN current_date + 5 - p.n % 3 * 5 END,
    step.place = d.done AND p.n % 3 = 2,
    CASE WHEN step.place >= d.done THEN current_date + (step.place - d.done) * 15 END, p.n % 4 * 5, p.n % 4 = 0
FROM projects_permitplan AS plan JOIN benchmark.project AS p ON p.id = plan.project_id
JOIN benchmark.county AS c ON c.number = p.county, benchmark.step AS step,
    LATERAL (SELECT benchmark.dice(p.id, 23, 12) AS done) AS d
ORDER BY p.id, step.place
"""

NEEDS = """
INSERT INTO projects_resourceneed (division_id, version, created_at, updated_at, project_id, factor, what, source,
    amount, needed_by, agency_id, committed, delivered, undelivered, overdue_on, dropped_reason)
SELECT p.division_id, 1, now(), now(), p.id, f.factor, '', '', CASE WHEN f.turn = 4 THEN NULL ELSE f.amount END,
    current_date + benchmark.dice(p.id * 8 + f.turn, 24, 300),
    c.agencies[1 + (p.worker + f.turn)::int % cardinality(c.agencies)], f.committed, f.delivered,
    f.committed - f.delivered,
    CASE WHEN f.committed > f.delivered THEN current_date + benchmark.dice(p.id * 8 + f.turn, 25, 120) - 20 END, ''
FROM benchmark.project AS p JOIN benchmark.county AS c ON c.number = p.county,
    LATERAL (SELECT factor, turn, 100 AS amount, 25 * benchmark.dice(p.id * 8 + turn, 26, 5) AS committed,
            CASE WHEN benchmark.dice(p.id * 8 + turn, 27, 2) = 0 THEN 0
                ELSE 25 * benchmark.dice(p.id * 8 + turn, 26, 5) END AS delivered
        FROM unnest(ARRAY['land', 'energy', 'labor', 'power']) WITH ORDINALITY AS t (factor, turn)) AS f
WHERE p.course BETWEEN 8 AND 27 ORDER BY p.id;
INSERT INTO projects_resourcecommitment (division_id, version, created_at, updated_at, need_id, agency_id, amount,
    until, document, delivered, withdrawn_reason, post_id, at)
SELECT need.division_id, 1, now(), now(), need.id, need.agency_id, need.committed,
    coalesce(need.overdue_on, current_date), '', need.delivered, '', c.posts[p.worker], now()
FROM projects_resourceneed AS need JOIN benchmark.project AS p ON p.id = need.project_id
JOIN benchmark.county AS c ON c.number = p.county
WHERE need.committed > 0 ORDER BY need.id;
"""


def write_topics(cursor: CursorWrapper) -> None:
    """Reports, permits and needs of every project in `benchmark.project`."""
    cursor.execute(REPORTS)
    _write_steps(cursor)
    cursor.execute(PLANS, [list(FLAGS)])
    for statement in (STEPS, NEEDS):
        cursor.execute(statement)


def _write_steps(cursor: CursorWrapper) -> None:
    """The steps of a path of the package, as they apply to everybody here."""
    from sushui.projects.adapter.permits import steps_of
    from sushui.projects.enums import PermitPath, PermitVariant

    laws = steps_of(PermitPath.ENTERPRISE_FILING, PermitVariant.STANDARD, None, FLAGS)
    cursor.execute(STEP_TABLE)
    cursor.executemany(
        "INSERT INTO benchmark.step VALUES (%s, %s, %s, %s, %s)",
        [(place, law.key, law.said.name, law.said.english, law.agency_kind) for place, law in enumerate(laws)],
    )
