"""How long the permits of a county take with the database: 1,000 projects, each read, scheduled and written down.

    python -m benchmarks.permits            # 1,000 projects; DATABASE_URL or SUSHUI_DATA says where
    python -m benchmarks.permits 200

Everything happens in one transaction that is taken back at the end.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sushui.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 (Django stands first)
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.world import machine  # noqa: E402
from sushui.kernel import clock  # noqa: E402
from sushui.kernel.models import User  # noqa: E402
from sushui.kernel.viewer import Viewer  # noqa: E402
from sushui.organizations.enums import Role  # noqa: E402
from sushui.organizations.models import Division  # noqa: E402
from sushui.organizations.queries import posts_with_role, users_at, viewer_for  # noqa: E402
from sushui.projects import services  # noqa: E402
from sushui.projects.enums import PermitPath, PermitVariant  # noqa: E402
from sushui.projects.models import PermitPlan, PermitStep  # noqa: E402
from sushui.projects.queries.permits import permit_steps, permit_sums  # noqa: E402
from sushui.projects.services import permits  # noqa: E402

FLAGS = frozenset({"land_granted", "eia_form", "soil_water"})


def main() -> None:
    """Print a table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with transaction.atomic():
        office = _office()
        _fill(office, count)
        numbers = list(PermitPlan.objects.values_list("pk", flat=True))
        steps = PermitStep.objects.count()
        print(f"{machine()}\n\n{len(numbers):,} projects, {steps:,} steps\n{'':<52}{'s':>8}{'queries':>9}")
        _timed("read, schedule and write down every plan", lambda: permits.read_plans(numbers))
        _timed("the same again, nothing changed", lambda: permits.read_plans(numbers))
        _timed("the county's list: 50 rows", lambda: list(permit_steps(office).order_by("due_on", "pk")[:50]))
        _timed("its sums", lambda: permit_sums(permit_steps(office)))
        transaction.set_rollback(True)


def _office() -> Viewer:
    """Somebody in a project office; the sample county has one."""
    for division in Division.objects.order_by("pk"):
        for post, people in users_at(
            posts_with_role(division.pk, Role.PROJECT_OFFICE, clock.today()), clock.today()
        ).items():
            viewer = viewer_for(User.objects.get(pk=people[0]), post) if people else None
            if viewer is not None:
                return viewer
    raise SystemExit("No project office: load the sample county first.")


def _fill(office: Viewer, count: int) -> None:
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
    with CaptureQueriesContext(connection) as queries:
        before = time.perf_counter()
        work()
        taken = time.perf_counter() - before
    print(f"{name:<52}{taken:>8.2f}{len(queries):>9}")


if __name__ == "__main__":
    main()
