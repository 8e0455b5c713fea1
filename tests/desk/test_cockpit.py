"""The county on one page: every figure opens exactly the rows behind it, for each who may look, and nothing else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from sushui.desk import queries
from sushui.desk.queries import ProjectChange, TaskChange
from sushui.kernel.models import Subject
from sushui.organizations.enums import DivisionLevel
from sushui.organizations.models import Division
from sushui.projects import services as projects
from sushui.projects.enums import BottleneckKind, ProjectStage
from sushui.projects.models import Project
from sushui.projects.services import light_due
from tests.cast import County
from tests.projects.play import Play as ProjectPlay
from tests.supervision.play import Play, on

BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = "2026-07-14"
YEAR = {f"m{number}": 100 for number in range(1, 13)}
LINK = re.compile(r'<a class="[^"]*" href="([^"]+)" data-(rows|sum)="([^"]+)">')
FIGURE = re.compile(
    r'<a class="cockpit-figure-main" href="([^"]+)">.*?cockpit-figure-value[^>]*>(.*?)</span>\s*</a>', re.S
)


@pytest.fixture
def town(county: County) -> County:
    return town_of(county)


def town_of(county: County) -> County:
    """A county in July: tasks closed, late and red; projects that keep up, fall behind and are held up."""
    tasks, built = Play(county), ProjectPlay(county)
    with on("2026-01-05"):
        behind = built.building(name="落后的", place_id=county.county.pk)
        kept = built.building(name="按期的", agency_id=built.agency_id("finance"))
        for project in (behind, kept):
            built.plan(project, **YEAR)
    with on("2026-06-22"):
        tasks.task("works", title="久红的")
        tasks.task("finance", title="也红的")
        good = tasks.signed(title="按时的")
        built.report(kept, by="project_office", m1=100, m2=100, m3=100, m4=100, m5=100)
    with on("2026-06-23"):
        tasks.apply(good)
        tasks.close(good)
    with on("2026-07-13"):
        built.report(behind, m1=7)
        held = built.project(name="没主的", agency_id=None)
        projects.raise_bottleneck(built.office, held, kind=BottleneckKind.LAND, text="等", found_on=date(2026, 7, 13))
        light_due()
        tasks.task("gujiang", title="新交办的")
    return county


@pytest.fixture
def zoned(town: County) -> dict[str, Division]:
    """Development zones, one in the county and one in no county, with a project each."""
    built = ProjectPlay(town)
    homes = {"in_county": ("140826Z", "绛县开发区", town.county), "in_city": ("1408Z", "运城开发区", town.city)}
    zones = {}
    with on("2026-07-13"):
        for key, (code, name, home) in homes.items():
            zone = zones[key] = Division.objects.create(
                code=code, name=name, level=DivisionLevel.ZONE, parent=home, path=f"{home.path}/{code}"
            )
            project = built.project(name=f"{name}的", agency_id=None)
            Project.objects.filter(pk=project.pk).update(division=zone)
            Subject.objects.filter(pk=project.subject_id).update(division=zone)
    return zones


@pytest.fixture
def today() -> Iterator[None]:
    with on(TODAY):
        yield


def sit(county: County, who: str) -> Client:
    client = Client()
    client.force_login(county.user(who), BACKEND)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def figures(page: str) -> list[tuple[str, str, str]]:
    """Address, kind and value of every figure of a page that opens rows."""
    return [(unescape(url), kind, value) for url, kind, value in LINK.findall(page)]


def rows_of(client: Client, url: str) -> str:
    return read(client, f"{url}&print=1")


def summed(page: str, *names: str) -> list[Decimal]:
    """The sums of the amounts that the rows of a page carry."""
    return [
        sum((Decimal(each) for each in re.findall(rf'<tr data-row[^>]*data-{name}="([^"]+)"', page)), Decimal())
        for name in names
    ]


def column_sums(page: str) -> list[Decimal]:
    """What the exact yuan in each column of a list's rows come to."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in re.findall(r"<tr data-row.*?</tr>", page, re.S):
        for place, cell in enumerate(row.split("<td")):
            exact = re.search(r'class="money" title="([\d,.-]+) ', cell)
            sums[place] += Decimal(exact[1].replace(",", "")) if exact else 0
    return list(sums.values())


