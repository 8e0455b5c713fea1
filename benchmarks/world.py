"""A county of any size for the benchmarks, written straight into the tables, in a database of its own.

A tenth of the tasks is open. Every task has a lead part, every second one a supporting part; every open part has its
running clock, every task two lines of its story. Ten agencies of departments share the work evenly.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True)
class Sample:
    """What one thing cost: milliseconds of each run, and the number of queries of one run."""

    name: str
    milliseconds: tuple[float, ...]
    queries: int

    @property
    def p50(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return sorted(self.milliseconds)[int(0.95 * (len(self.milliseconds) - 1))]


def machine() -> str:
    """The machine that the figures were measured on, in one line."""
    cpu = next((line.split(":")[1].strip() for line in _cpuinfo() if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {cpu}, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def _cpuinfo() -> list[str]:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


@contextmanager
def database(kept: Path | None = None) -> Iterator[None]:
    """An embedded PostgreSQL with every table of the house, durable as in production.

    It is gone afterwards, unless it is ``kept`` in a folder: then it only stops.
    """
    from sushui.kernel.postgres import EmbeddedPostgres

    with nullcontext(str(kept)) if kept else TemporaryDirectory(prefix="sushui-benchmark-") as folder:
        os.environ["SUSHUI_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "sushui.config.settings"
        os.environ.setdefault("SUSHUI_STATEMENT_TIMEOUT", "0")
        os.environ.setdefault("SUSHUI_LOG_LEVEL", "ERROR")
        os.environ.setdefault("SUSHUI_HOSTS", "testserver,127.0.0.1")
        server = EmbeddedPostgres(Path(folder) / "postgres")
        os.environ["DATABASE_URL"] = server.start()
        try:
            import django
            from django.core.management import call_command

            django.setup()
            call_command("migrate", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
            yield
        finally:
            from django.db import connections

            connections.close_all()
            server.stop() if kept else server.destroy()


TASKS = """
INSERT INTO supervision_supervisedtask (division_id, version, created_at, updated_at, order_id, number, title, section,
    kind, state, lead_agency_id, awaited_agency_id, leader_text, deadline_text, node_cycle, note, assigned_on, grade,
    is_open, is_late, returned_count, due_on, is_provisional, yellow_on, red_on, search)
SELECT %(division)s, 1, now(), now(), %(order)s, %(start)s + n,
    '重点工作 ' || (%(start)s + n) || ' 推进产业园区道路与管网建设', '', 'general',
    CASE WHEN n %% 10 = 0 THEN 'in_progress' ELSE 'closed' END,
    (%(agencies)s::bigint[])[1 + n %% 10], CASE WHEN n %% 10 = 0 THEN (%(agencies)s::bigint[])[1 + n %% 10] END,
    '', '', '', '', current_date - 5, '', n %% 10 = 0, false, 0,
    CASE WHEN n %% 10 = 0 THEN current_date + (n / 10) %% 40 - 10 END, false,
    CASE WHEN n %% 10 = 0 THEN current_date + (n / 10) %% 40 - 11 END,
    CASE WHEN n %% 10 = 0 THEN current_date + (n / 10) %% 40 - 4 END,
    to_tsvector('simple', '重点 点工 工作 推进 进产 产业 业园 园区 道路 管网 建设 ' || (%(start)s + n))
FROM generate_series(1, %(count)s) AS n
"""

PARTS = """
INSERT INTO supervision_taskpart (division_id, version, created_at, updated_at, task_id, agency_id, role, state,
    request, is_owner_decided, is_open, due_on, yellow_on, red_on)
SELECT division_id, 1, now(), now(), id, lead_agency_id, 'lead',
    CASE WHEN is_open THEN 'in_progress' ELSE 'answered' END, '', false, is_open, due_on, yellow_on, red_on
FROM supervision_supervisedtask WHERE number > %(start)s
UNION ALL
SELECT division_id, 1, now(), now(), id, (%(agencies)s::bigint[])[1 + (number + 3) %% 10], 'supporting',
    CASE WHEN is_open THEN 'in_progress' ELSE 'ended' END, '', false, is_open, due_on, yellow_on, red_on
FROM supervision_supervisedtask WHERE number > %(start)s AND number %% 2 = 0
"""

CLOCKS = """
INSERT INTO supervision_taskclock (division_id, task_id, part_id, kind, label, started_on, length, unit, basis, pauses,
    original_due_on, due_on, is_provisional, yellow_on, red_on, next_rung_on, first_day_counts, month_length, rest_day,
    stops_in_dispute, stops_when_returned)
SELECT part.division_id, part.task_id, part.id, CASE part.role WHEN 'lead' THEN 'result' ELSE 'answer_lead' END, '',
    current_date - 5, 7, 'day', 'working', '[]', part.due_on, part.due_on, false, part.yellow_on, part.red_on, NULL,
    true, 'same_date', 'later', true, false
FROM supervision_taskpart AS part JOIN supervision_supervisedtask AS task ON task.id = part.task_id
WHERE part.is_open AND task.number > %(start)s
"""

STORY = """
INSERT INTO kernel_auditline (division_id, at, user_name, post_name, verb, target, before, after, note, digest)
SELECT division_id, now(), 'clockwork', '', verb, 'supervision.supervisedtask:' || id, '{}', '{}', '', ''
FROM supervision_supervisedtask, (VALUES ('draft_task'), ('assign_task')) AS act (verb) WHERE number > %(start)s
"""


class World:
    """A county that grows to the size asked for."""

    def __init__(self) -> None:
        from sushui.kernel import clock
        from sushui.organizations.enums import AgencyKind
        from sushui.organizations.models import Agency
        from sushui.supervision import services
        from sushui.supervision.enums import OrderSource
        from tests import cast

        self.county = cast.build()
        departments = [
            Agency(division=self.county.county, name=f"绛县第{n}局", kind=AgencyKind.DEPARTMENT) for n in range(9)
        ]
        others = [agency.pk for agency in Agency.objects.bulk_create(departments)]
        self.agencies = [self.county.agencies["works"].pk, *others]
        self.order = services.draft_order(
            self.county.viewer("office"), title="年度重点工作", source=OrderSource.WORK_LIST, issued_on=clock.today()
        )
        self.size = 0

    def grow(self, size: int) -> None:
        """Add tasks until there are ``size``."""
        from django.db import connection

        values = {
            "division": self.county.county.pk,
            "order": self.order.pk,
            "agencies": self.agencies,
            "start": self.size,
            "count": size - self.size,
        }
        with connection.cursor() as cursor:
            for statement in (TASKS, PARTS, CLOCKS, STORY):
                cursor.execute(statement, values)
            cursor.execute("VACUUM ANALYZE")
        self.size = size


def measure(name: str, work: Callable[[int], object], runs: int) -> Sample:
    """Run ``work(n)`` for n from 0, the first run only to warm up and to count its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    work(0)
    with CaptureQueriesContext(connection) as queries:
        work(0)
    asked = len(queries)  # before the runs below begin the log anew
    taken = []
    for number in range(runs):
        start = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - start) * 1000)
    return Sample(name, tuple(taken), asked)
