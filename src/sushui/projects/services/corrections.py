"""A figure corrected by itself, as by a workbook of figures: the report that stands for its month says it too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sushui.kernel import clock
from sushui.kernel.audit import record_acts
from sushui.kernel.viewer import Viewer
from sushui.projects.enums import ReportState, ReportVerb
from sushui.projects.models import MonthlyReport, MonthlyReportVersion, Project
from sushui.projects.rules.reports import moved_sum

BATCH = 1_000
CARRIED = ("current", "version", "updated_at")
KEPT = ("progress", "received", "sources", "next_plan", "text")
Place = tuple[int, date]


def correct_reports(
    viewer: Viewer, amounts: Mapping[Place, Decimal], reasons: Mapping[Place, str], *, late: set[Place], origin: str
) -> None:
    """Write the next version of each given report whose month now has another amount (yuan); drafts stay as they are.

    Done in all moves by as much as the month does; what else was said stands. The projects are locked by the caller.
    Few statements however many there are; a month without a report gets none.
    """
    reports = _differing(amounts)
    if not reports:
        return
    stood = {place: report.current for place, report in reports.items() if report.current is not None}
    versions = {
        place: _version(viewer, before, amounts[place], reasons[place], is_late=place in late, origin=origin)
        for place, before in stood.items()
    }
    MonthlyReportVersion.objects.bulk_create(versions.values(), BATCH)
    for place, version in versions.items():
        report = reports[place]
        report.current = version
        report.version, report.updated_at = report.version + 1, version.at
    MonthlyReport.objects.bulk_update(list(reports.values()), CARRIED, BATCH)
    acts = [_told(reports[place], before, versions[place]) for place, before in stood.items()]
    record_acts(viewer, ReportVerb.CORRECT, acts)


def _differing(amounts: Mapping[Place, Decimal]) -> dict[Place, MonthlyReport]:
    """Given reports, locked, that say another amount than their month."""
    numbers, months = {number for number, _month in amounts}, {month for _number, month in amounts}
    rows = MonthlyReport.objects.filter(project_id__in=numbers, month__in=months, state=ReportState.GIVEN)
    rows = rows.select_related("current", "project").select_for_update(of=("self",)).order_by("pk")
    found = {(row.project_id, row.month): row for row in rows}
    return {
        place: row
        for place, row in found.items()
        if row.current is not None and row.current.done != amounts.get(place, row.current.done)
    }


def _version(
    viewer: Viewer, stands: MonthlyReportVersion, done: Decimal, reason: str, *, is_late: bool, origin: str
) -> MonthlyReportVersion:
    return MonthlyReportVersion(
        report_id=stands.report_id,
        number=stands.number + 1,
        at=clock.now(),
        user_id=viewer.user_id,
        post_id=viewer.post_id,
        done=done,
        cumulative=moved_sum(stands.cumulative, stands.done, done),
        reason=reason.strip(),
        is_late=is_late,
        origin=origin,
        **{name: getattr(stands, name) for name in KEPT},
    )


def _told(
    report: MonthlyReport, before: MonthlyReportVersion, after: MonthlyReportVersion
) -> tuple[Project, dict[str, Any], dict[str, Any], str]:
    names = [name for name in ("done", "cumulative") if getattr(before, name) != getattr(after, name)]
    was, now = ({name: getattr(each, name) for name in names} for each in (before, after))
    return report.project, was, {"month": report.month, **now}, after.reason
