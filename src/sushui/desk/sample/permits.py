"""The sample's permits: who holds which, and the paths of the projects that are being got ready or built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.projects import services
from sushui.projects.enums import PermitPath, PermitStopKind, PermitVariant, ProjectSector, ProjectStage

from .county import SampleCounty
from .projects import OFFICE, Site

# The kinds of agency of the paths, as this county has them: what was 行政审批 is one agency here.
HOLDERS = {
    "development_reform": "reform",
    "approval_service": "approval",
    "natural_resources": "land",
    "ecology": "environment",
    "water": "water",
    "housing_construction": "housing",
    "forestry": "forestry",
    "cultural_relics": "culture",
    "earthquake": "emergency",
    "meteorology": "weather",
    "energy_saving": "energy",
    "finance": "finance",
    "government": "general_office",
}
STAGES = (ProjectStage.PRE_CONSTRUCTION, ProjectStage.ESTABLISHED, ProjectStage.UNDER_CONSTRUCTION)
MOST_BUILT = 12  # of the projects under construction, those whose papers were brought in so far; the county's own first
PUBLIC = frozenset({ProjectSector.INFRASTRUCTURE, ProjectSector.LIVELIHOOD})
# The order in which a project got its papers, with the working days from one grant to the next, and what each number
# begins with; what an office works out for itself has no number.
Paper = tuple[str, int, str]
FILING: tuple[Paper, ...] = (("filing", 0, "备"),)
GOVERNMENT: tuple[Paper, ...] = (
    ("proposal", 0, "建议"),
    ("land_preview", 12, "预审"),
    ("feasibility", 14, "可研"),
    ("annual_plan", 10, ""),
    ("preliminary_design", 12, "初设"),
)
COMMON: tuple[Paper, ...] = (
    ("eia_form", 20, "环审"),
    ("soil_water", 6, "水保"),
    ("contractor", 8, ""),
    ("planning_conditions", 5, "规条"),
    ("land_contract", 12, "地合"),
    ("land_planning_permit", 8, "地字"),
    ("land_allocation", 7, "划拨"),
    ("works_planning_permit", 12, "建字"),
    ("drawing_review", 9, "图审"),
    ("construction_permit", 6, "施"),
)
# Which papers a project needs only where it is so; the land of a government project is allocated, not sold.
ONLY_IF = {
    "soil_water": "soil_water",
    "land_preview": "land_allocated",
    "planning_conditions": "land_granted",
    "land_contract": "land_granted",
    "land_allocation": "land_allocated",
}
NO_LAND_PERMIT = "land_in_hand"
# How far projects before construction are: papers in hand, then what waits: days since it was filed.
WAITING = ((3, 6), (5, 12), (4, 38), (7, 4), (8, 9), (6, 41), (2, 3))
SENT_BACK_EACH = 5
SENT_BACK = "总平面图与批复用地范围不一致，请补正。"
# Working days for which steps are planned that no law limits.
PLANNED = {"contractor": 20, "planning_conditions": 10, "land_contract": 20, "drawing_review": 15, "soil_water": 15}
REVIEWED, REVIEWED_AFTER = "soil_water", 2  # what experts look at, and the working days after which it goes to them
REVIEW = "水土保持方案送专家评审。"


def plan_permits(county: SampleCounty, sites: Mapping[str, Site], now: datetime) -> None:
    """Name the holders and bring the papers of some twenty-five projects in, as they are known now."""
    office, today = county.viewer(OFFICE), clock.local(now).date()
    with clock.frozen(now):
        services.permits.name_permit_holders(office, {kind: county.agencies[key].pk for kind, key in HOLDERS.items()})
        own = [site for site in sites.values() if site.project.division_id == office.division_id]
        chosen = [site for site in own if site.plan.course.stage in STAGES]
        started = [site for site in chosen if site.started is not None]
        built = sorted(started, key=lambda site: site.plan.sector not in PUBLIC)[:MOST_BUILT]
        ready = [site for site in chosen if site.started is None]
        known = [Papers(site, turn).built(today) for turn, site in enumerate(built)]
        known += [Papers(site, turn).ready(today) for turn, site in enumerate(ready, start=len(built))]
        services.permits.bring_in_permits(office, known)


@dataclass(frozen=True)
class Papers:
    """The path of a project, and the papers that it needs there in the order in which it got them."""

    site: Site
    turn: int

    @property
    def is_public(self) -> bool:
        return self.site.plan.sector in PUBLIC

    @property
    def path(self) -> PermitPath:
        return PermitPath.GOVERNMENT_INVESTMENT if self.is_public else PermitPath.ENTERPRISE_FILING

    @property
    def variant(self) -> PermitVariant:
        return PermitVariant.COMMITMENT if self.turn % 4 == 3 else PermitVariant.STANDARD

    @property
    def flags(self) -> frozenset[str]:
        sold = "land_in_hand" if self.turn % 3 == 2 else "land_granted"
        land = "land_allocated" if self.is_public else sold
        return frozenset({land, "eia_form", *(["soil_water"] if self.turn % 2 else [])})

    @property
    def needed(self) -> list[Paper]:
        left_out = {key for key, flag in ONLY_IF.items() if flag not in self.flags}
        if NO_LAND_PERMIT in self.flags:
            left_out.add("land_planning_permit")
        if self.variant is PermitVariant.COMMITMENT:
            left_out.add("drawing_review")
        first = GOVERNMENT if self.is_public else FILING
        return [paper for paper in (*first, *COMMON) if paper[0] not in left_out]

    def known(self, steps: dict[str, services.permits.KnownStep]) -> services.permits.KnownPermits:
        return services.permits.KnownPermits(self.site.project.pk, self.path, self.variant, self.flags, steps)

    def built(self, today: date) -> services.permits.KnownPermits:
        """Every paper was there some days before construction began."""
        started = min(self.site.started or today, today)
        return self.known(self._granted(started - timedelta(days=9 + self.turn % 5), len(self.needed)))

    def ready(self, today: date) -> services.permits.KnownPermits:
        """So many papers are there; the next was filed some days ago, or was sent back today."""
        count, days = WAITING[self.turn % len(WAITING)]
        count = min(count, len(self.needed) - 1)
        filed = working_calendar().add_working_days(today, -days)
        steps, key = self._granted(filed - timedelta(days=3), count), self.needed[count][0]
        planned = days + PLANNED[key] if key in PLANNED else None
        steps[key] = services.permits.KnownStep(filed, filed, planned_days=planned)
        if self.turn % SENT_BACK_EACH == SENT_BACK_EACH - 1:
            steps[key] = services.permits.KnownStep(filed_on=filed, stopped_on=today, reason=SENT_BACK)
        elif key == REVIEWED:
            steps[key] = self._in_review(filed)
        for later, *_rest in self.needed[count + 1 :]:
            if later in PLANNED:
                steps[later] = services.permits.KnownStep(planned_days=PLANNED[later])
        return self.known(steps)

    def _in_review(self, filed: date) -> services.permits.KnownStep:
        since = working_calendar().add_working_days(filed, REVIEWED_AFTER)
        review = PermitStopKind.EXPERT_REVIEW
        return services.permits.KnownStep(filed, filed, stopped_on=since, stopped_for=review, reason=REVIEW)

    def _granted(self, last: date, count: int) -> dict[str, services.permits.KnownStep]:
        """The first so many papers, the last of them granted on a day, each some working days after the one before."""
        calendar, day, found = working_calendar(), last, dict[str, services.permits.KnownStep]()
        for key, after, mark in reversed(self.needed[:count]):
            filed = calendar.add_working_days(day, -max(1, after // 2))
            number = f"绛{mark}〔{day.year}〕{self.turn * 2 + 5}号" if mark else ""
            found[key] = services.permits.KnownStep(filed_on=filed, accepted_on=filed, granted_on=day, number=number)
            day = calendar.add_working_days(day, -max(1, after))
        return found
