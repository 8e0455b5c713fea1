"""The projects of the sample as they are written down, and how each course goes: plain values, no records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from sushui.kernel.months import month_of, months_after
from sushui.projects.enums import BottleneckKind, FundingSource, ProjectLevel, ProjectSector, ProjectStage

from .plan import read_table

S = ProjectStage
WAN = Decimal(10_000)
# Shares of a year's building by month, in percent: frost at both ends, most of it from May to September.
SEASON = (3, 3, 7, 9, 10, 11, 11, 11, 11, 10, 8, 6)
ODD_CODES = frozenset({"e6", "h4"})  # typed from old papers, confirmed by a person
ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Course:
    """How a project goes. Months are counted from the current one; None is never.

    ``pace`` multiplies the plan of each month, ``paces`` that of single ones (-1 is the last month); a pace of None is
    a month that nobody reports.
    """

    stage: ProjectStage = S.UNDER_CONSTRUCTION
    started: int | None = -16
    planned: int | None = None
    enrolled_after: int | None = 1
    pace: Decimal = Decimal(1)
    paces: Mapping[int, Decimal | None] = field(default_factory=dict)
    has_plan: bool = True
    postponed_in: int | None = None
    suspended_in: int | None = None
    is_unpaid: bool = False

    @property
    def starts(self) -> int | None:
        """The month in which the start was or is planned."""
        return self.planned if self.planned is not None else self.started


def _pace(text: str) -> Decimal:
    return Decimal(text)


COURSES: Mapping[str, Course] = {
    "steady": Course(pace=_pace("1.02")),
    "ahead": Course(started=-14, pace=_pace("1.15")),
    "slow": Course(started=-18, pace=_pace("0.8")),
    "stuck": Course(started=-15, pace=_pace("0.5"), paces={month: Decimal() for month in (-3, -2, -1)}),
    "caught_up": Course(started=-13, paces={-5: _pace("0.5"), -4: _pace("0.5"), -3: _pace("2.2"), -2: _pace("1.1")}),
    "silent": Course(started=-13, paces={-2: None, -1: None}),
    "unpaid": Course(started=-14, pace=_pace("0.97"), is_unpaid=True),
    "not_enrolled": Course(started=-4, enrolled_after=None),
    "not_enrolled_yet": Course(started=-2, enrolled_after=None),
    "newly_started": Course(started=-1, enrolled_after=None),
    "unplanned": Course(started=-9, has_plan=False),
    "suspended": Course(started=-14, pace=_pace("0.6"), suspended_in=-3),
    "start_late": Course(stage=S.PRE_CONSTRUCTION, started=None, planned=-2),
    "start_missed": Course(stage=S.ESTABLISHED, started=None, planned=-6),
    "postponed": Course(stage=S.PRE_CONSTRUCTION, started=None, planned=-5, postponed_in=-3),
    "pre_construction": Course(stage=S.PRE_CONSTRUCTION, started=None, planned=1),
    "established": Course(stage=S.ESTABLISHED, started=None, planned=3),
    "signed": Course(stage=S.SIGNED, started=None, planned=5),
    "in_pipeline": Course(stage=S.IN_PIPELINE, started=None),
    "in_production": Course(stage=S.IN_PRODUCTION, started=-26),
    "at_design_capacity": Course(stage=S.AT_DESIGN_CAPACITY, started=-32),
    "at_target_return": Course(stage=S.AT_TARGET_RETURN, started=-38),
}


@dataclass(frozen=True)
class ProjectPlan:
    """One project: its facts, and the course that it takes."""

    key: str
    name: str
    owner: str
    cluster: str
    industry: str
    agency: str
    place: str
    total: Decimal
    course: Course
    sector: ProjectSector = ProjectSector.INDUSTRY
    level: ProjectLevel = ProjectLevel.COUNTY

    @property
    def is_known_to_the_province(self) -> bool:
        """Whether it has a project code: once it is established."""
        return self.course.stage not in {S.PLANNED, S.IN_PIPELINE, S.SIGNED}

    @property
    def content(self) -> str:
        return f"建设{self.name}，含主体工程、配套设施和公用工程。"

    @property
    def quantities(self) -> Mapping[str, Any]:
        """What such a project takes and gives, in proportion to its size."""
        return {
            "total_investment": self.total,
            "expected_output": self.total * 14 / 10,
            "expected_tax": self.total * 6 / 100,
            "area_mu": self.total // 4_000_000,
            "energy_tce": self.total // 80_000,
            "jobs": int(self.total // 2_500_000),
        }

    @property
    def sources(self) -> Mapping[FundingSource, Decimal]:
        """Shares of the total by source: an enterprise's own, or the public hand's."""
        if self.sector in {ProjectSector.INFRASTRUCTURE, ProjectSector.LIVELIHOOD}:
            return {FundingSource.SPECIAL_BONDS: Decimal("0.5"), FundingSource.LOCAL_BUDGET: Decimal("0.5")}
        return {FundingSource.OWN_FUNDS: Decimal("0.4"), FundingSource.BANK_LOANS: Decimal("0.6")}

    def code(self, registered_on: date, serial: int, region: str = "140826") -> str:
        """A project code as the standard forms it; two of the sample's end in a wrong digit."""
        if not self.is_known_to_the_province:
            return ""
        body = f"{registered_on:%y%m}-{region}-89-{'02' if '改' in self.name else '01'}-{serial:05}"
        digit = int(mod_11_10.calc_check_digit(body.replace("-", "")))
        return f"{body}{(digit + 1) % 10 if self.key in ODD_CODES else digit}"

    def year_plan(self, year: int, started: date | None) -> Mapping[date, Decimal]:
        """What is to be done in each month of a year since the start, in whole 万元; empty without a plan.

        A project is built in three years, a very large one in six.
        """
        if not self.course.has_plan or started is None:
            return {}
        months = [(date(year, number, 1), share) for number, share in enumerate(SEASON, start=1)]
        building = [(month, share) for month, share in months if month >= month_of(started)]
        yearly = self.total / (6 if self.total >= 2 * 10**9 else 3)
        return {month: (yearly * share / 100 / WAN).quantize(Decimal(1)) * WAN for month, share in building}


