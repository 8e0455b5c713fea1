"""The rows of a province for the benchmarks, in bulk SQL: projects with their figures, liaisons with visits, tasks.

Rows of different counties lie mixed in every table, as they would after years: an order with its tasks, 32 projects, a
month of a county's figures come together, then the next county's. Every number is thrown from the row's own number, so
that the same size always gives the same rows.

What a search stores the house itself makes once for each title (`kernel.search.vector_text`), and it reads the lights
of the projects (`projects.services.light_due`, which `province` measures).
"""

from __future__ import annotations

from string import Template

PROJECTS = 256  # a county
ORDER = 50  # tasks of an order

BASE = """
CREATE FUNCTION benchmark.dice(number bigint, salt int, sides int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT ((hashint8extended(number, salt) & 2147483647) % sides)::int $$;
CREATE TABLE benchmark.title (number int PRIMARY KEY, title text, vector tsvector);
"""

# --- projects: number n of county c has the key and the subject ``id`` ----------------------------------------------
SPINE = f"""
CREATE TABLE benchmark.project AS
SELECT row_number() OVER (ORDER BY n / 32, c.number, n) AS id, c.number AS county, n, c.division_id,
    1 + benchmark.dice(c.number * 1000 + n, 1, cardinality(c.agencies)) AS worker, n % 32 AS course,
    current_date - 60 - benchmark.dice(c.number * 1000 + n, 2, 600) AS started_on,
    (1 + benchmark.dice(c.number * 1000 + n, 3, 400)) * 5000000 AS total
FROM benchmark.county AS c, generate_series(0, {PROJECTS - 1}) AS n;
ALTER TABLE benchmark.project ADD PRIMARY KEY (id);
ANALYZE benchmark.project;
"""

SUBJECTS = """
INSERT INTO kernel_subject (id, kind, object_id, label, url, division_id, agency_id, search_text, search)
SELECT p.id, 'project', p.id, t.title, '/projects/' || p.id || '/', p.division_id, c.agencies[p.worker], p.code,
    t.vector || ('''+2601'':8001 ''+140826'':8002 ''+89'':8003 ''+01'':8004 ''+' || lpad(p.id::text, 6, '0')
    || ''':8005 ''+' || replace(p.code, '-', '') || ''':8001')::tsvector
FROM (SELECT *, '2601-140826-89-01-' || lpad(id::text, 6, '0') AS code FROM benchmark.project) AS p
JOIN benchmark.county AS c ON c.number = p.county
JOIN benchmark.title AS t ON t.number = (p.id * 31) % (SELECT count(*) FROM benchmark.title)
ORDER BY p.id
"""

PROJECT_ROWS = """
INSERT INTO projects_project (id, division_id, version, created_at, updated_at, subject_id, code, code_flaw, name,
    content, owner_name, owner_code, owner_code_flaw, industry_code, cluster_id, level, sector, stage, stage_on,
    stage_note, agency_id, place_id, place_text, total_investment, first_start_month, planned_start_month, started_on,
    completed_on, enrolled_on, enrollment_note, note, light)
SELECT p.id, p.division_id, 1, now(), now(), p.id, s.search_text, '', s.label, '', '业主公司', '', '', '3670',
    c.clusters[1 + p.n % 6], (ARRAY['province', 'city', 'county', 'other'])[1 + p.n % 4],
    (ARRAY['industry', 'infrastructure', 'livelihood', 'energy', 'agriculture', 'services'])[1 + p.n % 6],
    CASE WHEN course < 4 THEN 'planned' WHEN course < 8 THEN 'in_pipeline' WHEN course < 11 THEN 'signed'
        WHEN course < 13 THEN 'established' WHEN course < 18 THEN 'pre_construction'
        WHEN course < 28 THEN 'under_construction' WHEN course = 28 THEN 'completed'
        WHEN course = 29 THEN 'in_production' WHEN course = 30 THEN 'at_design_capacity' ELSE 'suspended' END,
    current_date - 90, '', c.agencies[p.worker], c.places[1 + p.n % cardinality(c.places)], '', p.total,
    start, start, CASE WHEN course >= 18 THEN p.started_on END,
    CASE WHEN course BETWEEN 28 AND 30 THEN current_date - 30 END,
    CASE WHEN course >= 18 AND p.n % 10 < 7 THEN p.started_on + 40 END, '', '', 'none'
FROM (SELECT *, date_trunc('month', CASE WHEN course >= 18 THEN started_on
        ELSE current_date - 60 + benchmark.dice(id, 4, 300) END)::date AS start FROM benchmark.project) AS p
JOIN benchmark.county AS c ON c.number = p.county JOIN kernel_subject AS s ON s.id = p.id
ORDER BY p.id
"""

