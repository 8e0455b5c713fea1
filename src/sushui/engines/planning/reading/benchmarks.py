"""The files in which researchers exchange problems, read into ours: PSPLIB, RCPSP/max and multidimensional knapsacks.

A job is an activity of the one project `1`, mandatory, and its key is its number; the goal is the earliest end.
Sources: R. Kolisch, A. Sprecher: PSPLIB, European Journal of Operational Research 96 (1997); A. Schwindt's ProGen/max
for least and greatest time lags; P. Chu, J. Beasley: A genetic algorithm for the multidimensional knapsack problem,
Journal of Heuristics 4 (1998).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from graphlib import CycleError
from itertools import islice
from typing import NamedTuple

from ..errors import PlanningError, Refusal
from ..factors import Consumable, Level, Release, Renewable
from ..order import in_order
from ..problem import Activity, Demand, From, Goal, Lag, Mode, Problem, Project, Ref
from ..timeline import TimeLine
from ..values import IfChosen, Part

PROJECT = "1"
_NUMBER = re.compile(r"-?\d+")


class Line(NamedTuple):
    """The whole numbers on a line of a file; lines are counted from 1."""

    number: int
    values: tuple[int, ...]

    def at_least(self, count: int, expected: str) -> tuple[int, ...]:
        """Its numbers, of which there must be as many."""
        if len(self.values) < count:
            raise PlanningError(Refusal.BAD_LINE, line=self.number, expected=expected)
        return self.values


# --- PSPLIB: .sm and .mm ---------------------------------------------------------------------------------------------


def read_psplib(text: str) -> Problem:
    """A single-mode (.sm) or multi-mode (.mm) file. Jobs that are nothing but its beginning or end are left out.

    Resources are `R1`, `R2`, ... and, where they are used up, `N1`, ...; the horizon is the file's. Raises
    `PlanningError`: BAD_LINE.
    """
    lines = text.splitlines()
    renewables, consumables = _count(lines, r"-\s*renewable\s*:"), _count(lines, r"-\s*nonrenewable\s*:")
    names = [*(f"R{n + 1}" for n in range(renewables)), *(f"N{n + 1}" for n in range(consumables))]
    available = next(_section(lines, "RESOURCEAVAILABILITIES"), Line(len(lines), ())).at_least(
        len(names), "availability of each resource"
    )
    modes = _psplib_modes(lines, names)
    successors = {row.values[0]: row.values[3:] for row in _section(lines, "PRECEDENCE RELATIONS")}
    real = [job for job, some in modes.items() if len(some) > 1 or some[0].duration or some[0].demands]
    after = {(job, later) for job in real for later in _real_successors(job, successors, set(real))}
    return _one_project(
        _count(lines, r"horizon\s*:"),
        {job: modes[job] for job in real},
        [Lag(_ref(job), _ref(later)) for job, later in sorted(after)],
        dict(zip(names, available, strict=False)),
    )


def _count(lines: Sequence[str], label: str) -> int:
    """The number that a heading gives after its colon."""
    for text in lines:
        if found := re.match(rf"\s*{label}\s*(\d+)", text, re.IGNORECASE):
            return int(found[1])
    raise PlanningError(Refusal.BAD_LINE, line=len(lines), expected=label)


def _section(lines: Sequence[str], heading: str) -> Iterator[Line]:
    """The rows of numbers under a heading, up to the next line of stars."""
    starts = [number for number, text in enumerate(lines) if text.strip().upper().startswith(heading)]
    if not starts:
        raise PlanningError(Refusal.BAD_LINE, line=len(lines), expected=heading)
    for number, text in enumerate(lines[starts[0] + 1 :], start=starts[0] + 2):
        if text.startswith("**"):
            return
        if text.strip() and re.fullmatch(r"[\s\d-]*\d[\s\d-]*", text):
            yield Line(number, tuple(map(int, text.split())))


def _psplib_modes(lines: Sequence[str], names: Sequence[str]) -> dict[int, tuple[Mode, ...]]:
    """The modes of each job; a row without a job's number goes on with the job above."""
    modes: dict[int, tuple[Mode, ...]] = {}
    job = 0
    for row in _section(lines, "REQUESTS/DURATIONS"):
        values = row.at_least(len(names) + 2, "mode, duration and demands")
        job = values[0] if len(values) > len(names) + 2 else job
        duration, *amounts = values[-len(names) - 1 :]
        modes[job] = (*modes.get(job, ()), Mode(duration, _demands(names, amounts)))
    return modes


