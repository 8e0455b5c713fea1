"""What the API of organizations says and hears. A text is no longer than its column."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import StringConstraints

from sushui.kernel.api import Line, Number
from sushui.organizations.enums import AgencyGroup, AgencyKind, DelegationReason, DivisionLevel, Role

WITHOUT_NUL = r"^[^\x00]*$"
Cursor = Annotated[str, Field(max_length=255)]
LongName = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=WITHOUT_NUL, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=WITHOUT_NUL, strip_whitespace=True)]
ShortName = Annotated[str, StringConstraints(max_length=64, pattern=WITHOUT_NUL)]
Account = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_.@-]{1,64}$")]
Password = Annotated[str, StringConstraints(min_length=8, max_length=128, pattern=WITHOUT_NUL)]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9 +()-]{0,32}$")]
CreditCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{0,18}$")]
CountyCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
ZoneCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6,12}$")]
SettingKey = Annotated[str, StringConstraints(pattern=r"^[a-z_.]{1,64}$")]
Notice = Annotated[str, StringConstraints(max_length=1_000_000, pattern=WITHOUT_NUL)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


# --- said ------------------------------------------------------------------------------------------------------------
class DivisionOut(Schema):
    """A division; ``parent_id`` is the one it lies in."""

    id: int
    code: str
    name: str
    level: DivisionLevel
    parent_id: int | None
    is_in_standard: bool


class AgencyOut(Schema):
    """An agency. ``version`` is what `If-Match` names."""

    id: int
    division_id: int
    name: str
    short_name: str
    other_names: list[str]
    groups: list[AgencyGroup]
    kind: AgencyKind
    parent_id: int | None
    code: str
    version: int


class Person(Schema):
    """Somebody, by name."""

    id: int
    name: str


class PostOut(Schema):
    """A post and who holds it today."""

    id: int
    agency_id: int
    name: str
    is_head: bool
    holder: Person | None
    version: int

    @staticmethod
    def resolve_holder(post: Any) -> Any:
        return next((tenure.user for tenure in getattr(post, "holders_now", [])), None)


class TenureOut(Schema):
    """A person holds a post from a day to a day, both included; open without an end."""

    person: Person = Field(alias="user")
    from_on: date
    to_on: date | None


class DelegationOut(Schema):
    """Another post acts for a post from a day to a day, both included."""

    id: int
    from_post_id: int
    to_post_id: int
    reason: DelegationReason
    from_on: date
    to_on: date
    revoked_at: datetime | None


class OpenItems(Schema):
    """What hangs on a post and goes over with it."""

    label: str
    count: int


class PostStory(PostOut):
    """A post with its roles of today, who held it, to which it was lent, and what hangs on it."""

    roles: list[Role]
    tenures: list[TenureOut]
    delegations: list[DelegationOut]
    charged_agency_ids: list[int]
    open_items: list[OpenItems]


class PersonOut(Schema):
    """An account. ``post_ids`` are the posts of your divisions that the person holds today."""

    id: int
    username: str
    name: str
    phone: str
    is_active: bool
    must_change_password: bool
    post_ids: list[int]

    @staticmethod
    def resolve_post_ids(person: Any) -> list[int]:
        return [tenure.post_id for tenure in getattr(person, "held_now", [])]


class SettingValue(Schema):
    """A value from a day on, for a division and those below it."""

    division_id: int
    value: bool | int | str
    valid_from_on: date
    source: str


class SettingOut(Schema):
    """A setting as your division has it today; ``is_default``: no value was ever set here or above."""

    key: str
    sentence: str
    value: bool | int | str
    default: bool | int | str
    is_default: bool
    stated_in: str
    values: list[SettingValue]


class YearOut(Schema):
    """A year whose holidays are announced: days off that its notice names, and weekend days that are worked."""

    year: int
    holidays: list[date]
    make_up_days: list[date]
    source: str


class AuditLineOut(Schema):
    """One act."""

    id: int
    at: datetime
    user_name: str
    post_name: str
    verb: str
    target: str
    before: dict[str, Any]
    after: dict[str, Any]
    note: str
    digest: str


class FindingOut(Schema):
    """A flaw of the chain and where it is."""

    flaw: str
    where: str


class ProofOut(Schema):
    """What was walked and found; the chain holds when there are no findings."""

    lines: int
    seals: int
    pending: int
    findings: list[FindingOut]


# --- heard -----------------------------------------------------------------------------------------------------------
class AgencyIn(Schema):
    """A new agency."""

    division_id: Number
    name: LongName
    kind: AgencyKind
    short_name: ShortName = ""
    other_names: list[LongName] = Field(default=[], max_length=50)
    groups: list[AgencyGroup] = Field(default=[], max_length=50)
    parent_id: Number | None = None
    code: CreditCode = ""


class AgencyNames(Schema):
    """The names of an agency; ``code`` null leaves it. ``version`` may also come as `If-Match`."""

    name: LongName
    short_name: ShortName = ""
    other_names: list[LongName] = Field(default=[], max_length=50)
    groups: list[AgencyGroup] = Field(default=[], max_length=50)
    code: CreditCode | None = None
    version: Version | None = None


class PostIn(Schema):
    """A new post."""

    name: Name
    roles: list[Role] = Field(max_length=20)
    is_head: bool = False


class RolesIn(Schema):
    """The roles that a post carries from today on."""

    roles: list[Role] = Field(max_length=20)
    version: Version | None = None


class ChargesIn(Schema):
    """The agencies that a leader's post is put in charge of."""

    agency_ids: list[Number] = Field(min_length=1, max_length=500)


class HandOverIn(Schema):
    """Who holds a post next (nobody: it becomes vacant), and from when (today)."""

    successor_id: Number | None = None
    from_on: date | None = None
    version: Version | None = None


class DelegationIn(Schema):
    """Which post acts, why, and from when to when."""

    to_post_id: Number
    reason: DelegationReason
    from_on: date
    to_on: date


class PersonIn(Schema):
    """A new account; the password must be changed at the first sign-in."""

    username: Account
    name: Name
    password: Password
    phone: Phone = ""


class PasswordIn(Schema):
    """A new password, to be changed at the next sign-in."""

    password: Password


class CountyIn(Schema):
    """A county of GB/T 2260."""

    code: CountyCode


class ZoneIn(Schema):
    """A development zone outside GB/T 2260."""

    code: ZoneCode
    name: Name
    parent_id: Number


class SettingIn(Schema):
    """A value of a setting from a day on; your own division unless another is named."""

    value: bool | int | Line
    from_on: date
    source: Line = ""
    division_id: Number | None = None


class NoticeIn(Schema):
    """A holiday notice in the JSON of holiday-cn, as text."""

    text: Notice
    source: Line = ""


class DayIn(Schema):
    """Whether a day of an announced year is worked."""

    is_working: bool
