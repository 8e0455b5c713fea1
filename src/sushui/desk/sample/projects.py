"""Building the sample's projects by services: a year of plans and figures, liaisons, visits and bottlenecks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING

from django.utils import timezone

from sushui.kernel import clock, outbox
from sushui.kernel.days import working_calendar
from sushui.kernel.months import end_of, months_after, months_between
from sushui.kernel.viewer import Viewer
from sushui.liaison import queries as standing
from sushui.liaison import services as liaison
from sushui.liaison.enums import LiaisonRole
from sushui.liaison.services import FindingDraft, LiaisonDraft, VisitDraft
from sushui.organizations.enums import AgencyKind
from sushui.organizations.queries import division_tree
from sushui.projects import services
from sushui.projects.enums import FigureKind, FundingSource, ProjectStage
from sushui.projects.services import Figure, PaymentDemand, ProjectDraft, Registration
from sushui.supervision import queries as supervision
from sushui.supervision.enums import ReportKind
from sushui.supervision.services import report_progress, sign_for_task

from .county import SampleCounty
from .ground import place_sites
from .history import History
from .portfolio import BottleneckPlan, Portfolio, ProjectPlan, VisitPlan, month_at, owner_code, read_portfolio, reported

if TYPE_CHECKING:
    from sushui.projects.models import Project
    from sushui.supervision.models import SupervisedTask, TaskPart

OFFICE, NEIGHBOR_OFFICE = "reform.project", "neighbor_reform.head"
LEADERS = ("executive", "industry", "construction", "rural", "welfare", "magistrate")
OFFICERS = ("zone.handler", "approval.handler", "investment.handler", "industry_bureau.handler")
# Steps of a project: name, months from the start until it is planned to be reached.
STEPS = (("基础完工", 4), ("主体封顶", 11), ("设备安装", 17), ("联合试车", 23))
BEGAN_BEFORE = timedelta(days=20)  # a project that has just begun
REPORTED_ON, LIT_ON = 3, 6  # days of the next month
HOUR = time(9, 30)
SELDOM = 4  # of the projects, each so manieth is seldom visited
UNSIGNED = 4  # of the tasks that visits raise, each so manieth is not signed for
WITH_TASK = ("district",)  # whose bottleneck became a supervised task

Deed = Callable[[], object]


@dataclass
class Site:
    """A project as it was registered, with its plan, the day of its start and what is to be done in each month."""

    plan: ProjectPlan
    project: Project
    started: date | None
    months: dict[date, Decimal] = field(default_factory=dict)


@dataclass
class Builder:
    """Builds the projects of one division: registers them on the first day, and lives on until now."""

    county: SampleCounty
    office: Viewer
    now: datetime
    first_day: date
    sites: dict[str, Site] = field(default_factory=dict)
    deeds: list[tuple[date, Deed]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return clock.local(self.now).date()

    def found(self, plans: Sequence[ProjectPlan], clusters: Sequence[str]) -> None:
        """Register the projects with the plans of last year and this one."""
        with clock.frozen(self._at(self.first_day)):
            entries = [services.ClusterEntry(name) for name in clusters]
            ranked = {each.name: each.pk for each in services.set_clusters(self.office, entries)}
            places = {row.division.code: row.division.pk for row in division_tree(self.office)}
            wanted = [self._registration(plan, serial, ranked, places) for serial, plan in enumerate(plans, start=1)]
            projects = services.register_projects(self.office, wanted)
            for plan, project in zip(plans, projects, strict=True):
                self.sites[plan.key] = Site(plan, project, self._start(plan))
            self._plan_years()
            place_sites(self.office, self.sites.values())
        for site in self.sites.values():
            self._foresee(site)
        self._foresee_months()

    def live(self) -> None:
        """Let everything happen on its day, until now."""
        calendar = working_calendar()
        for day, deed in sorted(self.deeds, key=lambda each: each[0]):
            worked = calendar.next_working_day(day)
            if self.first_day <= day and worked <= self.today:
                with clock.frozen(min(self._at(worked), self.now)):
                    deed()
        with clock.frozen(self.now):
            services.light_due()
            outbox.deliver()

    def _at(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, HOUR))

    def _worker(self, site: Site) -> Viewer:
        return self.county.viewer(self.county.worker(site.plan.agency))

    # --- the first day -----------------------------------------------------------------------------------------------
    def _registration(
        self, plan: ProjectPlan, serial: int, clusters: dict[str, int], places: dict[str, int]
    ) -> Registration:
        stage, day = self._first_stage(plan, self._start(plan))
        planned = month_at(self.today, plan.course.starts)
        draft = ProjectDraft(
            name=plan.name,
            code=plan.code(self.first_day, serial),
            content=plan.content,
            owner_name=plan.owner,
            owner_code=self._owner_codes.get(plan.owner) or owner_code(serial),
            industry_code=plan.industry,
            cluster_id=clusters.get(plan.cluster),
            level=plan.level,
            sector=plan.sector,
            agency_id=self.county.agencies[plan.agency].pk,
            place_id=places.get(plan.place),
            planned_start_month=planned,
            planned_completion_month=months_after(planned, 30) if planned else None,
            funding=self._funding(plan),
            confirmed=frozenset({"code"}),
            **plan.quantities,
        )
        return Registration(draft, stage, day)

    @cached_property
    def _owner_codes(self) -> dict[str, str]:
        """Codes of owners that have accounts of their own, by their full names."""
        return {agency.name: agency.code for agency in self.county.agencies.values() if agency.code}

    def _funding(self, plan: ProjectPlan) -> dict[tuple[int, FundingSource], Decimal]:
        """Money by source for the whole project (year 0), and for this year what is planned of it."""
        year, is_building = self.today.year, plan.course.stage is ProjectStage.UNDER_CONSTRUCTION
        yearly = sum(plan.year_plan(year, self._start(plan)).values(), Decimal()) if is_building else Decimal()
        sums = {0: plan.total, year: yearly}
        return {
            (each, source): amount * share
            for each, amount in sums.items()
            if amount
            for source, share in plan.sources.items()
        }

    def _start(self, plan: ProjectPlan) -> date | None:
        """The tenth of its month; a project that has just begun did so twenty days ago."""
        month = month_at(self.today, plan.course.started)
        return None if month is None else min(month + timedelta(days=9), self.today - BEGAN_BEFORE)

    def _first_stage(self, plan: ProjectPlan, started: date | None) -> tuple[ProjectStage, date]:
        """Where it stood on the first day, and since when."""
        if started is None:
            return plan.course.stage, self.first_day
        if started > self.first_day:
            return ProjectStage.PRE_CONSTRUCTION, self.first_day
        is_at_rest = plan.course.stage is ProjectStage.SUSPENDED
        return (ProjectStage.UNDER_CONSTRUCTION if is_at_rest else plan.course.stage), started

    def _plan_years(self) -> None:
        for site in self.sites.values():
            if site.plan.course.stage is ProjectStage.UNDER_CONSTRUCTION:
                for year in (self.today.year - 1, self.today.year):
                    site.months.update(site.plan.year_plan(year, site.started))
        figures = [
            Figure(site.project.pk, month, FigureKind.PLAN, amount)
            for site in self.sites.values()
            for month, amount in site.months.items()
        ]
        services.record_figures(self.office, figures)

    # --- what happens to one project ---------------------------------------------------------------------------------
    def _foresee(self, site: Site) -> None:
        course, project = site.plan.course, site.project
        if site.started is not None and site.started > self.first_day:
            self._on(site.started, partial(self._move, site, ProjectStage.UNDER_CONSTRUCTION))
        if site.started is not None and course.enrolled_after is not None:
            enrolled_on = max(months_after(site.started, course.enrolled_after), self.first_day)
            self._on(enrolled_on, lambda: services.enroll_project(self.office, project, enrolled_on=enrolled_on))
        if course.postponed_in is not None:
            day, month = months_after(self.today, course.postponed_in), months_after(self.today, 2)
            reason = "用地报批未完成，经县政府专题会议同意调整。"
            self._on(day, lambda: services.postpone_start(self.office, project, month=month, reason=reason))
        if course.suspended_in is not None:
            self._on(months_after(self.today, course.suspended_in), partial(self._suspend, site))
        if course.is_unpaid:
            self._on(months_after(self.today, -8), partial(self._receive, site))
        if site.months:
            self._foresee_steps(site)

    def _foresee_steps(self, site: Site) -> None:
        """Steps are reached a little later than planned; where the work is slow nobody has said so yet."""
        assert site.started is not None, "what is planned by month has a start"
        lateness = timedelta(days=len(site.plan.name) - 5)
        step = None
        for name, months in STEPS:
            planned_on = end_of(months_after(site.started, months))
            with clock.frozen(self._at(self.first_day)):
                step = services.add_milestone(self.office, site.project, name=name, planned_on=planned_on, after=step)
            if site.plan.course.pace >= 1:
                reach = partial(services.reach_milestone, self._worker(site), step, evidence="监理月报")
                reached_on = planned_on + lateness
                self._on(max(reached_on, self.first_day), partial(reach, reached_on=reached_on))

    def _on(self, day: date, deed: Deed) -> None:
        self.deeds.append((day, deed))

    def _move(self, site: Site, stage: ProjectStage) -> None:
        services.move_project(self.office, site.project, stage=stage, on=clock.today(), is_owed=True)

    def _suspend(self, site: Site) -> None:
        services.move_project(
            self.office,
            site.project,
            stage=ProjectStage.SUSPENDED,
            on=clock.today(),
            note="燃料收储价格倒挂，企业申请停建，待电价政策明确。",
            review_on=self.today + timedelta(days=30),
        )

    def _receive(self, site: Site) -> None:
        """Money from above of which too little is paid out."""
        came = services.receive_funds(
            self.office,
            site.project,
            source=FundingSource.SPECIAL_BONDS,
            amount=site.plan.total / 5,
            received_on=clock.today(),
            document="债券资金下达文件",
            demands=[
                PaymentDemand(end_of(months_after(self.today, -2)), 60),
                PaymentDemand(end_of(months_after(self.today, 5)), 100),
            ],
        )
        services.pay_funds(self._worker(site), came, amount=site.plan.total * 7 / 100, paid_on=clock.today())

    # --- what happens every month ------------------------------------------------------------------------------------
    def _foresee_months(self) -> None:
        for month in months_between(months_after(self.first_day, 1), self.today):
            self._on(month + timedelta(days=REPORTED_ON - 1), partial(self._report, months_after(month, -1)))
            self._on(month + timedelta(days=LIT_ON - 1), services.light_due)

    def _report(self, month: date) -> None:
        """Every agency reports the month of its projects."""
        by_agency: dict[str, list[Figure]] = {}
        for site in self.sites.values():
            done = reported(site.plan, month, site.months[month], self.today) if month in site.months else None
            if done is not None:
                figure = Figure(site.project.pk, month, FigureKind.ACTUAL, done)
                by_agency.setdefault(site.plan.agency, []).append(figure)
        for agency, figures in by_agency.items():
            services.record_figures(self.county.viewer(self.county.worker(agency)), figures)


# --- who stands by, visits and bottlenecks: days of the history -------------------------------------------------------
def found_projects(county: SampleCounty, now: datetime, first_day: date) -> dict[str, Site]:
    """Build the projects of both counties as they are now."""
    portfolio = read_portfolio()
    here = Builder(county, county.viewer(OFFICE), now, first_day)
    here.found(portfolio.projects, portfolio.clusters)
    _stand_by(here)
    here.live()
    neighbor = Builder(county, county.viewer(NEIGHBOR_OFFICE), now, first_day)
    neighbor.found(portfolio.neighbors, ())
    neighbor.live()
    return here.sites


def _stand_by(builder: Builder) -> None:
    """A leader, the responsible agency and a service officer stand by each project since the first day."""
    county, drafts = builder.county, []
    for turn, site in enumerate(builder.sites.values()):
        subject, day = site.project.subject_id, builder.first_day
        assert subject is not None, "a registered project has its subject"
        leader = county.seats[f"government.{LEADERS[turn % len(LEADERS)]}"].post.pk
        officer = county.seats[OFFICERS[turn % len(OFFICERS)]].post.pk
        agency = county.agencies[site.plan.agency].pk
        source = "县级领导包联重点项目安排"
        drafts += [
            LiaisonDraft(subject, LiaisonRole.LEADER, day, post_id=leader, source=source),
            LiaisonDraft(subject, LiaisonRole.AGENCY, day, agency_id=agency, source=source),
            LiaisonDraft(subject, LiaisonRole.OFFICER, day, post_id=officer, source=source),
        ]
    with clock.frozen(builder._at(builder.first_day)):
        liaison.appoint_liaisons(builder.office, drafts)


def plan_projects(history: History, sites: dict[str, Site]) -> None:
    """Put the bottlenecks and the visits on their days."""
    portfolio: Portfolio = read_portfolio()
    for bottleneck in portfolio.bottlenecks:
        history.deeds[-bottleneck.ago].append(partial(_hold_up, history, bottleneck, sites[bottleneck.project]))
    for turn, visit in enumerate(portfolio.visits):
        history.deeds[-visit.ago].append(partial(_visit, history, visit, sites[visit.project], turn))
    for turn, site in enumerate(sites.values()):
        if turn % SELDOM:
            for ago, (seat, seen) in zip(_calls(turn), _callers(history.county, site, turn), strict=False):
                round_ = VisitPlan(site.plan.key, seat, ago, seen, ())
                history.deeds[-ago].append(partial(_visit, history, round_, site, turn))


def _calls(turn: int) -> tuple[int, int]:
    """When the officer and the agency went there last, in working days."""
    return 2 + turn % 8, 1 + turn % 9


def _callers(county: SampleCounty, site: Site, turn: int) -> list[tuple[str, str]]:
    """Who goes there: the service officer, with the leader; and the agency's own people, where it is no hospital."""
    callers = [(OFFICERS[turn % len(OFFICERS)], "陪同包联领导到现场，逐项核对进度和要素保障。")]
    if county.agencies[site.plan.agency].kind is not AgencyKind.HOSPITAL:
        callers.append((county.worker(site.plan.agency), "到现场核对形象进度和用工情况，没有新的问题。"))
    return callers


