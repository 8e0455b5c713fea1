"""How long the register, a task and "mine" take at 10,000 and 1,000,000 tasks, and how many queries.

    python -m benchmarks.registers            # both sizes, some minutes
    python -m benchmarks.registers 10000      # one size

Each page is asked for in this process, through every middleware and template, with a new filter or task every time.
Beside them, in the same run, the least that PostgreSQL needs for the same rows: the bare statement of the register's
first page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.world import Sample, World, database, machine, measure

SIZES = (10_000, 1_000_000)
RUNS = 60
BARE = """
SELECT id, title FROM supervision_supervisedtask
WHERE division_id = %s AND is_open ORDER BY due_on, id LIMIT 50
"""


def main() -> None:
    """Print a table for each size."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    print(machine())
    with database():
        world = World()
        for size in sizes:
            world.grow(size)
            print(f"\n{size:,} tasks\n{'page':<34}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}{'x bare':>9}")
            samples = list(_samples(world))
            for sample in samples:
                print(_row(sample, samples[0].p50))


def _row(sample: Sample, bare: float) -> str:
    ratio = sample.p50 / bare
    return f"{sample.name:<34}{sample.p50:>9.1f}{sample.p95:>9.1f}{sample.queries:>9}{ratio:>9.1f}"


def _samples(world: World) -> Iterator[Sample]:
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from sushui.supervision.models import SupervisedTask

    office, handler = Client(), Client()
    office.force_login(world.county.user("office"))
    handler.force_login(world.county.user("works_handler"))
    tasks = list(SupervisedTask.objects.filter(is_open=True).values_list("pk", flat=True)[:RUNS])
    register, mine = reverse("supervision:register"), reverse("supervision:mine")

    def bare(_number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [world.county.county.pk])
            cursor.fetchall()

    def page(client: Client, url: str, **query: object) -> None:
        response = client.get(url, query)
        assert response.status_code == 200, (url, query, response.status_code)

    def agency(number: int) -> int:
        return world.agencies[number % len(world.agencies)]

    yield measure("PostgreSQL alone, 50 rows", bare, RUNS)
    yield measure("register, in hand", lambda n: page(office, register), RUNS)
    yield measure("register, red, one agency", lambda n: page(office, register, light="red", agency=agency(n)), RUNS)
    yield measure("register, two characters", lambda n: page(office, register, scope="all", text=f"管网 {n + 1}"), RUNS)
    yield measure("register, everything", lambda n: page(office, register, scope="all"), RUNS)
    yield measure("task", lambda n: page(office, reverse("supervision:task", args=[tasks[n % len(tasks)]])), RUNS)
    yield measure("mine", lambda n: page(handler, mine), RUNS)


if __name__ == "__main__":
    main()
