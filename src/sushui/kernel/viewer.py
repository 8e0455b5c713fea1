"""Who looks and who acts: one person in one post, now; or the clockwork."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class Actor(Protocol):
    """Who did something, as the audit chain names it."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def user_name(self) -> str: ...
    @property
    def post_id(self) -> int | None: ...
    @property
    def post_name(self) -> str: ...
    @property
    def agency_name(self) -> str: ...
    @property
    def division_id(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class PostChoice:
    """A post that the signed-in person may use: held, or lent by a delegation."""

    id: int
    label: str
    is_current: bool = False
    is_delegated: bool = False


@dataclass(frozen=True, slots=True)
class Viewer:
    """The plain value that every query takes first and every service is told.

    ``division_ids`` are the divisions whose rows may be read at all (one's own and those below it);
    ``agency_ids`` are one's own agency and the agencies under it; ``charge_agency_ids`` are those that
    a leader is in charge of. ``is_delegate``: the post in use is lent, the person acts for its holder.
    """

    user_id: int
    user_name: str
    post_id: int
    post_name: str
    agency_id: int
    agency_name: str
    division_id: int
    division_name: str = ""
    division_ids: tuple[int, ...] = ()
    agency_ids: tuple[int, ...] = ()
    charge_agency_ids: tuple[int, ...] = ()
    roles: frozenset[str] = frozenset()
    is_delegate: bool = False
    posts: tuple[PostChoice, ...] = field(default=(), compare=False)

    @property
    def signature(self) -> str:
        """Name and post as they sign a paper; the post once where the account is called by it."""
        return self.user_name if self.user_name.endswith(self.post_name) else f"{self.user_name} {self.post_name}"

    def has(self, *roles: str) -> bool:
        """Whether the post in use carries at least one of ``roles``."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The actor in whose name the clocks act; it is nobody and holds no post."""

    division_id: int | None = None
    user_id: None = None
    user_name: str = "clockwork"
    post_id: None = None
    post_name: str = ""
    agency_name: str = ""
