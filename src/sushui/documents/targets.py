"""What files can hang on. The room that keeps a kind of record registers it; documents knows nobody's registers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from sushui.kernel.errors import NotFound
from sushui.kernel.viewer import Viewer


class Target(NamedTuple):
    """One record on which files hang: a registered kind and the record's number."""

    kind: str
    object_id: int


def _itself(record: Any) -> Model:
    found: Model = record
    return found


def _anybodys(viewer: Viewer, record: Any, agency_id: int) -> bool:
    """Whoever may attach may change what others attached."""
    return True


@dataclass(frozen=True)
class TargetKind:
    """A kind of record that carries files.

    ``key`` names it for ever ("supervision.report"), ``label`` is a msgid. ``visible`` gives the records that a viewer
    may see: lists, counts and downloads scope by it in SQL. ``may_attach`` says whether the viewer may attach, replace
    and withdraw now. ``division`` is the path from the record to its division, ``story`` the record in whose story the
    acts stand, ``page`` the address of the page that shows the files, ``name`` what the record is called there.
    ``only_pictures``: nothing but photos hangs there. ``may_change``: whether the viewer may also replace and withdraw
    a file whose newest version was sent by this agency.
    """

    key: str
    label: str
    visible: Callable[[Viewer], QuerySet[Any]]
    may_attach: Callable[[Viewer, Any], bool]
    page: Callable[[Any], str]
    division: str = "division_id"
    story: Callable[[Any], Model] = _itself
    name: Callable[[Any], str] = str
    only_pictures: bool = False
    may_change: Callable[[Viewer, Any, int], bool] = _anybodys


_kinds: dict[str, TargetKind] = {}


def register_target(kind: TargetKind) -> None:
    """Let files hang on a kind of record; the same key again replaces it."""
    _kinds[kind.key] = kind


def target_kinds() -> list[TargetKind]:
    return list(_kinds.values())


def kind_of(key: str) -> TargetKind:
    """The registered kind.

    Raises:
        NotFound: nobody registered ``key``.
    """
    if key not in _kinds:
        raise NotFound
    return _kinds[key]
