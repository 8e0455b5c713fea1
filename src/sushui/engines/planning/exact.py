"""One CP-SAT model for every problem: the whole of it, or what a plan leaves free.

Every mode has a literal for each of its cells (see `cells`). Quotas, money and value are sums over these literals;
starts and ends are integers tied to them, so that lags are differences and renewables are cumulatives over intervals.
OR-Tools takes seconds to import: import this module only where something is about to be solved.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model

from .arrays import NEVER, Amounts, Compiled
from .cells import Cell, Cells, rests, runs
from .plan import Plan
from .problem import Goal

Literal = cp_model.IntVar
Term = cp_model.LinearExpr | int
MOST_CUTS = 5  # classes of uses of which every subset gets a row of its own


@dataclass
class _Work:
    """An activity in the model: `end` is `start + span`; `modes` are its modes' literals, `cells` its cells'."""

    start: cp_model.IntVar
    end: Term
    span: Term
    modes: dict[int, Literal]
    cells: list[tuple[Cell, Literal]]
    derived: list[tuple[cp_model.IntVar, str]] = field(default_factory=list)


class Model:
    """What may be chosen, as CP-SAT variables; the rest of the problem as what is already taken.

    `free`: the activities that may move (all, where None); the others stand as in `around`, and a project that is not
    in `around` can come in only with all of its activities free. `latest`: no end after it. `least`: no value below it.
    """

    def __init__(
        self,
        compiled: Compiled,
        cells: Cells | None = None,
        *,
        around: Plan | None = None,
        free: Collection[int] | None = None,
        latest: int | None = None,
        least: int | None = None,
    ) -> None:
        self.compiled, self.arrays = compiled, compiled.arrays
        self.cells = cells or Cells(compiled.arrays)
        self.is_makespan = compiled.problem.goal is Goal.MAKESPAN
        self.latest = latest
        self.model = cp_model.CpModel()
        self.true = self.model.new_constant(1)
        self.starts, self.modes = compiled.numbers(around or Plan({}))
        self.is_free = np.full(len(compiled.refs), free is None)
        if free is not None:
            self.is_free[list(free)] = True
        self.flows: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.chosen: dict[int, Literal] = {}
        self.work: dict[int, _Work] = {}
        self.unions: list[tuple[Literal, list[Literal]]] = []
        self._choices()
        for activity in self._open_activities():
            self._activity(activity)
        self._lags()
        for renewable in range(len(self.arrays.capacity)):
            self._renewable(renewable)
        self._quotas()
        self._money()
        self._goal(least)

    # --- what is free ------------------------------------------------------------------------------------------------
    def activities_of(self, project: int) -> range:
        """The activities of a project."""
        return range(self.arrays.activity_first[project], self.arrays.activity_first[project + 1])

    def modes_of(self, activity: int) -> range:
        """The modes of an activity."""
        return range(self.arrays.mode_first[activity], self.arrays.mode_first[activity + 1])

    def _choices(self) -> None:
        arrays, model = self.arrays, self.model
        for project in range(len(arrays.is_mandatory)):
            some = list(self.activities_of(project))
            is_in, can_move = bool(self.starts[some[0]] >= 0), self.is_free[some]
            if arrays.is_mandatory[project] or (is_in and not can_move.all()):
                self.chosen[project] = self.true
            elif can_move.all():
                self.chosen[project] = model.new_bool_var(f"x{project}")
        for group in range(len(arrays.group_first) - 1):
            members = arrays.group[arrays.group_first[group] : arrays.group_first[group + 1]]
            model.add_at_most_one(self.chosen[each] for each in members if each in self.chosen)
        for project, literal in self.chosen.items():
            for other in arrays.required[arrays.required_first[project] : arrays.required_first[project + 1]]:
                model.add_implication(literal, self.chosen[other]) if other in self.chosen else model.add(literal == 0)

    def _open_activities(self) -> Iterator[int]:
        """Those that get variables: of projects that are or may be in, where they are free."""
        for project in self.chosen:
            yield from (each for each in self.activities_of(project) if self.is_free[each])

    def _standing(self) -> Iterator[tuple[int, int]]:
        """The activities that stand where they are, with their modes."""
        for project in self.chosen:
            for each in self.activities_of(project):
                if not self.is_free[each]:
                    yield each, int(self.arrays.mode_first[each] + self.modes[each])

    # --- starts and modes --------------------------------------------------------------------------------------------
    def _activity(self, activity: int) -> None:
        model, chosen = self.model, self.chosen[int(self.arrays.project_of[activity])]
        cells = [cell for mode in self.modes_of(activity) for cell in self._in_time(self.cells.of(mode))]
        if not cells:
            model.add(chosen == 0)
            cells = [Cell(int(self.arrays.mode_first[activity]), 0, 0, 0, 0, self.cells.no_payment)]
        literals = self._cell_literals(activity, cells, chosen)
        domain = cp_model.Domain.from_intervals([[cell.first, cell.last] for cell in cells])
        start = model.new_int_var_from_domain(domain, f"s{activity}")
        if len(cells) > 1:
            for cell, literal in zip(cells, literals, strict=True):
                model.add(start >= cell.first).only_enforce_if(literal)
                model.add(start <= cell.last).only_enforce_if(literal)
        work = _Work(start, 0, 0, {}, list(zip(cells, literals, strict=True)))
        self.work[activity] = work
        self._mode_literals(activity, work)
        self._span(activity, work)

    def _in_time(self, cells: list[Cell]) -> list[Cell]:
        """The cells cut off where their ends would be too late."""
        if self.latest is None:
            return cells
        cut = [cell._replace(last=min(cell.last, self.latest - cell.span)) for cell in cells]
        return [cell for cell in cut if cell.first <= cell.last]

    def _cell_literals(self, activity: int, cells: list[Cell], chosen: Literal) -> list[Literal]:
        if len(cells) == 1:
            return [chosen]
        literals = [self.model.new_bool_var(f"c{activity}_{number}") for number in range(len(cells))]
        if chosen is self.true:
            self.model.add_exactly_one(literals)
        else:
            self.model.add(sum(literals) == chosen)
        return literals

    def _mode_literals(self, activity: int, work: _Work) -> None:
        by_mode: dict[int, list[Literal]] = {}
        for cell, literal in work.cells:
            by_mode.setdefault(cell.mode, []).append(literal)
        for mode, literals in by_mode.items():
            if len(literals) == 1:
                work.modes[mode] = literals[0]
            elif len(by_mode) == 1:
                work.modes[mode] = self.chosen[int(self.arrays.project_of[activity])]
            else:
                work.modes[mode] = self.model.new_bool_var(f"m{mode}")
                self.model.add(sum(literals) == work.modes[mode])

    def _span(self, activity: int, work: _Work) -> None:
        spans = {cell.span for cell, _ in work.cells}
        if len(spans) == 1:
            work.span = spans.pop()
            work.end = work.start + work.span
            return
        first = min(cell.first for cell, _ in work.cells)
        last = max(cell.last + cell.span for cell, _ in work.cells)
        span = self.model.new_int_var(0, max(spans), f"d{activity}")
        end = self.model.new_int_var(first, last, f"e{activity}")
        self.model.add(span == sum(cell.span * literal for cell, literal in work.cells))
        self.model.add(end == work.start + span)
        work.span, work.end = span, end
        work.derived = [(span, "span"), (end, "end")]

    # --- lags --------------------------------------------------------------------------------------------------------
    def _lags(self) -> None:
        arrays = self.arrays
        for lag in range(len(arrays.lag_before)):
            before, after = int(arrays.lag_before[lag]), int(arrays.lag_after[lag])
            both = {int(arrays.project_of[before]), int(arrays.project_of[after])}
            if both <= self.chosen.keys() and (before in self.work or after in self.work):
                self._lag(lag, before, after, [self.chosen[each] for each in both])

    def _lag(self, lag: int, before: int, after: int, chosen: list[Literal]) -> None:
        arrays = self.arrays
        origin = self._start(before) if arrays.lag_from_start[lag] else self._end(before)
        conditions = [literal for literal in chosen if literal is not self.true]
        waits = [self._start(after) >= origin + int(arrays.lag_least[lag])]
        if arrays.lag_most[lag] < NEVER:
            waits.append(self._start(after) <= origin + int(arrays.lag_most[lag]))
        for wait in waits:
            if conditions:
                self.model.add(wait).only_enforce_if(conditions)
            else:
                self.model.add(wait)

    def _start(self, activity: int) -> Term:
        return self.work[activity].start if activity in self.work else int(self.starts[activity])

    def _end(self, activity: int) -> Term:
        return self.work[activity].end if activity in self.work else self._standing_end(activity)

    def _standing_end(self, activity: int) -> int:
        mode = int(self.arrays.mode_first[activity] + self.modes[activity])
        return int(self.arrays.end[mode, self.starts[activity]])

    # --- renewables --------------------------------------------------------------------------------------------------
    def _renewable(self, renewable: int) -> None:
        arrays, model = self.arrays, self.model
        users = [(a, m, u) for a, w in self.work.items() for m in w.modes if (u := self._used(m, renewable))]
        left = arrays.capacity[renewable].copy()
        standing = [(a, m, u) for a, m in self._standing() if (u := self._used(m, renewable))]
        for activity, _, used in standing:
            start = int(self.starts[activity])
            end = self._standing_end(activity)
            left[start:end] -= used * arrays.is_working[activity, start:end]
        if not users:
            return
        is_shared = self._fill_rests([activity for activity, _, _ in users], left)
        most = int(left.max())
        intervals, demands = [], []
        for start, end in runs(left):
            if left[start] < most:
                intervals.append(model.new_fixed_size_interval_var(start, end - start, f"r{renewable}_{start}"))
                demands.append(most - int(left[start]))
        for activity, mode, used in users:
            for interval in self._intervals(activity, mode, is_shared):
                intervals.append(interval)
                demands.append(used)
        if most < 0:
            model.add_bool_or([])
        else:
            self._cumulative(intervals, demands, most)

    def _cumulative(self, intervals: Sequence[cp_model.IntervalVar], demands: Sequence[int], most: int) -> None:
        self.model.add_cumulative(intervals, demands, most)

    def _used(self, mode: int, renewable: int) -> int:
        arrays = self.arrays
        if arrays.duration[mode] == 0:
            return 0
        some = slice(arrays.use_first[mode], arrays.use_first[mode + 1])
        return int(arrays.use_amount[some][arrays.use_factor[some] == renewable].sum())

    def _fill_rests(self, users: list[int], left: Amounts) -> bool:
        """Do all users rest together? Then a rest offers what the slot before it does, and intervals may run over it.

        Whoever is interrupted by the rest is at work in that slot, so the interval asks for nothing more.
        """
        working = self.arrays.is_working[users]
        if not (working == working[0]).all():
            return False
        for start, end in runs(working[0].astype(np.int64)):
            if not working[0, start] and start > 0:
                left[start:end] = left[start - 1]
            elif not working[0, start]:
                left[start:end] = 0 if end == len(left) else max(0, int(left[end]))
        return True

    def _intervals(self, activity: int, mode: int, is_shared: bool) -> Iterator[cp_model.IntervalVar]:
        """Intervals that cover the worked slots of a mode."""
        model, work = self.model, self.work[activity]
        cells = [(cell, literal) for cell, literal in work.cells if cell.mode == mode]
        by_rests: dict[tuple[tuple[int, int], ...], list[tuple[Cell, Literal]]] = {}
        for cell, literal in cells:
            within = () if is_shared else rests(self.arrays.is_working[activity], cell.first, cell.span)
            by_rests.setdefault(within, []).append((cell, literal))
        for number, (within, some) in enumerate(by_rests.items()):
            literal = work.modes[mode] if len(by_rests) == 1 else self._any_of([each for _, each in some])
            name = f"i{mode}_{number}"
            spans = {cell.span for cell, _ in some}
            if len(spans) == 1 and not within:
                span = spans.pop()
                yield model.new_optional_interval_var(work.start, span, work.start + span, literal, name)
                continue
            edges: list[Term] = [work.start, *(edge for rest in within for edge in rest), work.end]
            for begin, end in zip(edges[::2], edges[1::2], strict=True):
                size = work.span if not within else end - begin
                yield model.new_optional_interval_var(begin, size, end, literal, name)

    def _any_of(self, literals: list[Literal]) -> Literal:
        if len(literals) == 1:
            return literals[0]
        literal = self.model.new_bool_var("")
        self.model.add(sum(literals) == literal)
        self.unions.append((literal, literals))
        return literal

    # --- quotas and money --------------------------------------------------------------------------------------------
    def _quotas(self) -> None:
        arrays = self.arrays
        takers: dict[int, list[tuple[int, int]]] = {}
        for mode in (mode for work in self.work.values() for mode in work.modes):
            for take in range(arrays.take_first[mode], arrays.take_first[mode + 1]):
                takers.setdefault(int(arrays.take_factor[take]), []).append((mode, int(arrays.take_amount[take])))
        standing = self._standing_takes()
        for factor, amounts in takers.items():
            self._quota(factor, amounts, [(slot, amount) for each, slot, amount in standing if each == factor])

    def _quota(self, factor: int, amounts: list[tuple[int, int]], standing: list[tuple[int, int]]) -> None:
        """What takes so much of a consumable in these modes, beside what stands at slots."""
        arrays = self.arrays
        for window in range(arrays.window_first[factor], arrays.window_first[factor + 1]):
            start, end = int(arrays.window_start[window]), int(arrays.window_end[window])
            left = int(arrays.window_limit[window]) - sum(amount for slot, amount in standing if start <= slot < end)
            inside = [
                amount * literal
                for mode, amount in amounts
                for cell, literal in self.work[int(arrays.activity_of[mode])].cells
                if cell.mode == mode and start <= cell.first < end
            ]
            self._at_most(inside, left)

    def _standing_takes(self) -> list[tuple[int, int, int]]:
        """(consumable, slot, amount) of what stands."""
        arrays = self.arrays
        return [
            (int(arrays.take_factor[take]), int(self.starts[activity]), int(arrays.take_amount[take]))
            for activity, mode in self._standing()
            for take in range(arrays.take_first[mode], arrays.take_first[mode + 1])
        ]

    def _at_most(self, terms: Sequence[Term], most: int) -> None:
        if terms:
            self.model.add(sum(terms) <= most)

    def _money(self) -> None:
        """What is paid by the end of a period is a sum over cells; where sources differ, flows share it among them."""
        money = self.cells.money
        uses, periods = self.cells.no_payment.shape
        due: list[list[list[Term]]] = [[[] for _ in range(periods)] for _ in range(uses)]
        standing = self.cells.no_payment.copy()
        for activity, mode in self._standing():
            if self.arrays.pay_first[mode] < self.arrays.pay_first[mode + 1]:
                standing += self.cells.of_start(mode, int(self.starts[activity])).paid
        for work in self.work.values():
            for cell, literal in work.cells:
                for use, period in np.argwhere(cell.paid):
                    due[use][period].append(int(cell.paid[use, period]) * literal)
        for subset in self._subsets(uses):
            can_pay = money.may_pay[:, subset].any(axis=1)
            for period in range(periods):
                terms = [term for use in subset for term in due[use][period]]
                arrived = int(money.arrived[can_pay, period].sum() - standing[subset, period].sum())
                self._at_most(terms, arrived)
        if uses > 1 and any(any(some) for some in due):
            self._flows(due, standing)

    def _subsets(self, uses: int) -> Iterator[list[int]]:
        """Each class of uses, all together, and between them every subset while they are few. Redundant but for one."""
        for size in range(1, uses + 1):
            if size in (1, uses) or uses <= MOST_CUTS:
                yield from (list(each) for each in combinations(range(uses), size))

    def _flows(self, due: list[list[list[Term]]], standing: Amounts) -> None:
        """What each class of sources has paid for each class of uses by the end of each period: never less."""
        model, money = self.model, self.cells.money
        sources, periods = money.arrived.shape
        flows = self.flows
        for source, use in np.argwhere(money.may_pay).tolist():
            for period in range(periods):
                most = int(money.arrived[source, period])
                flows[source, use, period] = model.new_int_var(0, most, f"f{source}_{use}_{period}")
                if period:
                    model.add(flows[source, use, period] >= flows[source, use, period - 1])
        for period in range(periods):
            for source in range(sources):
                out = [flows[source, use, period] for use in np.flatnonzero(money.may_pay[source]).tolist()]
                self._at_most(out, int(money.arrived[source, period]))
            for use, terms in enumerate(due):
                paid = [flows[source, use, period] for source in np.flatnonzero(money.may_pay[:, use]).tolist()]
                model.add(sum(paid) == sum(terms[period]) + int(standing[use, period]))

    # --- what is sought ----------------------------------------------------------------------------------------------
    def _goal(self, least: int | None) -> None:
        if self.is_makespan:
            self._earliest_end()
            return
        arrays = self.arrays
        self.standing_value = sum(int(arrays.value[mode, self.starts[each]]) for each, mode in self._standing())
        terms = [cell.value * literal for work in self.work.values() for cell, literal in work.cells if cell.value]
        terms += [int(arrays.chosen_value[each]) * literal for each, literal in self.chosen.items()]
        objective = sum(terms) + self.standing_value
        if least is not None:
            self.model.add(objective >= least)
        self.model.maximize(objective)

    def _earliest_end(self) -> None:
        arrays = self.arrays
        horizon = arrays.is_working.shape[1] if self.latest is None else self.latest
        first = max((self._standing_end(each) for each, _ in self._standing()), default=0)
        self.makespan = self.model.new_int_var(min(first, horizon), horizon, "makespan")
        self.model.add(self.makespan >= first)
        for activity, work in self.work.items():
            out = arrays.out[arrays.out_first[activity] : arrays.out_first[activity + 1]]
            if not (~arrays.lag_from_start[out] & (arrays.lag_least[out] >= 0)).any():
                self.model.add(work.end <= self.makespan)
        self.model.minimize(self.makespan)
