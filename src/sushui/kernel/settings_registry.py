"""Dated settings: what the sources leave open, each with a default, a sentence, and a value by division and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sushui.kernel import clock
from sushui.kernel.audit import record_act
from sushui.kernel.batches import kept
from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.labels import label_of
from sushui.kernel.models import DatedSetting
from sushui.kernel.viewer import Actor
from sushui.kernel.words import Word

NOT_STATED = "not stated"
LARGEST = 3650
LONGEST = 255


class SettingKind(StrEnum):
    """What the value of a setting can be; its default says which."""

    YES_OR_NO = "yes_or_no"
    NUMBER = "number"
    TIME = "time"
    CHOICE = "choice"
    TEXT = "text"


MENDS = {
    SettingKind.YES_OR_NO: _("Choose yes or no."),
    SettingKind.NUMBER: _("Give a whole number from %(least)s to %(most)s."),
    SettingKind.TIME: _("Give a time of day such as 20:00."),
    SettingKind.CHOICE: _("Choose one of the words offered."),
    SettingKind.TEXT: _("Give a text of at most 255 characters."),
}


@dataclass(frozen=True)
class SettingDefinition:
    """A setting that exists: its key, default (JSON), what it means (a msgid) and where the default comes from.

    ``least`` and ``most`` bound a number.
    """

    key: str
    default: Any
    sentence: str
    source: str = NOT_STATED
    least: int = 0
    most: int = LARGEST

    @property
    def kind(self) -> SettingKind:
        if isinstance(self.default, Word):
            return SettingKind.CHOICE
        if isinstance(self.default, bool):
            return SettingKind.YES_OR_NO
        if isinstance(self.default, int):
            return SettingKind.NUMBER
        return SettingKind.TIME if _is_time(self.default) else SettingKind.TEXT

    @property
    def choices(self) -> tuple[Word, ...]:
        """The words offered; none unless the kind is a choice."""
        return tuple(type(self.default)) if isinstance(self.default, Word) else ()

    @property
    def is_stated(self) -> bool:
        """Whether a source states the default; else it is the house's own and shown as such."""
        return self.source != NOT_STATED

    def said(self, value: Any) -> str:
        """``value`` as people read it."""
        if self.kind is SettingKind.CHOICE:
            return label_of(type(self.default)(value))
        if self.kind is SettingKind.YES_OR_NO:
            return gettext("Yes") if value else gettext("No")
        return str(value)

    def read(self, value: Any) -> Any:
        """``value`` (JSON, as it is stored) as code reads it: a choice is its word."""
        return type(self.default)(value) if self.kind is SettingKind.CHOICE else value

    def accepts(self, value: object) -> bool:
        """Whether ``value`` (JSON) is of the setting's kind."""
        match self.kind:
            case SettingKind.CHOICE:
                return isinstance(value, str) and value in {str(word) for word in self.choices}
            case SettingKind.YES_OR_NO:
                return isinstance(value, bool)
            case SettingKind.NUMBER:
                return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most
            case SettingKind.TIME:
                return _is_time(value)
            case SettingKind.TEXT:
                return isinstance(value, str) and len(value) <= LONGEST


