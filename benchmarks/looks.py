"""How long the ways to look at the ledger take at 500 and 5,000 projects, on the server and in a browser.

    python -m benchmarks.looks            # both sizes, a few minutes
    python -m benchmarks.looks 500        # one size

On the server each page is asked for in this process, through every middleware and template. In the browser (Chromium,
where there is one) a page counts as ready when its last row or card can be read; the Gantt chart is then scrolled from
top to bottom and each frame is timed.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from benchmarks.world import Sample, World, database, machine, measure

SIZES = (500, 5_000)
RUNS = 30
PAGES = {"grid": "ledger", "board": "board", "Gantt": "gantt", "Gantt rows": "gantt-rows", "map": "map"}
READY = {
    "grid": "tr[data-row]",
    "board": ".card-project",
    "Gantt": "[data-here='{size}']",
    "map": ".map-table tbody tr",
}
ARGUMENTS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
SCROLL = """
async () => {
  const box = document.querySelector('[data-gantt-box]');
  const frames = [];
  let last = performance.now();
  for (let step = 0; step < 200; step += 1) {
    box.scrollTop += 120;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames.sort((one, other) => one - other);
}
"""
PROJECTS = """
INSERT INTO projects_project (division_id, version, created_at, updated_at, code, code_flaw, name, content, owner_name,
    owner_code, owner_code_flaw, industry_code, level, sector, stage, stage_on, stage_note, agency_id, place_text,
    total_investment, planned_start_month, planned_completion_month, started_on, enrollment_note, note, light,
    light_since_on)
SELECT %(division)s, 1, now(), now(), '', '', '项目 ' || n, '', '', '', '', '', 'county', 'industry',
    (ARRAY['planned', 'signed', 'pre_construction', 'under_construction', 'completed'])[1 + n %% 5], current_date, '',
    (%(agencies)s::bigint[])[1 + n %% 10], '', n * 10000, date_trunc('month', current_date - n %% 900),
    date_trunc('month', current_date + n %% 900), current_date - n %% 900, '', '',
    (ARRAY['green', 'yellow', 'red'])[1 + n %% 3], current_date
FROM generate_series(%(start)s + 1, %(start)s + %(count)s) AS n
"""
STEPS = """
INSERT INTO projects_milestone (division_id, version, created_at, updated_at, project_id, name, planned_on, evidence)
SELECT division_id, 1, now(), now(), id, '节点 ' || step, current_date + step * 60 - id::int %% 400, ''
FROM projects_project, generate_series(1, 4) AS step WHERE id > %(start)s
"""
MONTHS = """
INSERT INTO projects_projectmonth (division_id, project_id, month, planned, actual)
SELECT division_id, id, make_date(extract(year FROM current_date)::int, month, 1), 100000, 90000
FROM projects_project, generate_series(1, 12) AS month WHERE id > %(start)s
"""


def main() -> None:
    """Print a table for each size."""
    os.environ["SUSHUI_DEVELOPMENT"] = "true"  # a plain server without TLS
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    print(machine())
    with database():
        world, before = World(), 0
        for size in sizes:
            grow(world, before, size)
            before = size
            print(f"\n{size:,} projects\n{'page':<24}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}")
            for sample in _samples(world):
                print(f"{sample.name:<24}{sample.p50:>9.1f}{sample.p95:>9.1f}{sample.queries:>9}")
            for line in _in_browser(world, size):
                print(line)


def grow(world: World, before: int, size: int) -> None:
    """Write projects straight into the tables until there are ``size``."""
    from django.db import connection

    values = {"division": world.county.county.pk, "agencies": world.agencies, "start": before, "count": size - before}
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM projects_project")
        (last,) = cursor.fetchone()
        cursor.execute(PROJECTS, values)
        for statement in (STEPS, MONTHS):
            cursor.execute(statement, {"start": last})
        cursor.execute("VACUUM ANALYZE")


def _samples(world: World) -> Iterator[Sample]:
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(world.county.user("leader"))

    def page(name: str) -> None:
        response = client.get(reverse(f"projects:{name}"))
        assert response.status_code == 200, (name, response.status_code)

    for label, name in {**PAGES, "chart for the wall": "wall-chart"}.items():
        yield measure(label, lambda _number, name=name: page(name), RUNS)


# --- in a browser ----------------------------------------------------------------------------------------------------
class _Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Say nothing of each request."""


def _in_browser(world: World, size: int) -> Iterator[str]:
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application
    from django.test import Client
    from django.urls import reverse
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    client = Client()
    client.force_login(world.county.user("leader"))
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    with make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), WSGIServer, _Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        with sync_playwright() as engine:
            chromium = os.environ.get("SUSHUI_CHROMIUM", "/usr/bin/chromium")
            browser = engine.chromium.launch(executable_path=chromium, args=ARGUMENTS.split())
            context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
            tab = context.new_page()
            for label, ready in READY.items():
                tab.goto(f"{address}{reverse('projects:' + PAGES[label])}", wait_until="commit")
                tab.wait_for_selector(ready.format(size=size), timeout=60_000)
                interactive = tab.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
                whole = tab.evaluate("performance.now()")
                yield f"{label:<24}{interactive:>9.0f} ms to interactive, {whole:.0f} ms to all"
                if label == "Gantt":
                    frames = tab.evaluate(SCROLL)
                    p95 = frames[int(0.95 * (len(frames) - 1))]
                    middle, worst = frames[len(frames) // 2], frames[-1]
                    yield f"{'  scrolled':<24}{middle:>9.1f} ms a frame, p95 {p95:.1f}, worst {worst:.1f}"
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
