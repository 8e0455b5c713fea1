"""Who looks and who acts: one person in one post, now."""

from __future__ import annotations

from dataclasses import dataclass, field


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
    a leader is in charge of. ``user_id`` is None only for the clockwork (`Viewer.clockwork`).
    """

    user_id: int | None
    user_name: str
    post_id: int | None = None
    post_name: str = ""
    agency_id: int | None = None
    agency_name: str = ""
    division_id: int | None = None
    division_name: str = ""
    division_ids: tuple[int, ...] = ()
    agency_ids: tuple[int, ...] = ()
    charge_agency_ids: tuple[int, ...] = ()
    roles: frozenset[str] = frozenset()
    is_delegate: bool = False
    posts: tuple[PostChoice, ...] = field(default=(), compare=False)

    def has(self, *roles: str) -> bool:
        """Whether the post in use carries at least one of ``roles``."""
        return not self.roles.isdisjoint(roles)

    @classmethod
    def clockwork(cls, division_id: int | None = None) -> Viewer:
        """The viewer in whose name the clocks act; it holds no post and no role."""
        return cls(user_id=None, user_name="clockwork", division_id=division_id)