# Planned and actual investment of the months since the beginning of last year, for what is being built or soon will be.
MONTHS = """
CREATE TABLE benchmark.month AS
SELECT p.id, p.county, p.division_id, p.worker, m::date AS month, round(p.total / 40.0, 2) AS planned,
    CASE WHEN p.course >= 18 AND m < date_trunc('month', current_date) AND benchmark.dice(p.id * 100 + k, 5, 12) > 0
        OR p.course >= 18 AND m < current_date AND benchmark.dice(p.id * 100 + k, 6, 5) = 0
        THEN round(p.total / 40.0 * (60 + benchmark.dice(p.id * 100 + k, 7, 55)) / 100, 2) END AS actual,
    CASE WHEN m < date_trunc('month', current_date) THEN m + interval '1 month 3 days'
        ELSE now() - make_interval(hours => benchmark.dice(p.id, 8, 72)) END AS at
FROM benchmark.project AS p, generate_series(date_trunc('year', current_date) - interval '1 year',
    date_trunc('year', current_date) + interval '11 months', interval '1 month') WITH ORDINALITY AS s (m, k)
WHERE p.course >= 13
ORDER BY m, p.county, p.id;
INSERT INTO projects_projectmonth (division_id, project_id, month, planned, actual)
SELECT division_id, id, month, planned, actual FROM benchmark.month;
INSERT INTO projects_monthlyfigure (project_id, division_id, month, kind, number, amount, at, user_id, post_id, reason,
    origin, is_late)
SELECT m.id, m.division_id, m.month, f.kind, 1, f.amount, CASE f.kind WHEN 'plan' THEN m.month - 20 ELSE m.at END,
    c.users[m.worker], c.posts[m.worker], '', '', false
FROM benchmark.month AS m JOIN benchmark.county AS c ON c.number = m.county,
    LATERAL (VALUES ('plan', m.planned), ('actual', m.actual)) AS f (kind, amount)
WHERE f.amount IS NOT NULL
ORDER BY m.month, m.county, m.id;
INSERT INTO projects_yearplan (project_id, year, amount)
SELECT id, extract(year FROM month), sum(planned) FROM benchmark.month GROUP BY 1, 2 ORDER BY 2, 1;
"""

PROJECT_FACTS = """
INSERT INTO projects_projectfunding (project_id, year, source, amount)
SELECT id, 0, source, round(total / 3.0, 2) FROM benchmark.project,
    unnest(ARRAY['special_bonds', 'bank_loans', 'own_funds']) AS source;
INSERT INTO projects_milestone (division_id, version, created_at, updated_at, project_id, name, planned_on, reached_on,
    evidence)
SELECT division_id, 1, now(), now(), id, '节点' || k, day, CASE WHEN day < current_date - 20 THEN day END, ''
FROM benchmark.project, generate_series(1, 4) AS k,
    LATERAL (SELECT current_date - 400 + 130 * k + benchmark.dice(id * 10 + k, 9, 100) AS day) AS d;
INSERT INTO projects_bottleneck (division_id, version, created_at, updated_at, project_id, kind, text, found_on,
    agency_id, stage, step, resolved_on, resolution)
SELECT p.division_id, 1, now(), now(), p.id, 'land', '用地未批', current_date - benchmark.dice(p.id * 4 + k, 10, 120),
    c.agencies[p.worker], '', '', CASE WHEN k > 0 THEN current_date END, ''
FROM benchmark.project AS p JOIN benchmark.county AS c ON c.number = p.county, generate_series(0, 2) AS k
WHERE p.n % 8 = 0;
INSERT INTO projects_fundsreceived (project_id, source, document, received_on, amount, required, post_id, at)
SELECT p.id, 'special_bonds', '', current_date - 200, round(p.total / 4.0, 2), '[]', c.posts[p.worker], now()
FROM benchmark.project AS p JOIN benchmark.county AS c ON c.number = p.county WHERE p.n % 4 = 1;
INSERT INTO projects_fundspaid (received_id, paid_on, amount, note, reason, post_id, at)
SELECT id, current_date - 100 + 40 * k, round(amount / 4, 2), '', '', post_id, now()
FROM projects_fundsreceived, generate_series(1, 2) AS k;
INSERT INTO projects_stagechange (project_id, division_id, before, after, "on", at, post_id, note)
SELECT p.id, p.division_id, CASE WHEN k = 0 THEN '' ELSE 'established' END,
    CASE WHEN k = 0 THEN 'planned' ELSE 'pre_construction' END, day, day, c.posts[p.worker], ''
FROM benchmark.project AS p JOIN benchmark.county AS c ON c.number = p.county, generate_series(0, 2) AS k,
    LATERAL (SELECT current_date - benchmark.dice(p.id * 4 + k, 11, 500) AS day) AS d
ORDER BY day, p.county;
INSERT INTO projects_lightturn (project_id, division_id, before, after, rules, "on", at)
SELECT id, division_id, (ARRAY['green', 'yellow', 'red'])[1 + benchmark.dice(id * 8 + k, 12, 3)],
    (ARRAY['yellow', 'red', 'green'])[1 + benchmark.dice(id * 8 + k, 12, 3)], '{}', day, day
FROM benchmark.project, generate_series(1, 4) AS k,
    LATERAL (SELECT current_date - benchmark.dice(id * 8 + k, 13, 365) AS day) AS d
WHERE course >= 13 ORDER BY day, county;
INSERT INTO kernel_auditline (division_id, at, user_name, post_name, verb, target, before, after, note, digest)
SELECT division_id, now(), '', '', 'report_figures', 'projects.project:' || id, '{}', '{}', '', ''
FROM generate_series(1, 6) AS k, benchmark.project ORDER BY k, county, id;
"""

