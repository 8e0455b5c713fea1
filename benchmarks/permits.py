"""How long the permits of a county take with the database: 1,000 projects, each read, scheduled and written down.

    python -m benchmarks.permits            # 1,000 projects
    python -m benchmarks.permits 200

The database is one of its own and gone afterwards.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks.world import World, database, machine

if TYPE_CHECKING:
    from sushui.kernel.viewer import Viewer

COUNT = 1_000
FLAGS = frozenset({"land_granted", "eia_form", "soil_water"})


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    print(machine())
    with database():
        _print(World().county.viewer("project_office"), count)


def _print(office: Viewer, count: int) -> None:
    from sushui.projects.models import PermitPlan, PermitStep
    from sushui.projects.queries.permits import permit_steps, permit_sums
    from sushui.projects.services import permits

    _fill(office, count)
    numbers = list(PermitPlan.objects.values_list("pk", flat=True))
    print(f"\n{len(numbers):,} projects, {PermitStep.objects.count():,} steps\n{'':<52}{'s':>8}{'queries':>9}")
    _timed("read, schedule and write down every plan", lambda: permits.read_plans(numbers))
    _timed("the same again, nothing changed", lambda: permits.read_plans(numbers))
    _timed("the county's list: 50 rows", lambda: list(permit_steps(office).order_by("due_on", "pk")[:50]))
    _timed("its sums", lambda: permit_sums(permit_steps(office)))


def _fill(office: Viewer, count: int) -> None:
    from sushui.kernel import clock
    from sushui.projects import services
    from sushui.projects.enums import PermitPath, PermitVariant
    from sushui.projects.models import PermitStep
    from sushui.projects.services import permits

    drafts = [services.Registration(services.ProjectDraft(name=f"测速项目{number}")) for number in range(count)]
    projects = services.register_projects(office, drafts)
    today = clock.today()
    filed = {"filing": permits.KnownStep(granted_on=today - timedelta(days=60))}
    filed |= {"eia_form": permits.KnownStep(filed_on=today - timedelta(days=20))}
    path, variant = PermitPath.ENTERPRISE_FILING, PermitVariant.STANDARD
    known = [permits.KnownPermits(project.pk, path, variant, FLAGS, filed) for project in projects]
    permits.bring_in_permits(office, known)
    PermitStep.objects.update(state="waiting", forecast_on=None)


def _timed(name: str, work: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        before = time.perf_counter()
        work()
        taken = time.perf_counter() - before
    print(f"{name:<52}{taken:>8.2f}{len(queries):>9}")


if __name__ == "__main__":
    main()