def _hold_up(history: History, plan: BottleneckPlan, site: Site) -> None:
    county = history.county
    found = services.raise_bottleneck(
        county.viewer(OFFICE),
        site.project,
        kind=plan.kind,
        text=plan.text,
        found_on=clock.today(),
        agency_id=county.agencies[plan.agency].pk,
    )
    if plan.project in WITH_TASK:
        task = services.raise_bottleneck_task(county.viewer(OFFICE), found).task
        assert task is not None, "it was just raised"
        history.deeds[1 - plan.ago].append(partial(_sign, history, task))
        history.deeds[2 - plan.ago].append(partial(_feed_back, history, task))
    if plan.resolution:
        history.deeds[-plan.ago // 2].append(
            lambda: services.resolve_bottleneck(
                county.viewer(OFFICE), found, resolved_on=clock.today(), resolution=plan.resolution
            )
        )


def _visit(history: History, plan: VisitPlan, site: Site, turn: int) -> None:
    """A visit, and what becomes of the problems that it found."""
    county = history.county
    viewer = county.viewer(plan.seat)
    findings = tuple(
        FindingDraft(text, county.agencies[agency].pk, history.on(days - plan.ago))
        for text, agency, days in plan.findings
    )
    subject = standing.visitable_subjects(viewer).get(label=site.project.name)
    visit = liaison.log_visit(
        viewer,
        subject,
        VisitDraft(
            clock.today(),
            plan.seen,
            place=f"{site.plan.name}现场",
            with_leader=plan.seat in OFFICERS,
            findings=findings,
        ),
    )
    for finding in visit.findings.select_related("task"):
        if finding.task is not None and turn % UNSIGNED:
            history.deeds[1 - plan.ago].append(partial(_sign, history, finding.task))
            history.deeds[2 - plan.ago].append(partial(_feed_back, history, finding.task))


def _workers(history: History, task: SupervisedTask) -> Iterator[tuple[Viewer, TaskPart]]:
    county = history.county
    for part in supervision.parts_of(task):
        yield county.viewer(county.worker(county.key_of(part.agency_id))), part


def _sign(history: History, task: SupervisedTask) -> None:
    for worker, part in _workers(history, task):
        sign_for_task(worker, part)


def _feed_back(history: History, task: SupervisedTask) -> None:
    for worker, part in _workers(history, task):
        report_progress(worker, part, kind=ReportKind.FEEDBACK, text=history.sentences.next("feedback"))