# --- liaison ---------------------------------------------------------------------------------------------------------
LIAISONS = """
INSERT INTO liaison_liaison (division_id, version, created_at, updated_at, subject_id, role, post_id, agency_id,
    from_on, source, last_visit_on, waits_since_on)
SELECT p.division_id, 1, now(), now(), p.id, role,
    CASE role WHEN 'leader' THEN c.leaders[1 + p.n % cardinality(c.leaders)] WHEN 'officer' THEN c.posts[p.worker] END,
    CASE role WHEN 'agency' THEN c.agencies[p.worker] END, current_date - 400, '', waits, waits
FROM benchmark.project AS p JOIN benchmark.county AS c ON c.number = p.county,
    unnest(ARRAY['leader', 'agency', 'officer']) AS role,
    LATERAL (SELECT current_date - benchmark.dice(p.id, 14, 70) AS waits) AS w
WHERE p.course >= 8 ORDER BY p.id;
INSERT INTO liaison_visit (division_id, version, created_at, updated_at, subject_id, post_id, user_id, agency_id,
    leader_post_id, visited_on, way, place, companions, seen, logged_on, withdrawn_reason, search)
SELECT p.division_id, 1, now(), now(), p.id, c.posts[p.worker], c.users[p.worker], c.agencies[p.worker],
    c.leaders[1 + p.n % cardinality(c.leaders)], day, 'on_site', '', '', s.label, day, '', s.search
FROM benchmark.project AS p JOIN benchmark.county AS c ON c.number = p.county JOIN kernel_subject AS s ON s.id = p.id,
    generate_series(1, 8) AS k, LATERAL (SELECT current_date - benchmark.dice(p.id * 16 + k, 15, 400) AS day) AS d
WHERE p.course >= 8 ORDER BY day, p.county, p.id;
"""

FINDINGS = """
INSERT INTO liaison_finding (visit_id, number, text, task_id)
SELECT v.id, 1, '现场问题', t.id
FROM (SELECT id, division_id, row_number() OVER (PARTITION BY division_id ORDER BY id) AS k FROM liaison_visit
    WHERE id % 10 = 0) AS v
JOIN (SELECT id, division_id, row_number() OVER (PARTITION BY division_id ORDER BY id DESC) AS k
    FROM supervision_supervisedtask WHERE subject_id IS NOT NULL) AS t USING (division_id, k)
"""

# --- tasks: a tenth is open, most of them young -----------------------------------------------------------------------
ORDERS = Template("""
INSERT INTO supervision_supervisionorder (division_id, version, created_at, updated_at, year, number, kind, source,
    title, issued_on, issuer_post_id, issuer_agency_id, note)
SELECT c.division_id, 1, now(), now(), extract(year FROM day), j, 'assignment',
    (ARRAY['meeting', 'instruction', 'document', 'work_list'])[1 + j % 4], '重点工作清单', day,
    c.issuer_post, c.issuer_agency, ''
FROM benchmark.county AS c, generate_series(1, $orders) AS j,
    LATERAL (SELECT (current_date - ($orders - j) * 1461 / $orders - 1)::date AS day) AS d
ORDER BY j, c.number
""")

