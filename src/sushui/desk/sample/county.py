"""Founding the sample county: divisions, agencies, posts, people and lines of charge, all by services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from sushui.kernel.models import User
from sushui.kernel.viewer import Clockwork, Viewer
from sushui.organizations import queries, services
from sushui.organizations.enums import AgencyKind, Role

from .plan import AgencyPlan, CountyPlan, SeatPlan

if TYPE_CHECKING:
    from sushui.organizations.models import Agency, Division, Post

PASSWORD = "sushui-demo"
FIRST_POST, SECOND_POST = 50, 60

_GOVERNMENT = AgencyPlan("government", "绛县人民政府", "县政府", AgencyKind.LEADERSHIP, ())
_ADMINISTRATOR = SeatPlan("administrator", "系统管理员", (Role.ADMINISTRATOR,))
_CITY_LEADER = SeatPlan("leader", "副市长", (Role.COUNTY_LEADER,))


def _neighbor(key: str, name: str, short: str, post: str, *roles: Role) -> AgencyPlan:
    head = SeatPlan("head", post, roles, is_head=True)
    return AgencyPlan(key, f"闻喜县{name}", f"闻喜县{short}", AgencyKind.DEPARTMENT, (head,))


_NEIGHBORS = (
    _neighbor("neighbor_office", "人民政府督查室", "督查室", "主任", Role.SUPERVISION_OFFICE),
    _neighbor("neighbor_housing", "住房和城乡建设局", "住建局", "局长", Role.AGENCY_HEAD),
    _neighbor("neighbor_reform", "发展和改革局", "发改局", "局长", Role.AGENCY_HEAD, Role.PROJECT_OFFICE),
)


@dataclass(frozen=True)
class Seat:
    """A post with whoever holds it; nobody when it is vacant."""

    post: Post
    user: User | None


@dataclass
class SampleCounty:
    """What was founded, by key. A seat's key is ``agency.seat``."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def viewer(self, seat: str) -> Viewer:
        """The viewer in that seat."""
        if seat not in self._viewers:
            found = self.seats[seat]
            assert found.user is not None, f"nobody sits at {seat}"
            viewer = queries.viewer_for(found.user, found.post.pk)
            assert viewer is not None, f"{found.user} does not sit at {seat}"
            self._viewers[seat] = viewer
        return self._viewers[seat]

    def worker(self, agency: str) -> str:
        """The seat that does an agency's work: its handler's, else its head's."""
        seats = (f"{agency}.handler", f"{agency}.head")
        return next(seat for seat in seats if seat in self.seats and self.seats[seat].user is not None)

    def reseat(self, seat: str, user: User) -> None:
        """Somebody else sits there from now on."""
        self.seats[seat] = Seat(self.seats[seat].post, user)
        self._viewers.pop(seat, None)

    def key_of(self, agency_id: int) -> str:
        return next(key for key, agency in self.agencies.items() if agency.pk == agency_id)


@dataclass(frozen=True)
class _Founder:
    """The city's administrator, who founds the agencies of a division and seats everybody since a day."""

    viewer: Viewer
    division_id: int
    places: Mapping[str, int]
    since: date


def found_county(plan: CountyPlan, since: date) -> SampleCounty:
    """Found both counties and the city above them; everybody holds their post since that day."""
    sample = SampleCounty()
    county, neighbor = (services.found_county(Clockwork(), code) for code in (plan.county, plan.neighbor))
    assert county.parent is not None, "a county lies in a city"
    _found_city(sample, county.parent)
    places = {place.code: place.pk for place in county.children.all()}
    here = _Founder(sample.viewer("city.administrator"), county.pk, places, since)
    for agency in (replace(_GOVERNMENT, seats=(_ADMINISTRATOR, *plan.leaders)), *plan.agencies):
        _found(sample, here, agency)
    for agency in _NEIGHBORS:
        _found(sample, replace(here, division_id=neighbor.pk), agency)
    _seat(sample, here, sample.agencies["city"], "city.leader", _CITY_LEADER)
    _seat_again(sample, here, plan.agencies)
    _put_in_charge(sample, here, plan.agencies)
    _set_passwords()
    return sample


def _found_city(sample: SampleCounty, city: Division) -> None:
    """The city and its administrator, who founds all else."""
    post, user = services.appoint_first_administrator(
        Clockwork(city.pk),
        city,
        agency_name="运城市人民政府",
        agency_short_name="市政府",
        post_name=_ADMINISTRATOR.post,
        username="city.administrator",
        password=None,
    )
    sample.agencies["city"] = post.agency
    sample.seats["city.administrator"] = Seat(post, user)


def _found(sample: SampleCounty, founder: _Founder, plan: AgencyPlan) -> None:
    agency = services.create_agency(
        founder.viewer,
        division_id=founder.division_id,
        name=plan.name,
        short_name=plan.short,
        kind=plan.kind,
        other_names=plan.former,
        groups=plan.groups,
        parent=sample.agencies.get(plan.parent),
        place_id=founder.places.get(plan.place),
        code=plan.code,
    )
    sample.agencies[plan.key] = agency
    for seat in plan.seats:
        _seat(sample, founder, agency, f"{plan.key}.{seat.key}", seat)


def _seat(sample: SampleCounty, founder: _Founder, agency: Agency, key: str, plan: SeatPlan) -> None:
    """Create a post and seat its holder. Nobody has a name of their own: a person is called what the post is called."""
    viewer = founder.viewer
    rank = SECOND_POST if plan.holder else FIRST_POST
    post = services.create_post(viewer, agency, name=plan.post, roles=plan.roles, is_head=plan.is_head, rank=rank)
    user = None
    if not plan.holder and not plan.is_vacant:
        user = services.register_person(viewer, username=key, name=f"{agency}{plan.post}", password=None)
        services.hand_over_post(viewer, post, successor=user, from_on=founder.since)
    sample.seats[key] = Seat(post, user)


def _seat_again(sample: SampleCounty, founder: _Founder, agencies: Iterable[AgencyPlan]) -> None:
    """Some people hold a second post."""
    for agency in agencies:
        for plan in agency.seats:
            if plan.holder:
                seat, user = sample.seats[f"{agency.key}.{plan.key}"], sample.seats[plan.holder].user
                services.hand_over_post(founder.viewer, seat.post, successor=user, from_on=founder.since)
                sample.seats[f"{agency.key}.{plan.key}"] = Seat(seat.post, user)


def _put_in_charge(sample: SampleCounty, founder: _Founder, agencies: Iterable[AgencyPlan]) -> None:
    charges: dict[str, list[Agency]] = {}
    for plan in agencies:
        if plan.charge:
            charges.setdefault(plan.charge, []).append(sample.agencies[plan.key])
    for leader, charged in charges.items():
        services.put_in_charge(founder.viewer, sample.seats[f"government.{leader}"].post, agencies=charged)


def _set_passwords() -> None:
    """One password for all, hashed once: a hash that is slow for a thief is slow for a hundred accounts too."""
    User.objects.update(password=make_password(PASSWORD), must_change_password=False)


def name_accounts(county: SampleCounty, plan: CountyPlan) -> None:
    """Give the accounts to try the house with their short names."""
    for account in plan.accounts:
        user = county.seats[account.seat].user
        assert user is not None, f"nobody sits at {account.seat}"
        User.objects.filter(pk=user.pk).update(username=account.username)