def faults(client: Client, address: str) -> list[tuple[str, str, str]]:
    """Figures of a page whose rows are others than the figure says."""
    found = []
    for url, kind, value in figures(read(client, address)):
        page = rows_of(client, url)
        if kind == "rows":
            is_right = page.count("<tr data-row") == int(value)
        elif "/money/" in url:
            is_right = Decimal(value) in summed(page, "planned", "done")
        elif "/reported/" in url:
            now, before = summed(page, "now", "before")
            is_right = now - before == Decimal(value)
        else:  # sums of the ledger stand under its head, and its rows come to them
            is_right = f"{Decimal(value) / 10_000:,.2f}" in page and Decimal(value) in column_sums(page)
        if not is_right:
            found.append((url, kind, value))
    return found


LOOKERS = ["leader", "office", "project_office", "city_leader"]


@pytest.mark.parametrize("who", LOOKERS)
@pytest.mark.parametrize("query", ["", "?grid=place", "?since=2026-06-22"])
def test_every_figure_opens_exactly_its_rows(town: County, today: None, who: str, query: str) -> None:
    client = sit(town, who)

    assert faults(client, f"/cockpit/{query}") == []


def test_every_figure_of_the_wall_opens_its_rows(town: County, today: None) -> None:
    assert faults(sit(town, "leader"), "/cockpit/wall/") == []


def test_every_cell_of_the_counties_opens_that_countys_rows(town: County, today: None) -> None:
    assert faults(sit(town, "city_leader"), "/cockpit/counties/") == []


def test_a_county_seen_from_the_city_opens_its_rows_alone(town: County, today: None) -> None:
    client, address = sit(town, "city_leader"), f"/cockpit/?division={town.county.pk}"

    assert faults(client, address) == []
    assert all(f"division={town.county.pk}" in url for url, _kind, _value in figures(read(client, address)))


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("leader", ""),
        ("leader", "?grid=place"),
        ("city_leader", ""),
        ("city_leader", "counties/"),
        ("city_leader", "?division={county}"),
        ("city_leader", "?division={zone}&since=2026-06-22"),
    ],
)
def test_every_figure_opens_its_rows_where_zones_lie_below(
    zoned: dict[str, Division], town: County, today: None, who: str, path: str
) -> None:
    numbers = {"county": town.county.pk, "zone": zoned["in_county"].pk}

    assert faults(sit(town, who), "/cockpit/" + path.format(**numbers)) == []


def test_a_county_counts_with_the_zones_in_it_wherever_it_is_seen(
    zoned: dict[str, Division], town: County, today: None
) -> None:
    own = queries.cockpit(town.viewer("leader"))
    from_above = queries.cockpit(town.viewer("city_leader"), division_id=town.county.pk)
    row = next(row for row in queries.county_rows(town.viewer("city_leader")) if row.division == town.county)

    counts = [(found.totals.count, found.red_projects, found.red_tasks) for found in (own, from_above)]
    assert [*counts, (row.projects.count, row.projects.red, row.red_tasks)] == [(4, 1, 2)] * 3


def test_a_zone_in_no_county_stands_beside_the_counties(zoned: dict[str, Division], town: County, today: None) -> None:
    rows = queries.county_rows(town.viewer("city_leader"))

    assert [(row.division.name, row.projects.count) for row in rows] == [
        ("闻喜县", 0),
        ("绛县", 4),
        ("运城开发区", 1),
    ]


def test_the_first_screen_has_something_to_prove(town: County, today: None) -> None:
    kinds = [kind for _url, kind, _value in figures(read(sit(town, "leader"), "/cockpit/"))]

    assert (kinds.count("rows") > 25, kinds.count("sum") > 15) == (True, True)