def _demands(names: Sequence[str], amounts: Sequence[int]) -> tuple[Demand, ...]:
    return tuple(Demand(name, amount) for name, amount in zip(names, amounts, strict=True) if amount)


def _real_successors(job: int, successors: Mapping[int, Sequence[int]], real: set[int]) -> set[int]:
    """The next jobs that are any work, beyond those that are none."""
    found: set[int] = set()
    waiting = list(successors.get(job, ()))
    while waiting:
        later = waiting.pop()
        if later in real:
            found.add(later)
        else:
            waiting.extend(successors.get(later, ()))
    return found


def _ref(job: int) -> Ref:
    return Ref(PROJECT, str(job))


def _one_project(
    horizon: int, modes: Mapping[int, tuple[Mode, ...]], lags: Sequence[Lag], available: Mapping[str, int]
) -> Problem:
    """The problem of ending earliest; of factors `N...` there is only so much for all time."""
    activities = tuple(Activity(str(job), some) for job, some in modes.items())
    return Problem(
        TimeLine(horizon),
        (Project(PROJECT, activities, is_mandatory=True),),
        renewables=tuple(Renewable(key, (Level(0, most),)) for key, most in available.items() if key[0] == "R"),
        consumables=tuple(Consumable(key, (Release(0, most),)) for key, most in available.items() if key[0] == "N"),
        lags=tuple(lags),
        goal=Goal.MAKESPAN,
    )


# --- RCPSP/max: .sch -------------------------------------------------------------------------------------------------


def read_rcpsp_max(text: str) -> Problem:
    """A file of ProGen/max (.sch), of one mode each, with least and greatest lags from start to start.

    An arc from i to j of weight w says S(j) >= S(i) + w; one of negative weight is a greatest lag the other way round.
    The horizon is what the longest way through everything, one after the other, could take. Raises `PlanningError`:
    BAD_LINE.
    """
    rows = [Line(number, _whole(row)) for number, row in enumerate(text.splitlines(), start=1) if row.strip()]
    if not rows or len(rows) < 2 * (jobs := rows[0].at_least(2, "numbers of jobs and resources")[0] + 2) + 2:
        raise PlanningError(Refusal.BAD_LINE, line=len(rows), expected="two rows for each job")
    arcs = [arc for row in rows[1 : jobs + 1] for arc in _arcs(row, jobs)]
    names = [f"R{number + 1}" for number in range(rows[0].values[1])]
    modes = {row.values[0]: _mode(row, names) for row in rows[jobs + 1 : 2 * jobs + 1]}
    longest = {job: max([some[0].duration, *(w for i, _, w in arcs if i == job)]) for job, some in modes.items()}
    available = rows[2 * jobs + 1].at_least(len(names), "availability of each resource")
    return _one_project(
        max(1, sum(longest.values())), modes, _arc_lags(arcs, modes, longest), dict(zip(names, available, strict=False))
    )


def _whole(row: str) -> tuple[int, ...]:
    return tuple(int(found) for found in _NUMBER.findall(row))


