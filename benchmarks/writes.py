"""How many acknowledged acts a second 50 clients get done, each act a report with its clock, audit line and outbox row.

    python -m benchmarks.writes

Every client is a thread with its own connection and its own task; an act counts when its transaction is committed
(fsync on). Beside it, in the same run and database, what a bare transaction of one INSERT costs there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from benchmarks.world import World, database, machine
from sushui.kernel.viewer import Viewer

CLIENTS = 50
SECONDS = 15


def main() -> None:
    """Print acts a second, their p50 and p95, and the ratio to bare transactions."""
    print(machine())
    with database():
        from django.db import connection

        world = World()
        parts = _parts(world)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, text text)")
        bare = _run(_insert, parts)
        acts = _run(_report, parts)
        print(f"{CLIENTS} clients for {SECONDS} s each{'per second':>18}{'p50 ms':>9}{'p95 ms':>9}")
        for name, taken in (("bare INSERT and COMMIT", bare), ("report on a task", acts)):
            ordered = sorted(taken)
            p50, p95 = ordered[len(ordered) // 2], ordered[int(0.95 * len(ordered))]
            print(f"{name:<29}{len(taken) / SECONDS:>14.0f}{p50 * 1000:>9.1f}{p95 * 1000:>9.1f}")
        print(f"one report costs {len(bare) / len(acts):.1f} bare transactions")
        _prove(len(acts))


def _parts(world: World) -> list[int]:
    from sushui.supervision import queries, services

    office, handler = world.county.viewer("office"), world.county.viewer("works_handler")
    drafts = [services.TaskDraft(f"第{n}项", world.county.agencies["works"].pk) for n in range(CLIENTS)]
    services.assign_tasks(office, services.draft_tasks(office, world.order, drafts))
    parts = list(queries.own_parts(handler))
    for part in parts:
        services.sign_for_task(handler, part)
    _viewers[:] = [handler]
    return [part.pk for part in parts]


_viewers: list[Viewer] = []


def _insert(_part: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (text) VALUES ('今天又前进了一步')")


def _report(part_id: int) -> None:
    from sushui.supervision import queries, services
    from sushui.supervision.enums import ReportKind

    viewer = _viewers[0]
    part = queries.part_for(viewer, part_id)
    services.report_progress(viewer, part, kind=ReportKind.PROGRESS, text="今天又前进了一步")


def _run(act: Callable[[int], None], parts: list[int]) -> list[float]:
    """Let every client act until the time is up; seconds of each acknowledged act."""
    taken: list[list[float]] = [[] for _ in parts]
    until = time.perf_counter() + SECONDS

    def client(number: int) -> None:
        from django.db import connection

        while (start := time.perf_counter()) < until:
            act(parts[number])
            taken[number].append(time.perf_counter() - start)
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(len(parts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [seconds for each in taken for seconds in each]


def _prove(acts: int) -> None:
    """Every acknowledged act is there and in the chain."""
    from sushui.kernel.audit import seal_pending
    from sushui.kernel.audit_check import verify_chain
    from sushui.supervision.models import ProgressReport

    seal_pending()
    proof = verify_chain()
    kept = ProgressReport.objects.count()
    print(f"{acts} acknowledged, {kept} kept; {proof.lines} lines in the chain, {len(proof.findings)} findings")


if __name__ == "__main__":
    main()