# --- what the figures say --------------------------------------------------------------------------------------------
@pytest.fixture
def seen(town: County, today: None) -> queries.Cockpit:
    return queries.cockpit(town.viewer("leader"))


def test_what_is_red_is_said_by_agency_the_longest_and_most_first(seen: queries.Cockpit) -> None:
    assert [(row.agency, row.leader, row.tasks, row.projects) for row in seen.red] == [
        ("县住建局", "常务副县长", 1, 1),
        ("县财政局", "常务副县长", 1, 0),
    ]


@pytest.mark.parametrize(
    ("who", "is_narrowed", "name"),
    [("leader", False, "县住建局"), ("city_leader", False, "绛县 县住建局"), ("city_leader", True, "县住建局")],
)
def test_where_several_counties_are_seen_an_agency_says_of_which_it_is(
    town: County, today: None, who: str, is_narrowed: bool, name: str
) -> None:
    found = queries.cockpit(town.viewer(who), division_id=town.county.pk if is_narrowed else None)

    assert found.red[0].agency == name


def test_the_figures_are_the_sums_of_their_rows(seen: queries.Cockpit) -> None:
    assert (seen.red_tasks, seen.red_projects, seen.held_up) == (2, 1, 1)
    assert sum(seen.grid.values()) == seen.totals.count == 3
    assert sum(month.actual for month in seen.months) == seen.totals.done


def test_the_worst_agency_stands_first(seen: queries.Cockpit) -> None:
    assert [(row.agency, row.on_time, row.judged) for row in seen.rates] == [
        ("县财政局", 0, 1),
        ("古绛镇", 0, 1),
        ("县住建局", 1, 2),
    ]


def test_what_changed_since_yesterday_began_with_that_day(seen: queries.Cockpit) -> None:
    changes = seen.yesterday

    assert changes.since == date(2026, 7, 13)
    assert (changes.tasks[TaskChange.ASSIGNED], changes.tasks[TaskChange.CLOSED]) == (1, 0)
    assert (changes.projects[ProjectChange.TURNED_RED], changes.projects[ProjectChange.HELD_UP]) == (1, 1)
    assert changes.reported == Decimal(70_000)


def test_the_last_meeting_says_since_when_else(seen: queries.Cockpit) -> None:
    assert (seen.meeting, seen.lately and seen.lately.since) == ("调度会", date(2026, 7, 13))


def test_another_day_may_be_asked_for(town: County, today: None) -> None:
    found = queries.cockpit(town.viewer("leader"), since=date(2026, 6, 22)).lately

    assert found is not None
    assert (found.since, found.tasks[TaskChange.CLOSED], found.tasks[TaskChange.ASSIGNED]) == (date(2026, 6, 22), 1, 4)


@pytest.mark.parametrize("since", ["2027-01-01", "gestern", ""])
def test_a_day_that_is_none_is_not_asked_for(town: County, today: None, since: str) -> None:
    page = read(sit(town, "leader"), f"/cockpit/?since={since}")

    assert page.count("上次会议以来") == 1


@pytest.mark.parametrize(("day", "judged"), [("2026-07-05", 5), ("2026-07-06", 6)])
def test_a_month_is_judged_once_its_figures_are_due(town: County, day: str, judged: int) -> None:
    with on(day):
        page = read(sit(town, "leader"), "/cockpit/")

    assert len([each for each in re.findall(r'data-percent="([^"]*)" data-url', page) if each]) == judged


def test_a_month_is_judged_when_it_has_ended(town: County, today: None) -> None:
    page = read(sit(town, "leader"), "/cockpit/")
    percents = re.findall(r'data-percent="([^"]*)" data-url', page)

    assert percents == ["53.5", "51.8", "51.2", "50.9", "50.7", "42.2", "", "", "", "", "", ""]