def _arcs(row: Line, jobs: int) -> Iterator[tuple[int, int, int]]:
    """Of a row `job modes count successors [weights]`: (job, successor, weight)."""
    job, _, count = row.at_least(3, "job, modes and number of successors")[:3]
    rest = row.at_least(3 + 2 * count, "a weight for each successor")[3:]
    for later, weight in zip(rest[:count], rest[count:], strict=False):
        if not (0 <= job < jobs and 0 <= later < jobs):
            raise PlanningError(Refusal.BAD_LINE, line=row.number, expected="jobs of the file")
        yield job, later, weight


def _mode(row: Line, names: Sequence[str]) -> tuple[Mode]:
    _, _, duration, *amounts = row.at_least(3 + len(names), "job, mode, duration and demands")
    return (Mode(duration, _demands(names, amounts[: len(names)])),)


def _arc_lags(
    arcs: Sequence[tuple[int, int, int]], jobs: Mapping[int, object], longest: Mapping[int, int]
) -> list[Lag]:
    """One lag for each pair, from what the arcs let begin first; where no arc says the least, it is far below all."""
    place = {job: number for number, job in enumerate(_some_order(arcs, jobs))}
    far = -sum(longest.values())
    bounds: dict[tuple[int, int], tuple[int, int | None]] = {}
    for tail, head, weight in arcs:
        is_forward = place[tail] < place[head]
        pair = (tail, head) if is_forward else (head, tail)
        least, most = bounds.get(pair, (far, None))
        if is_forward:
            least = max(least, weight)
        else:
            most = -weight if most is None else min(most, -weight)
        bounds[pair] = (least, most)
    return [Lag(_ref(i), _ref(j), least, most, From.START) for (i, j), (least, most) in sorted(bounds.items())]


def _some_order(arcs: Sequence[tuple[int, int, int]], jobs: Mapping[int, object]) -> list[int]:
    """An order in which no arc of a weight above nought points back, nor, if it can be had, one of nought."""
    kinds: tuple[Callable[[int], bool], ...] = (lambda weight: weight >= 0, lambda weight: weight > 0)
    for leads in kinds:
        waits: dict[int, list[int]] = {job: [] for job in jobs}
        for tail, head, weight in arcs:
            if leads(weight):
                waits[head].append(tail)
        try:
            return in_order(waits)
        except CycleError:
            continue
    return list(jobs)  # arcs that contradict each other: `check` shows them


# --- knapsacks -------------------------------------------------------------------------------------------------------


def read_knapsacks(text: str) -> tuple[Problem, ...]:
    """The multidimensional knapsacks of a file (mknapcb): each item a project that takes of each factor `1`, `2`, ...

    Raises `PlanningError`: BAD_LINE, with the line at which the file ends too early.
    """
    values = iter(_whole(re.sub(r"(\d)\.0*(?!\d)", r"\1", text)))
    try:
        return tuple(_knapsack(values) for _ in range(*_take(values, 1)))
    except EOFError as end:
        raise PlanningError(Refusal.BAD_LINE, line=len(text.splitlines()), expected="more numbers") from end


def _knapsack(values: Iterator[int]) -> Problem:
    items, factors, _ = _take(values, 3)
    worth = _take(values, items)
    takes = [_take(values, items) for _ in range(factors)]
    limits = _take(values, factors)
    keys = [str(number + 1) for number in range(factors)]
    return Problem(
        TimeLine(1),
        tuple(_item(str(number + 1), worth[number], keys, [row[number] for row in takes]) for number in range(items)),
        consumables=tuple(Consumable(key, (Release(0, limit),)) for key, limit in zip(keys, limits, strict=True)),
        weights={Part.OUTPUT: 1},
    )


def _item(key: str, worth: int, factors: Sequence[str], amounts: Sequence[int]) -> Project:
    packing = Activity("pack", (Mode(1, _demands(factors, amounts)),))
    return Project(key, (packing,), earnings=(IfChosen(Part.OUTPUT, worth),))


def _take(values: Iterator[int], count: int) -> list[int]:
    taken = list(islice(values, count))
    if len(taken) < count:
        raise EOFError
    return taken
