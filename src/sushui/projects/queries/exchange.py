"""What the exchange tells of projects, read for many at once; and files of others that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from sushui.kernel import clock
from sushui.kernel.errors import NotFound
from sushui.kernel.industries import industry
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import FundingSource
from sushui.projects.models import (
    ExchangeDraft,
    ExchangeSource,
    Milestone,
    Project,
    ProjectFunding,
    ProjectMonth,
    YearPlan,
)
from sushui.projects.permissions import may_keep_ledger
from sushui.projects.rules.documents import from_text
from sushui.projects.rules.exchange import ExchangeMonth, ExchangeProject, ExchangeStep

# Fields that are the same on both sides.
_SAME = (
    *("name", "code", "content", "stage", "level", "industry_code", "note", "owner_name", "owner_code", "place_text"),
    *("longitude", "latitude", "total_investment", "expected_output", "expected_tax", "area_mu", "energy_tce"),
    *("planned_start_month", "planned_completion_month", "started_on", "completed_on"),
)


def exchange_projects(projects: QuerySet[Project], prefix: str) -> dict[int, ExchangeProject]:
    """Projects as plain values, by their numbers; six queries however many there are.

    One that was received is told under the identifier that it came with.
    """
    rows = list(projects.select_related("agency", "cluster", "place", "division"))
    numbers = [row.pk for row in rows]
    sources = ExchangeSource.objects.filter(project_id__in=numbers)
    names = dict(sources.values_list("project_id", "identifier"))
    money, plans, steps, months = _funding(numbers), _plans(numbers), _steps(numbers), _months(numbers)
    return {
        row.pk: _plain(
            row,
            id=names.get(row.pk) or f"{prefix}-{row.division.code}-{row.pk}",
            funding=money[row.pk],
            year_plans=plans[row.pk],
            steps=tuple(steps[row.pk]),
            months=tuple(months[row.pk]),
        )
        for row in rows
    }


def projects_named(
    division_id: int, prefix: str, identifiers: set[str], codes: set[str]
) -> tuple[dict[str, Project], dict[str, Project]]:
    """The division's projects that documents name: by their identifiers, and by their codes; one query.

    One that was received is known by the identifier that it came with, any other by ours, which ends in its number.
    """
    received = ExchangeSource.objects.filter(division_id=division_id, identifier__in=identifiers)
    tails = {each.rpartition("-")[2] for each in identifiers if each.startswith(f"{prefix}-")}
    numbers = [int(tail) for tail in tails if tail.isascii() and tail.isdigit() and len(tail) < 19]
    wanted = Q(pk__in=received.values("project_id")) | Q(code__in=codes) | Q(pk__in=numbers)
    rows = Project.objects.filter(wanted, division_id=division_id)
    rows = rows.select_related("cluster", "agency", "place", "division", "exchange_source")
    named = {_identifier(row, prefix): row for row in rows}
    return named, {row.code: row for row in rows if row.code}


def _identifier(row: Project, prefix: str) -> str:
    source = getattr(row, "exchange_source", None)
    return source.identifier if source else f"{prefix}-{row.division.code}-{row.pk}"


def _plain(row: Project, **more: Any) -> ExchangeProject:
    kind = industry(row.industry_code) if row.industry_code else None
    return ExchangeProject(
        **{name: getattr(row, name) for name in _SAME},
        updated=clock.local(row.updated_at).replace(microsecond=0),
        sector=row.sector or None,
        industry_name=kind.name if kind else "",
        cluster=row.cluster.name if row.cluster else "",
        agency=row.agency.name if row.agency else "",
        place_code=row.place.code if row.place else "",
        place_name=row.place.name if row.place else "",
        jobs=None if row.jobs is None else Decimal(row.jobs),
        enrolled_on=row.enrolled_on,
        **more,
    )


def _funding(numbers: list[int]) -> dict[int, dict[tuple[int, FundingSource], Decimal]]:
    found: dict[int, dict[tuple[int, FundingSource], Decimal]] = defaultdict(dict)
    for row in ProjectFunding.objects.filter(project_id__in=numbers).order_by("pk"):
        found[row.project_id][row.year, FundingSource(row.source)] = row.amount
    return found


def _plans(numbers: list[int]) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = YearPlan.objects.filter(project_id__in=numbers).order_by("year")
    for number, year, amount in rows.values_list("project_id", "year", "amount"):
        found[number][year] = amount
    return found


def _steps(numbers: list[int]) -> dict[int, list[ExchangeStep]]:
    found: dict[int, list[ExchangeStep]] = defaultdict(list)
    for row in Milestone.objects.filter(project_id__in=numbers, dropped_on=None).order_by("planned_on", "pk"):
        step = ExchangeStep(f"step-{row.pk}", row.name, row.planned_on, row.reached_on, row.evidence)
        found[row.project_id].append(step)
    return found


def _months(numbers: list[int]) -> dict[int, list[ExchangeMonth]]:
    found: dict[int, list[ExchangeMonth]] = defaultdict(list)
    for row in ProjectMonth.objects.filter(project_id__in=numbers).order_by("month"):
        found[row.project_id].append(ExchangeMonth(row.month, row.planned, row.actual))
    return found


def source_documents(project_ids: Iterable[int]) -> dict[int, tuple[Any, Any]]:
    """What projects were received as, by their numbers: (what we understood, what was received)."""
    rows = ExchangeSource.objects.filter(project_id__in=list(project_ids))
    told = rows.values_list("project_id", "understood", "received")
    return {number: (from_text(understood), from_text(received)) for number, understood, received in told}


def exchange_drafts(viewer: Viewer) -> QuerySet[ExchangeDraft]:
    """Files of projects that the viewer's division was sent, the newest first; for whoever keeps its ledger.

    What they say is deferred: a list of them needs none of it.
    """
    rows = ExchangeDraft.objects.filter(division_id=viewer.division_id).select_related("post__agency")
    rows = rows.defer("text", "preview")
    return (rows if may_keep_ledger(viewer) else rows.none()).order_by("-pk")


def exchange_draft_for(viewer: Viewer, exchange_id: int) -> ExchangeDraft:
    """One such file with what it says.

    Raises:
        NotFound: none such, or not the viewer's to see.
    """
    found = exchange_drafts(viewer).defer(None).filter(pk=exchange_id).first()
    if found is None:
        raise NotFound
    return found
