"""The organization of a province for the benchmarks: 11 cities and 117 counties, each with agencies, posts and people.

A county has a government with five leaders, a supervision office, a project office, a statistics bureau, 26 more
departments and ten townships. `counties` writes down, in a table beside the house's, what the bulk statements need.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sushui.organizations.enums import AgencyKind, Role
    from sushui.organizations.models import Agency, Division, Post

FIRST_CITY = 13  # counties below the first city
CITIES = 11
LEADERS, DEPARTMENTS, TOWNSHIPS = 5, 26, 10
COUNTY_TABLE = """
CREATE SCHEMA benchmark;
CREATE TABLE benchmark.county (number int PRIMARY KEY, division_id bigint, issuer_post bigint, issuer_agency bigint,
    leaders bigint[], agencies bigint[], posts bigint[], users bigint[], places bigint[], clusters bigint[])
"""


@dataclass
class Seats:
    """A county as it is being built: its division, places and clusters, and the posts that work and lead."""

    division: Division
    places: list[Division]
    issuer: Post
    leaders: list[Post] = field(default_factory=list)
    workers: list[Post] = field(default_factory=list)


def build_people(counties: int) -> None:
    """Write the divisions, the agencies with their posts and people, and `benchmark.county`."""
    from django.db import connection

    from sushui.organizations.enums import DivisionLevel

    with connection.cursor() as cursor:
        cursor.execute(COUNTY_TABLE)
    province = _division("14", "某省", DivisionLevel.PROVINCE, None)
    cities = [_division(f"14{each:02}", f"第{each}市", DivisionLevel.CITY, province) for each in range(1, CITIES + 1)]
    people = People()
    for division in (province, cities[0]):
        people.agency(division, "人民政府", _kind("leadership"), [("主要负责人", _role("county_leader"))])
    seats = [_county(people, number, cities[_city_of(number)]) for number in range(counties)]
    people.write()
    _write_counties(seats)


def _city_of(number: int) -> int:
    """The first thirteen lie in the first city, the others in turn in the other ten."""
    return 0 if number < FIRST_CITY else 1 + number % (CITIES - 1)


def _kind(word: str) -> AgencyKind:
    from sushui.organizations.enums import AgencyKind

    return AgencyKind(word)


def _role(word: str) -> Role:
    from sushui.organizations.enums import Role

    return Role(word)


def _division(code: str, name: str, level: object, parent: Division | None) -> Division:
    from sushui.organizations.models import Division

    path = f"{parent.path}/{code}" if parent else code
    return Division.objects.create(code=code, name=name, level=level, parent=parent, path=path)


class People:
    """Agencies, posts and people that are written at once."""

    def __init__(self) -> None:
        self.agencies: list[Agency] = []
        self.posts: list[tuple[Post, Role]] = []

    def agency(self, division: Division, name: str, kind: AgencyKind, seats: list[tuple[str, Role]]) -> list[Post]:
        """An agency with its posts, the first of which heads it."""
        from sushui.organizations.models import Agency, Post

        key = f"{len(self.agencies):06}"
        agency = Agency(division=division, name=f"{division.name}{name}", short_name=name, kind=kind, sort_key=key)
        posts = [
            Post(division=division, agency=agency, name=title, is_head=number == 0, rank=number)
            for number, (title, _) in enumerate(seats)
        ]
        self.agencies.append(agency)
        self.posts += zip(posts, (role for _, role in seats), strict=True)
        return posts

    def write(self) -> None:
        from sushui.kernel.models import User
        from sushui.organizations.models import Agency, Post, RoleGrant, Tenure
        from tests.cast import LONG_AGO

        posts = [post for post, _ in self.posts]
        Agency.objects.bulk_create(self.agencies, 1_000)
        Post.objects.bulk_create(posts, 1_000)
        users = [User(username=f"u{post.pk}", name=f"{post.agency}{post.name}", password="!") for post in posts]
        User.objects.bulk_create(users, 1_000)
        held = zip(posts, users, strict=True)
        Tenure.objects.bulk_create((Tenure(post=post, user=user, from_on=LONG_AGO) for post, user in held), 1_000)
        grants = [RoleGrant(post=post, role=role, from_on=LONG_AGO) for post, role in self.posts]
        RoleGrant.objects.bulk_create(grants, 1_000)


def _county(people: People, number: int, city: Division) -> Seats:
    from sushui.organizations.enums import DivisionLevel

    county = _division(f"{city.code}{20 + number}", f"第{number + 1}县", DivisionLevel.COUNTY, city)
    places = [
        _division(f"{county.code}{each:03}", f"第{each}镇", DivisionLevel.TOWNSHIP, county)
        for each in range(1, TOWNSHIPS + 1)
    ]
    leader, head, handler = _role("county_leader"), _role("agency_head"), _role("agency_handler")
    chairs = [(f"第{each}副县长", leader) for each in range(1, LEADERS + 1)]
    leaders = people.agency(county, "人民政府", _kind("leadership"), chairs)
    office = people.agency(county, "督查室", _kind("department"), [("主任", _role("supervision_office"))])
    seats = Seats(county, places, office[0], leaders)
    seats.workers += people.agency(county, "发展和改革局", _kind("department"), [("局长", _role("project_office"))])
    seats.workers += people.agency(county, "统计局", _kind("department"), [("局长", _role("statistics"))])
    for each in range(1, DEPARTMENTS + 1):
        posts = people.agency(county, f"第{each}局", _kind("department"), [("局长", head), ("经办人", handler)])
        seats.workers.append(posts[1])
    mayor = [("镇长", _role("township"))]
    for place in places:
        seats.workers += people.agency(county, f"{place.name}人民政府", _kind("township"), mayor)
    return seats


def _write_counties(seats: list[Seats]) -> None:
    from django.db import connection

    from sushui.organizations.models import LineOfCharge
    from tests.cast import LONG_AGO

    LineOfCharge.objects.bulk_create(
        LineOfCharge(leader_post=each.leaders[number % LEADERS], agency=post.agency, from_on=LONG_AGO)
        for each in seats
        for number, post in enumerate(each.workers)
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO benchmark.county VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)", list(_rows(seats))
        )


def _rows(seats: list[Seats]) -> Iterator[tuple[object, ...]]:
    from sushui.organizations.models import Tenure
    from sushui.projects.models import ProjectCluster

    holders = dict(Tenure.objects.values_list("post_id", "user_id"))
    for number, each in enumerate(seats):
        clusters = [ProjectCluster(division=each.division, name=f"第{name}集群", rank=name) for name in range(1, 7)]
        yield (
            number,
            each.division.pk,
            each.issuer.pk,
            each.issuer.agency_id,
            [post.pk for post in each.leaders],
            [post.agency_id for post in each.workers],
            [post.pk for post in each.workers],
            [holders[post.pk] for post in each.workers],
            [place.pk for place in each.places],
            [cluster.pk for cluster in ProjectCluster.objects.bulk_create(clusters)],
        )
