"""What the tests of projects say in one line each, in the county of `tests/cast.py`.

The clock stands where a test puts it with `on`; figures are given in 万元, as people say them.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sushui.kernel import clock
from sushui.kernel.audit import target_of
from sushui.kernel.models import AuditLine
from sushui.kernel.viewer import Viewer
from sushui.projects import services
from sushui.projects.enums import EvidenceKind, FigureKind, LightRule, ProjectStage
from sushui.projects.models import MonthlyFigure, Project, ProjectLight
from sushui.projects.rules.reports import ReportLimits, is_locked
from sushui.supervision.enums import StatusLight
from tests.cast import County

CHINA = ZoneInfo("Asia/Shanghai")
WAN = 10_000
GOOD_CODE = "2212-140826-89-01-123459"
GOOD_OWNER = "91140826MA0GXXXX0A"
SAID = {"number": "绛〔2026〕8号", "day": date(2026, 1, 4), "text": "有记录", "amount": Decimal(10**8)}


def papers(stage: ProjectStage, **said: Any) -> list[services.Piece]:
    """Evidence that opens the gate of a stage, saying all that can be asked of it."""
    kinds = {
        ProjectStage.SIGNED: EvidenceKind.CONTRACT,
        ProjectStage.ESTABLISHED: EvidenceKind.FILING,
        ProjectStage.UNDER_CONSTRUCTION: EvidenceKind.CONSTRUCTION_PERMIT,
        ProjectStage.COMPLETED: EvidenceKind.COMPLETION_RECORD,
        ProjectStage.IN_PRODUCTION: EvidenceKind.PRODUCTION_RECORD,
        ProjectStage.AT_DESIGN_CAPACITY: EvidenceKind.CAPACITY_FIGURES,
        ProjectStage.AT_TARGET_RETURN: EvidenceKind.RETURN_FIGURES,
    }
    return [services.Piece(kinds[stage], **{**SAID, **said})] if stage in kinds else []


def on(day: str, time: str = "10:00") -> AbstractContextManager[None]:
    """Hold the clock at a moment in China."""
    return clock.frozen(datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=CHINA))


def month(text: str) -> date:
    """``month("2026-03")``."""
    return date.fromisoformat(f"{text}-01")


@dataclass(frozen=True)
class Play:
    """Acts in the name of the project office and of the responsible agency."""

    county: County

    def viewer(self, key: str) -> Viewer:
        return self.county.viewer(key)

    @property
    def office(self) -> Viewer:
        return self.viewer("project_office")

    def agency_id(self, key: str) -> int:
        return self.county.agencies[key].pk

    def draft(self, **values: Any) -> services.ProjectDraft:
        given = {"name": "涑水装备产业园", "agency_id": self.agency_id("works"), **values}
        return services.ProjectDraft(**given)

    def project(self, *, stage: ProjectStage = ProjectStage.PLANNED, on: date | None = None, **values: Any) -> Project:
        """A project of the works bureau, registered now."""
        return services.register_project(self.office, self.draft(**values), stage=stage, stage_on=on)

    def building(self, since: str = "2026-01-05", **values: Any) -> Project:
        """A project under construction since a day."""
        return self.project(stage=ProjectStage.UNDER_CONSTRUCTION, on=date.fromisoformat(since), **values)

    def figures(
        self, project: Project, kind: FigureKind, by: str = "project_office", reason: str = "", **months: int
    ) -> services.Recorded:
        """Record figures of 2026 in 万元: ``figures(project, FigureKind.PLAN, m1=100, m2=100)``.

        What was done in a month that is locked by now is said to be entered from the books of before.
        """
        stands = set(MonthlyFigure.objects.filter(project=project, kind=kind).values_list("month", flat=True))
        days = {name: date(2026, int(name[1:]), 1) for name in months}
        late = {day for day in days.values() if day not in stands and is_locked(day, clock.today(), ReportLimits())}
        given = [
            services.Figure(
                project.pk, day, kind, Decimal(months[name] * WAN), reason or ("补录" if day in late else "")
            )
            for name, day in days.items()
        ]
        return services.record_figures(self.viewer(by), given)

    def plan(self, project: Project, **months: int) -> services.Recorded:
        return self.figures(project, FigureKind.PLAN, **months)

    def report(self, project: Project, by: str = "works_handler", reason: str = "", **months: int) -> services.Recorded:
        return self.figures(project, FigureKind.ACTUAL, by, reason, **months)

    # --- what stands now
    def now(self, project: Project) -> Project:
        return Project.objects.get(pk=project.pk)

    def light(self, project: Project, rule: LightRule | None = None) -> StatusLight:
        """The light of the project, or of one rule, as last read."""
        if rule is None:
            return self.now(project).light
        return ProjectLight.objects.get(project=project, rule=rule).light

    def why(self, project: Project, rule: LightRule) -> str:
        return ProjectLight.objects.get(project=project, rule=rule).why

    def versions(self, project: Project, text: str, kind: FigureKind = FigureKind.ACTUAL) -> list[tuple[int, int]]:
        """Every version of a month's figure as (number, 万元), in order."""
        rows = MonthlyFigure.objects.filter(project=project, month=month(text), kind=kind).order_by("number")
        return [(row.number, int(row.amount / WAN)) for row in rows]

    def verbs(self, project: Project) -> list[str]:
        return list(AuditLine.objects.filter(target=target_of(project)).order_by("pk").values_list("verb", flat=True))

    def last_line(self, project: Project) -> AuditLine:
        return AuditLine.objects.filter(target=target_of(project)).latest("pk")