def _is_time(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return time.fromisoformat(value).strftime("%H:%M") == value
    except ValueError:
        return False


@dataclass(frozen=True)
class SettingState:
    """A setting as a division has it on a day: the row that gives its value (none: the default does), and its history.

    ``rows`` are those of the division and of the divisions above it, newest first.
    """

    definition: SettingDefinition
    row: DatedSetting | None
    rows: tuple[DatedSetting, ...]
    on: date

    @property
    def value(self) -> Any:
        return self.row.value if self.row else self.definition.default

    @property
    def said(self) -> str:
        """The value as people read it."""
        return self.definition.said(self.value)

    @property
    def history(self) -> list[tuple[DatedSetting, str]]:
        """Each row with its value as people read it, the newest first."""
        return [(row, self.definition.said(row.value)) for row in self.rows]

    @property
    def coming(self) -> tuple[DatedSetting, ...]:
        """Values of days to come, the nearest last."""
        return tuple(row for row in self.rows if row.valid_from_on > self.on)


_definitions: dict[str, SettingDefinition] = {}
_lineages: list[Callable[[Iterable[int]], Mapping[int, Sequence[int]]]] = []


def register_setting(definition: SettingDefinition) -> None:
    _definitions[definition.key] = definition


def definitions() -> list[SettingDefinition]:
    """Every registered setting, by key."""
    return [_definitions[key] for key in sorted(_definitions)]


def definition_of(key: str) -> SettingDefinition:
    """The registered setting.

    Raises:
        NotFound: nobody registered ``key``.
    """
    if key not in _definitions:
        raise NotFound
    return _definitions[key]


def register_lineages(lineages: Callable[[Iterable[int]], Mapping[int, Sequence[int]]]) -> None:
    """``lineages`` gives each division with itself and those above, nearest first; the room of divisions tells it."""
    _lineages[:] = [lineages]


def setting(key: str, division_id: int | None, on: date | None = None) -> Any:
    """The value in force on the day (default: today) for the division or the nearest above it, else the default.

    Raises:
        KeyError: nobody registered ``key``.
    """
    return _values([key], division_id, on)[key]


def settings_of(prefix: str, division_id: int | None, on: date | None = None) -> dict[str, Any]:
    """All settings whose key begins with ``prefix.``, keys without the prefix, in one query."""
    values = _values(_keys(prefix), division_id, on)
    return {key.removeprefix(f"{prefix}."): value for key, value in values.items()}


def settings_of_many(prefix: str, division_ids: Iterable[int], on: date | None = None) -> dict[int, dict[str, Any]]:
    """The same for each of the divisions; two queries however many there are."""
    lines, keys = _lines(division_ids), _keys(prefix)
    rows = list(_rows(keys, {number for line in lines.values() for number in line}, on))
    return {
        division: {key.removeprefix(f"{prefix}."): value for key, value in _read(keys, rows, line).items()}
        for division, line in lines.items()
    }


def _keys(prefix: str) -> list[str]:
    return [key for key in _definitions if key.startswith(f"{prefix}.")]


def _values(keys: list[str], division_id: int | None, on: date | None) -> dict[str, Any]:
    lineage = _lineage(division_id)
    return _read(keys, _rows(keys, lineage, on), lineage)


def _rows(keys: list[str], division_ids: Collection[int], on: date | None) -> QuerySet[DatedSetting]:
    rows = DatedSetting.objects.filter(key__in=keys, division_id__in=division_ids)
    return rows.filter(valid_from_on__lte=on or clock.today())


def _read(keys: list[str], rows: Iterable[DatedSetting], lineage: Sequence[int]) -> dict[str, Any]:
    found: dict[str, Any] = {key: _definitions[key].default for key in keys}
    return found | {key: _definitions[key].read(row.value) for key, row in _in_force(rows, lineage).items()}


def _lineage(division_id: int | None) -> Sequence[int]:
    if division_id is None:
        return ()
    return kept(("lineage", division_id), lambda: _lines([division_id]).get(division_id, ()))


def _lines(division_ids: Iterable[int]) -> Mapping[int, Sequence[int]]:
    return _lineages[0](division_ids) if _lineages else {number: (number,) for number in division_ids}


def _in_force(rows: Iterable[DatedSetting], lineage: Sequence[int]) -> dict[str, DatedSetting]:
    """The row that decides for each key: of the nearest division, and there the newest. Others' rows are left out."""
    # Farthest division first, oldest first: what is written last is the nearest and newest.
    own = [row for row in rows if row.division_id in lineage]
    in_order = sorted(own, key=lambda row: (-lineage.index(row.division_id), row.valid_from_on))
    return {row.key: row for row in in_order}


def states(division_id: int, on: date | None = None) -> list[SettingState]:
    """Every registered setting as the division has it on the day (default: today), by key; two queries in all."""
    day = on or clock.today()
    lineage = _lineage(division_id)
    rows = DatedSetting.objects.filter(division_id__in=lineage).select_related("division")
    newest_first = sorted(rows, key=lambda row: row.valid_from_on, reverse=True)
    deciding = _in_force((row for row in newest_first if row.valid_from_on <= day), lineage)
    by_key: dict[str, list[DatedSetting]] = defaultdict(list)
    for row in newest_first:
        by_key[row.key].append(row)
    return [
        SettingState(definition, deciding.get(definition.key), tuple(by_key[definition.key]), day)
        for definition in definitions()
    ]


@transaction.atomic
def set_setting(
    actor: Actor, key: str, value: Any, *, division_id: int, from_on: date, source: str = ""
) -> DatedSetting:
    """Give a setting a value for a division and those below it from a day on; earlier days keep theirs.

    Who may do so is decided by the room that offers it.

    Raises:
        NotFound: nobody registered ``key``.
        DomainError: ``setting_value`` when the value is not of the setting's kind; ``setting_in_the_past`` when the
            day has passed: what was counted by the old value stands.
    """
    definition = definition_of(key)
    _refuse_unfit(definition, value, from_on)
    before = setting(key, division_id, from_on)
    row, _is_new = DatedSetting.objects.update_or_create(
        division_id=division_id, key=key, valid_from_on=from_on, defaults={"value": value, "source": source}
    )
    after = {"key": key, "value": value, "from_on": from_on, "source": source}
    record_act(actor, "set_setting", row, before={"key": key, "value": before}, after=after)
    return row


def _refuse_unfit(definition: SettingDefinition, value: Any, from_on: date) -> None:
    if not definition.accepts(value):
        raise DomainError(
            "setting_value",
            _("“%(value)s” cannot be the value of “%(key)s”."),
            MENDS[definition.kind],
            value=str(value),
            key=definition.key,
            least=definition.least,
            most=definition.most,
        )
    if from_on < clock.today():
        raise DomainError(
            "setting_in_the_past",
            _("A setting cannot change from %(day)s on, a day that has passed."),
            _("Choose today or a later day."),
            day=from_on.isoformat(),
        )