# The tasks of one order of every county.
TASKS = Template("""
INSERT INTO supervision_supervisedtask (division_id, version, created_at, updated_at, order_id, number, title, section,
    kind, state, subject_id, leader_post_id, leader_text, lead_agency_id, awaited_agency_id, deadline_text, node_cycle,
    note, assigned_on, closed_on, grade, is_open, is_late, returned_count, due_on, is_provisional, yellow_on, red_on,
    search)
SELECT o.division_id, 1, now(), now(), o.id, i, t.title, '', CASE i % 5 WHEN 0 THEN 'major' ELSE 'general' END,
    CASE WHEN x.is_draft THEN 'drafted' WHEN x.is_open THEN (ARRAY['assigned', 'in_progress', 'in_progress'])[1 + i % 3]
        ELSE 'closed' END,
    CASE WHEN i % 5 = 1 THEN (SELECT id FROM benchmark.project AS p
        WHERE p.county = c.number AND p.n = benchmark.dice(x.key, 16, $projects)) END,
    c.leaders[1 + i % cardinality(c.leaders)], '', c.agencies[x.worker],
    CASE WHEN x.is_open THEN c.agencies[x.worker] END, '', '', '', CASE WHEN NOT x.is_draft THEN o.issued_on + 1 END,
    CASE WHEN NOT x.is_draft AND NOT x.is_open
        THEN least(current_date, o.issued_on + 5 + benchmark.dice(x.key, 17, 55)) END,
    '', x.is_open, NOT x.is_open AND benchmark.dice(x.key, 18, 8) = 0, 0, CASE WHEN x.is_open THEN x.due END, false,
    CASE WHEN x.is_open THEN x.due - 1 END, CASE WHEN x.is_open THEN x.due + 3 END,
    t.vector || ('''+' || o.year || ''':8001 ''+' || o.number || ''':8002 ''+' || i || ''':8003 ''+'
        || o.year || o.number || i || ''':8001')::tsvector
FROM benchmark.county AS c
JOIN supervision_supervisionorder AS o ON o.division_id = c.division_id AND o.number = $order,
    generate_series(1, $count) AS i,
    LATERAL (SELECT c.number * 100000::bigint + $order * 100 + i AS key) AS k,
    LATERAL (SELECT key, $order = $orders AND i > 46 AS is_draft,
        NOT ($order = $orders AND i > 46)
            AND benchmark.dice(key, 19, 100) < CASE WHEN $order > $orders * 0.94 THEN 80 ELSE 4 END AS is_open,
        1 + benchmark.dice(key, 20, cardinality(c.agencies)) AS worker,
        current_date + benchmark.dice(key, 21, 60) - 8 AS due) AS x
JOIN benchmark.title AS t ON t.number = (x.key * 17) % (SELECT count(*) FROM benchmark.title)
ORDER BY c.number, i
""")

PARTS = """
INSERT INTO supervision_taskpart (division_id, version, created_at, updated_at, task_id, agency_id, role, state,
    handler_post_id, request, is_owner_decided, is_open, due_on, yellow_on, red_on)
SELECT t.division_id, 1, now(), now(), t.id, c.agencies[w.place], w.role,
    CASE WHEN t.state = 'drafted' THEN 'drafted' WHEN t.is_open THEN 'in_progress' WHEN w.role = 'lead' THEN 'answered'
        ELSE 'ended' END,
    CASE WHEN t.id % 3 = 0 THEN c.posts[w.place] END, '', false, t.is_open, t.due_on, t.yellow_on, t.red_on
FROM supervision_supervisedtask AS t JOIN benchmark.county AS c ON c.division_id = t.division_id,
    LATERAL (SELECT array_position(c.agencies, t.lead_agency_id) AS lead) AS l,
    LATERAL (VALUES ('lead', lead), ('supporting', 1 + (lead + 3) % cardinality(c.agencies))) AS w (role, place)
WHERE w.role = 'lead' OR t.number % 2 = 0
ORDER BY t.id
"""

CLOCKS = """
INSERT INTO supervision_taskclock (division_id, task_id, part_id, kind, label, started_on, length, unit, basis, pauses,
    original_due_on, due_on, is_provisional, yellow_on, red_on, met_on, first_day_counts, month_length, rest_day,
    stops_in_dispute, stops_when_returned)
SELECT part.division_id, part.task_id, part.id, CASE part.role WHEN 'lead' THEN 'result' ELSE 'answer_lead' END, '',
    task.assigned_on, 7, 'day', 'working', '[]', due, due, false, due - 1, due + 3, task.closed_on, true, 'same_date',
    'later', true, false
FROM supervision_taskpart AS part JOIN supervision_supervisedtask AS task ON task.id = part.task_id,
    LATERAL (SELECT coalesce(part.due_on, task.closed_on) AS due) AS d
WHERE task.state <> 'drafted' ORDER BY part.id
"""

STORY = """
INSERT INTO kernel_auditline (division_id, at, user_name, post_name, verb, target, before, after, note, digest)
SELECT division_id, now(), 'clockwork', '', verb, 'supervision.supervisedtask:' || id, '{}', '{}', '', ''
FROM supervision_supervisedtask, (VALUES ('draft_task'), ('assign_task')) AS act (verb) ORDER BY id
"""

NOTICES = """
INSERT INTO notices_notice (division_id, post_id, key, tone, msgid, params, url, at, read_at)
SELECT p.division_id, p.id, k, 'plain', 'Task', '{}', '/', now(), CASE WHEN k > 5 THEN now() END
FROM generate_series(1, 30) AS k, organizations_post AS p ORDER BY k, p.id
"""
