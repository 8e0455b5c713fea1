"""The cast: a small county in which every test plays, with one account for each role, and a neighbor to keep out.

    county = cast.build()
    county.viewer("office")             # the supervision office of the county
    county.viewer("works_head")         # head of the works bureau; also works_handler, finance_head, finance_handler,
                                        # township, leader, project_office, administrator, statistics, hospital,
                                        # bank, enterprise, neighbor_office, neighbor_head, city_leader

Every name is a post. The county lies in a city; the neighbor county beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sushui.kernel.models import User
from sushui.kernel.viewer import Viewer
from sushui.organizations.enums import AgencyKind, DivisionLevel, Role
from sushui.organizations.models import Agency, Division, LineOfCharge, Post, RoleGrant, Tenure
from sushui.organizations.queries import viewer_for

LONG_AGO = date(2015, 1, 1)

# agency key: (name, short name, kind, groups)
AGENCIES = {
    "government": ("绛县人民政府", "县政府", AgencyKind.LEADERSHIP, ()),
    "office": ("绛县人民政府督查室", "县政府督查室", AgencyKind.DEPARTMENT, ()),
    "reform": ("绛县发展和改革局", "县发改局", AgencyKind.DEPARTMENT, ("departments",)),
    "works": ("绛县住房和城乡建设局", "县住建局", AgencyKind.DEPARTMENT, ("departments",)),
    "finance": ("绛县财政局", "县财政局", AgencyKind.DEPARTMENT, ("departments",)),
    "statistics": ("绛县统计局", "县统计局", AgencyKind.DEPARTMENT, ("departments",)),
    "gujiang": ("古绛镇人民政府", "古绛镇", AgencyKind.TOWNSHIP, ("townships",)),
    "hengshui": ("横水镇人民政府", "横水镇", AgencyKind.TOWNSHIP, ("townships",)),
    "hospital": ("绛县人民医院", "县医院", AgencyKind.HOSPITAL, ()),
    "bank": ("绛县农村商业银行", "农商行", AgencyKind.BANK, ()),
    "enterprise": ("涑水装备有限公司", "涑水装备", AgencyKind.ENTERPRISE, ()),
}

# post key: (agency key, name, is_head, roles)
POSTS = {
    "administrator": ("government", "系统管理员", False, (Role.ADMINISTRATOR,)),
    "leader": ("government", "常务副县长", False, (Role.COUNTY_LEADER,)),
    "office": ("office", "督查室主任", True, (Role.SUPERVISION_OFFICE,)),
    "office_second": ("office", "督查员", False, (Role.SUPERVISION_OFFICE,)),
    "project_office": ("reform", "项目办主任", True, (Role.PROJECT_OFFICE, Role.AGENCY_HEAD)),
    "works_head": ("works", "局长", True, (Role.AGENCY_HEAD,)),
    "works_handler": ("works", "经办人", False, (Role.AGENCY_HANDLER,)),
    "finance_head": ("finance", "局长", True, (Role.AGENCY_HEAD,)),
    "finance_handler": ("finance", "经办人", False, (Role.AGENCY_HANDLER,)),
    "statistics": ("statistics", "统计员", True, (Role.STATISTICS,)),
    "township": ("gujiang", "镇长", True, (Role.TOWNSHIP,)),
    "other_township": ("hengshui", "镇长", True, (Role.TOWNSHIP,)),
    "hospital": ("hospital", "院长", True, (Role.HOSPITAL,)),
    "bank": ("bank", "行长", True, (Role.BANK,)),
    "enterprise": ("enterprise", "负责人", True, (Role.ENTERPRISE,)),
}

NEIGHBOR_POSTS = {
    "neighbor_office": ("督查室", "督查室主任", (Role.SUPERVISION_OFFICE,)),
    "neighbor_head": ("住建局", "局长", (Role.AGENCY_HEAD,)),
    "neighbor_administrator": ("人民政府", "系统管理员", (Role.ADMINISTRATOR,)),
}


@dataclass
class County:
    """What `build` made: records by key."""

    city: Division
    county: Division
    neighbor: Division
    agencies: dict[str, Agency] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def viewer(self, key: str) -> Viewer:
        """The viewer in the post ``key``, as a request would have it today."""
        viewer = viewer_for(self.people[key], self.posts[key].pk)
        assert viewer is not None, f"nobody holds the post {key}"
        return viewer

    def user(self, key: str) -> User:
        return self.people[key]


def build() -> County:
    """Build the cast: two counties in a city."""
    city = _division("1408", "运城市", DivisionLevel.CITY, None)
    cast = County(
        city=city,
        county=_division("140826", "绛县", DivisionLevel.COUNTY, city),
        neighbor=_division("140823", "闻喜县", DivisionLevel.COUNTY, city),
    )
    for key, (name, short, kind, groups) in AGENCIES.items():
        cast.agencies[key] = Agency.objects.create(
            division=cast.county, name=name, short_name=short, kind=kind, groups=list(groups)
        )
    for key, (agency, name, is_head, roles) in POSTS.items():
        _seat(cast, key, cast.agencies[agency], name, is_head, roles)
    for key, (name, post, roles) in NEIGHBOR_POSTS.items():
        agency = Agency.objects.create(
            division=cast.neighbor, name=f"闻喜县{name}", short_name=f"闻喜{name}", kind=AgencyKind.DEPARTMENT
        )
        cast.agencies[key] = agency
        _seat(cast, key, agency, post, True, roles)
    capital = Agency.objects.create(division=city, name="运城市人民政府", kind=AgencyKind.LEADERSHIP)
    cast.agencies["city"] = capital
    _seat(cast, "city_leader", capital, "副市长", True, (Role.COUNTY_LEADER,))
    for agency in ("works", "finance", "gujiang", "hengshui"):
        LineOfCharge.objects.create(leader_post=cast.posts["leader"], agency=cast.agencies[agency], from_on=LONG_AGO)
    return cast


def _division(code: str, name: str, level: DivisionLevel, parent: Division | None) -> Division:
    path = f"{parent.path}/{code}" if parent else code
    return Division.objects.create(code=code, name=name, level=level, parent=parent, path=path)


def _seat(cast: County, key: str, agency: Agency, name: str, is_head: bool, roles: tuple[Role, ...]) -> None:
    post = Post.objects.create(division=agency.division, agency=agency, name=name, is_head=is_head)
    person = User.objects.create_user(username=key, name=f"{agency.short_name or agency.name}{name}", password="pw")
    Tenure.objects.create(post=post, user=person, from_on=LONG_AGO)
    for role in roles:
        RoleGrant.objects.create(post=post, role=role, from_on=LONG_AGO)
    cast.posts[key], cast.people[key] = post, person
