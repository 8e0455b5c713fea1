"""The sample's portfolio of the year: approved in January, adjusted in summer, and a draft for what comes next.

The approved version holds what a county once published: 32 industrial projects over 100 million yuan with 14.955
billion in six clusters, a pumped-storage project of 9.586 billion and a new district of 2.264 billion.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.kernel.months import months_after
from sushui.kernel.viewer import Viewer
from sushui.projects import services
from sushui.projects.enums import ProjectStage
from sushui.projects.queries import ProjectFilter

from .county import SampleCounty

if TYPE_CHECKING:
    from sushui.projects.models import PortfolioEntry, PortfolioVersion

    from .projects import Site

OFFICE, LEADER = "reform.project", "government.executive"
LATER = ("wing",)  # not in the approved list: it came in when that was adjusted
# What those in production turn out, in percent of what was expected.
OUTPUTS = {"e6": 86, "h4": 97, "s3": 104}
HOUR = time(15)


def plan_portfolio(county: SampleCounty, sites: Mapping[str, Site], now: datetime) -> None:
    """Open this year's portfolio and lead it through its versions, each on its day."""
    year = clock.local(now).year
    office, leader = county.viewer(OFFICE), county.viewer(LEADER)
    keys = {site.project.pk: key for key, site in sites.items()}
    with _on(date(year, 1, 12), now):
        _record_outputs(county, sites, year)
        portfolio = services.portfolios.open_portfolio(office, year=year, name="县级重点项目盘子")
        first = services.portfolios.draft_from_ledger(office, portfolio, ProjectFilter(), note="年度计划草案")
        for entry in list(first.entries.all()):
            if keys.get(entry.project_id) in LATER:
                services.portfolios.take_out(office, _of(first, entry), reason="资金来源未落实，暂不列入。")
        services.portfolios.discuss_version(office, first, on=clock.today(), note="县长办公会议讨论，原则同意。")
    with _on(date(year, 1, 20), now):
        services.portfolios.approve_version(leader, first, on=clock.today(), document="县委常委会会议纪要")
    if clock.local(now).month > 7:
        _adjust(county, sites, first, now)


def _adjust(county: SampleCounty, sites: Mapping[str, Site], first: PortfolioVersion, now: datetime) -> None:
    """In July: one in, one out, one later, one dearer, one moved up; in the autumn a draft of what comes next."""
    office, leader, year = county.viewer(OFFICE), county.viewer(LEADER), first.portfolio.year
    with _on(date(year, 7, 8), now):
        second = services.portfolios.draft_from_version(office, first, note="上半年项目推进情况研判后调整")
        services.portfolios.take_out(office, _entry(second, sites["n4"]), reason="燃料收储价格倒挂，企业申请停建。")
        services.portfolios.put_in(office, second, [sites["wing"].project.pk])
        services.portfolios.move_entry(office, _entry(second, sites["e2"]), position=3)
        _change(office, _entry(second, sites["district"]), planned=Decimal(460_000_000), note="专项债券额度增加")
        services.portfolios.discuss_version(office, second, on=clock.today(), note="项目调度会议讨论。")
    with _on(date(year, 7, 15), now):
        services.portfolios.approve_version(leader, second, on=clock.today(), document="县政府常务会议纪要")
    with _on(months_after(clock.local(now).date(), -1), now):
        third = services.portfolios.draft_from_version(office, second, note="年底冲刺：预安排调整")
        later = _entry(third, sites["m6"])
        start = months_after(later.start_month, 6) if later.start_month else None
        _change(office, later, start_month=start, note="能耗指标待批复")
        services.portfolios.take_out(office, _entry(third, sites["m7"]), reason="转入储备库继续谋划。")


def _record_outputs(county: SampleCounty, sites: Mapping[str, Site], year: int) -> None:
    """What projects in production turned out last year."""
    for key, percent in OUTPUTS.items():
        site = sites[key]
        expected = site.project.expected_output
        if site.project.stage is not ProjectStage.UNDER_CONSTRUCTION and expected is not None:
            amount = expected * percent / 100
            worker = county.viewer(county.worker(site.plan.agency))
            services.outputs.record_output(worker, site.project, year=year - 1, amount=amount)


def _change(office: Viewer, entry: PortfolioEntry, **values: object) -> None:
    stands = services.portfolios.EntryValues(
        entry.total, entry.planned, entry.start_month, entry.completion_month, entry.note
    )
    services.portfolios.change_entry(office, entry, replace(stands, **values))  # type: ignore[arg-type]


def _entry(version: PortfolioVersion, site: Site) -> PortfolioEntry:
    return _of(version, version.entries.get(project=site.project))


def _of(version: PortfolioVersion, entry: PortfolioEntry) -> PortfolioEntry:
    """The entry as it is now: others may have changed its rank."""
    return version.entries.select_related("list_version__portfolio").get(pk=entry.pk)


def _on(day: date, now: datetime) -> AbstractContextManager[None]:
    """That day, or the first working day after it, in the afternoon; now where it has not come."""
    worked = working_calendar().next_working_day(day)
    return clock.frozen(min(timezone.make_aware(datetime.combine(worked, HOUR)), now))