@dataclass(frozen=True)
class BottleneckPlan:
    """What holds a project up since so many working days, and what settled it."""

    project: str
    kind: BottleneckKind
    text: str
    agency: str
    ago: int
    resolution: str


@dataclass(frozen=True)
class VisitPlan:
    """A visit so many working days ago, and what it found: (problem, agency, working days until it is wanted)."""

    project: str
    seat: str
    ago: int
    seen: str
    findings: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Portfolio:
    """Everything written down about projects."""

    clusters: tuple[str, ...]
    projects: tuple[ProjectPlan, ...]
    neighbors: tuple[ProjectPlan, ...]
    bottlenecks: tuple[BottleneckPlan, ...]
    visits: tuple[VisitPlan, ...]


def read_portfolio() -> Portfolio:
    """Read the file of the package."""
    told = read_table("projects")
    clusters = tuple(told["clusters"])
    return Portfolio(
        clusters=clusters,
        projects=(*_industrial(told["industrial"], clusters), *map(_other, told["others"])),
        neighbors=tuple(map(_other, told["neighbor"])),
        bottlenecks=tuple(BottleneckPlan(row[0], BottleneckKind(row[1]), *row[2:]) for row in told["bottlenecks"]),
        visits=tuple(_visit(*row) for row in told["visits"]),
    )


def _industrial(rows: list[list[Any]], clusters: tuple[str, ...]) -> Iterator[ProjectPlan]:
    for key, name, owner, cluster, industry, agency, place, total, course in rows:
        yield ProjectPlan(key, name, owner, clusters[cluster], industry, agency, place, Decimal(total), COURSES[course])


def _visit(project: str, seat: str, ago: int, seen: str, findings: list[list[Any]]) -> VisitPlan:
    return VisitPlan(project, seat, ago, seen, tuple((text, agency, days) for text, agency, days in findings))


def _other(row: list[Any]) -> ProjectPlan:
    key, name, owner, sector, level, industry, agency, place, total, course = row
    return ProjectPlan(
        key=key,
        name=name,
        owner=owner,
        cluster="",
        industry=industry,
        agency=agency,
        place=place,
        total=Decimal(total),
        course=COURSES[course],
        sector=ProjectSector(sector),
        level=ProjectLevel(level),
    )


def owner_code(serial: int, region: str = "140826") -> str:
    """A unified social credit code that is sound throughout, its organization code included."""
    body = f"MA{serial:06}"
    rest = 11 - sum(int(letter, 36) * weight for letter, weight in zip(body, ORGANIZATION_WEIGHTS, strict=True)) % 11
    code = "".join(["91", region, body, {10: "X", 11: "0"}.get(rest, str(rest))])
    return f"{code}{uscc.calc_check_digit(code)}"


def reported(plan: ProjectPlan, month: date, planned: Decimal, today: date) -> Decimal | None:
    """What is reported as done in a month: the plan at the pace of the course; None when nobody reports."""
    ago = (month.year - today.year) * 12 + month.month - today.month
    pace = plan.course.paces.get(ago, plan.course.pace)
    if plan.course.suspended_in is not None and ago >= plan.course.suspended_in:
        return None
    return None if pace is None else (planned * pace / WAN).quantize(Decimal(1)) * WAN


def month_at(today: date, ago: int | None) -> date | None:
    """The month so many months from the current one."""
    return None if ago is None else months_after(month_of(today), ago)
