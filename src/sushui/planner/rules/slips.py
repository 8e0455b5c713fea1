"""What has become of a plan since: begun late, not begun, still open, or no longer to be planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sushui.planner.enums import Slip
from sushui.planner.rules.pictures import Placed, PlannedProject


@dataclass(frozen=True)
class Standing:
    """An activity as the registers say it now: when it begins if it is ``done``, which means begun."""

    key: str
    done: int | None = None


@dataclass(frozen=True)
class Slipped:
    """Something that is not as it was planned: ``activity`` of a project; ``was`` and ``by`` in weeks."""

    project: str
    why: Slip
    activity: str = ""
    was: int = 0
    by: int = 0


def slips(
    planned: Iterable[PlannedProject], standing: Mapping[str, Mapping[str, Standing]], now: int
) -> Iterator[Slipped]:
    """What has slipped of a plan by week ``now``; ``standing``: by project what is still to be planned of it."""
    for project in planned:
        rows = standing.get(project.key)
        if rows is None:
            yield Slipped(project.key, Slip.GONE)
            continue
        for each in project.activities:
            found = _slipped(project.key, each, rows.get(each.key), now)
            if found is not None:
                yield found


def _slipped(project: str, planned: Placed, standing: Standing | None, now: int) -> Slipped | None:
    if standing is None:
        return None
    if planned.step:
        is_late = planned.end <= now
        return Slipped(project, Slip.OPEN, planned.key, planned.end, now - planned.end) if is_late else None
    if standing.done is None:
        is_late = planned.start < now
        return Slipped(project, Slip.LATE, planned.key, planned.start, now - planned.start) if is_late else None
    by = standing.done - planned.start
    return Slipped(project, Slip.BEGUN_LATE, planned.key, planned.start, by) if by > 0 else None
