"""The sample's enterprises: the units that build its projects and some more, with two years of figures, all made up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sushui.enterprises import queries, services
from sushui.enterprises.enums import EnterpriseFigureKind, EnterpriseStatus, FigureSource, LegalForm, PersonRole
from sushui.enterprises.services import EnterpriseDraft, FigureDraft, PersonDraft
from sushui.kernel import clock
from sushui.kernel.months import month_of, months_after, months_between
from sushui.kernel.viewer import Viewer
from sushui.organizations.queries import division_tree

from .county import SampleCounty
from .plan import read_table
from .portfolio import owner_code
from .projects import OFFICE, Site

if TYPE_CHECKING:
    from sushui.enterprises.models import Enterprise

K, FROM = EnterpriseFigureKind, FigureSource
STATISTICIAN = "statistics_bureau.statistician"
FIRST_SERIAL = 501  # of the codes of those that build nothing
MONTHLY = 12  # so many enterprises tell every month
WITH_PEOPLE = 20
SURNAMES = "赵钱孙李周吴郑王冯陈"
# What a year's figures are in proportion to the revenue, in thousandths.
SHARES = {K.OUTPUT: 1040, K.TAX: 43, K.PROFIT: 61, K.ASSETS: 1270, K.RESEARCH: 18, K.ELECTRICITY: 95}
# The seasons of a year in percent of an average month.
SEASON = (88, 62, 97, 104, 108, 106, 101, 99, 107, 109, 110, 109)


def enter_enterprises(county: SampleCounty, sites: Mapping[str, Site], now: datetime) -> None:
    """Enter the owners of projects under the codes that their projects name, and the others; then their figures."""
    with clock.frozen(now):
        office = county.viewer(OFFICE)
        known: dict[str, tuple[EnterpriseDraft, Decimal, int]] = {}
        for draft, revenue, employees in (*_owners(sites), *_others(county, office)):
            known.setdefault(draft.code, (draft, revenue, employees))
        rows = services.register_enterprises(office, [draft for draft, _revenue, _employees in known.values()])
        told = [(row, revenue, employees) for row, (_, revenue, employees) in zip(rows, known.values(), strict=True)]
        figures = [figure for each in told for figure in _years(*each)]
        busy = [(row, revenue) for row, revenue, _employees in told if revenue > 0][:MONTHLY]
        figures += [figure for each in busy for figure in _months(*each)]
        services.report_enterprise_figures(office, figures)
        for place, row in enumerate(rows[:WITH_PEOPLE]):
            _add_people(office, row, place)
        _list(county.viewer(STATISTICIAN))


def _owners(sites: Mapping[str, Site]) -> Iterator[tuple[EnterpriseDraft, Decimal, int]]:
    for site in sites.values():
        project = site.project
        if not site.plan.owner.endswith("公司"):
            continue
        draft = EnterpriseDraft(
            project.owner_name,
            project.owner_code,
            legal_form=LegalForm.LIMITED,
            industry_code=project.industry_code,
            agency_id=project.agency_id,
            place_id=project.place_id,
            established_on=date(2008 + len(project.owner_name) % 12, 5, 18),
            registered_capital=site.plan.total / 10,
            address=project.place_text,
        )
        yield draft, site.plan.total / 3, int(site.plan.total // 4_000_000)


def _others(county: SampleCounty, office: Viewer) -> Iterator[tuple[EnterpriseDraft, Decimal, int]]:
    places = {row.division.code: row.division.pk for row in division_tree(office)}
    for serial, row in enumerate(read_table("enterprises")["others"], start=FIRST_SERIAL):
        name, industry, agency, place, form, revenue, employees, status = row
        draft = EnterpriseDraft(
            name,
            owner_code(serial),
            legal_form=LegalForm(form),
            industry_code=industry,
            agency_id=county.agencies[agency].pk,
            place_id=places.get(place),
            established_on=date(1998 + serial % 20, 9, 3),
            registered_capital=Decimal(revenue) / 5,
            has_qualification=True if industry.startswith(("47", "48")) else None,
        )
        if status != EnterpriseStatus.OPERATING:
            since = clock.today() - timedelta(days=140)
            draft = replace(draft, status=EnterpriseStatus(status), status_on=since)
        yield draft, Decimal(revenue), employees


def _years(row: Enterprise, revenue: Decimal, employees: int) -> Iterator[FigureDraft]:
    """Last year and the one before; of every third the tax authority tells another revenue."""
    for ago, percent in ((2, 91), (1, 100)):
        year = clock.today().year - ago
        told = revenue * percent / 100
        amounts = {K.REVENUE: told, K.EMPLOYEES: Decimal(employees), **{k: told * s / 1000 for k, s in SHARES.items()}}
        for kind, amount in amounts.items():
            yield _figure(row, year, kind, amount, FROM.ENTERPRISE)
        if row.pk % 3 == 0:
            yield _figure(row, year, K.REVENUE, told * 97 / 100, FROM.TAX_OFFICE)
            yield _figure(row, year, K.TAX, told * 43 / 1000, FROM.TAX_OFFICE)


def _months(row: Enterprise, revenue: Decimal) -> Iterator[FigureDraft]:
    """Revenue and electricity of every month of last year and this one."""
    this = month_of(clock.today())
    for month in months_between(date(this.year - 1, 1, 1), months_after(this, -1)):
        told = revenue / 12 * SEASON[month.month - 1] / 100
        yield _figure(row, month.year, K.REVENUE, told, FROM.ENTERPRISE, month.month)
        yield _figure(row, month.year, K.ELECTRICITY, told * 95 / 1000, FROM.POWER_COMPANY, month.month)


def _figure(
    row: Enterprise, year: int, kind: EnterpriseFigureKind, amount: Decimal, source: FigureSource, month: int = 0
) -> FigureDraft:
    after = months_after(date(year, month, 1), 1) if month else date(year + 1, 1, 1)
    told_on = min(after + timedelta(days=14), clock.today())  # the newest is told early in the first days of a month
    return FigureDraft(row.pk, year, kind, amount.quantize(Decimal(1)), source, month=month, told_on=told_on)


def _add_people(office: Viewer, row: Enterprise, place: int) -> None:
    """People who are nobody: a surname and numbers that no network gives."""
    surname = SURNAMES[place % len(SURNAMES)]
    since = row.established_on or clock.today()
    for role, name in ((PersonRole.LEGAL_REPRESENTATIVE, f"{surname}某"), (PersonRole.CONTACT, f"{surname}某某")):
        phone = f"1990000{place:02}{len(name):02}"
        services.add_person(office, row, PersonDraft(name, role, phone=phone, from_on=since))


def _list(bureau: Viewer) -> None:
    """Of those that reach the threshold all but every fifth are in the statistics bureau's list."""
    reaching = queries.register(bureau, queries.EnterpriseFilter(above_size="candidate")).order_by("pk")
    for place, row in enumerate(reaching.filter(division_id=bureau.division_id)):
        if place % 5:
            services.list_enterprise(bureau, row, on=date(clock.today().year - 1, 1, 1))