def test_a_plan_for_the_year_alone_is_not_held_against_the_months(town: County) -> None:
    built = ProjectPlay(town)
    with on("2026-07-13"):
        yearly = built.building(name="只有年计划的")
        projects.plan_year(built.office, yearly, 2026, Decimal(12_000_000))
        built.report(yearly, m1=300, m2=300)
    with on(TODAY):
        page = read(sit(town, "leader"), "/cockpit/")
        found = queries.cockpit(town.viewer("leader"))

    assert re.findall(r'data-percent="([^"]*)" data-url', page)[:6] == ["53.5", "51.8", "51.2", "50.9", "50.7", "42.2"]
    assert "累计比例只算有月度计划的项目，另有 1 个项目只有年度计划。" in page
    assert sum(month.actual for month in found.months) == found.totals.done


def test_without_anything_the_page_says_what_would_be_here(county: County, today: None) -> None:
    page = read(sit(county, "leader"), "/cockpit/")

    assert [
        words in page
        for words in ("没有红灯事项，也没有红灯项目。", "台账里还没有项目。", "本年还没有事项销号，也没有逾期。")
    ] == [True] * 3


# --- who -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("who", "page"), [("leader", "/cockpit/"), ("city_leader", "/cockpit/"), ("office", "/")])
def test_signing_in_leads_to_the_first_page_of_the_day(county: County, who: str, page: str) -> None:
    typed = {"username": who, "password": "pw", "next": "/"}

    answer = Client().post("/organizations/sign-in/?next=/", typed, follow=True)

    assert answer.redirect_chain[-1][0] == page


def test_an_address_that_was_asked_for_comes_first(county: County) -> None:
    typed = {"username": "leader", "password": "pw", "next": "/supervision/red/"}

    answer = Client().post("/organizations/sign-in/?next=/supervision/red/", typed)

    assert answer["Location"] == "/supervision/red/"


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("neighbor_office", 403), ("city_leader", 200)])
def test_a_county_alone_never_sees_the_others(county: County, who: str, status: int) -> None:
    assert sit(county, who).get("/cockpit/counties/").status_code == status


@pytest.mark.parametrize("path", ["", "wall/", "money/", "reported/"])
def test_another_county_cannot_be_looked_into(town: County, today: None, path: str) -> None:
    assert sit(town, "leader").get(f"/cockpit/{path}?division={town.neighbor.pk}").status_code == 404


def test_a_neighbor_sees_nothing_of_the_county(town: County, today: None) -> None:
    found = queries.cockpit(town.viewer("neighbor_office"))

    assert (found.red, found.rates, found.totals.count, found.held_up) == ([], [], 0, 0)


def test_the_counties_are_sorted_by_each_column(town: County, today: None) -> None:
    client = sit(town, "city_leader")
    orders = [
        re.findall(r'data-county="([^"]+)"', read(client, f"/cockpit/counties/?sort={sort}"))
        for sort in ("county", "-red_tasks", "percent", "-percent", "nonsense")
    ]

    assert orders == [
        ["闻喜县", "绛县"],
        ["绛县", "闻喜县"],
        ["绛县", "闻喜县"],
        ["绛县", "闻喜县"],
        ["闻喜县", "绛县"],
    ]


# --- what it costs ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("by_place", [False, True])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    town: County, today: None, by_place: bool, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    leader = town.viewer("leader")
    with django_assert_max_num_queries(25) as few:
        queries.cockpit(leader, by_place=by_place)
    grow(town)

    with django_assert_num_queries(len(few)):
        queries.cockpit(leader, by_place=by_place)


def test_the_counties_cost_the_same_however_much_is_in_them(
    town: County, today: None, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    city = town.viewer("city_leader")
    with django_assert_max_num_queries(8) as few:
        queries.county_rows(city)
    grow(town)

    with django_assert_num_queries(len(few)):
        queries.county_rows(city)


def grow(county: County) -> None:
    """More of everything, in other agencies and stages."""
    tasks, built = Play(county), ProjectPlay(county)
    for agency in ("gujiang", "hengshui", "statistics"):
        tasks.task(agency)
    for stage in (ProjectStage.SIGNED, ProjectStage.ESTABLISHED):
        built.plan(built.project(stage=stage, on=date(2026, 7, 1), name=f"又一个{stage}"), **YEAR)
