"""Ruin and recreate: take some projects out, put others in, keep what is better (Shaw 1998; Schrimpf et al. 2000).

Prices say what to try: `order` [P] is what a project brings for what it costs at the prices of the bound, so that those
far above 1 belong into the plan and those far below do not. Dice decide the rest.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Amounts, Ints
from ..compiled import compiled
from .best import Reals, Room, best
from .insert import Candidates, insert, is_linked, keeps_lags, remove, worth
from .needs import Needs, Prices, gains
from .shape import END, MODE, START, Shape
from .state import Limits, State, copy, is_covered, place, recount_money, take_out

MISSING = 1 << 50  # what it costs to leave out what must be in
FORCED = 0.15  # of the rounds that force a project in rather than take some out


class Tools(NamedTuple):
    """All that a round reads, and where it works."""

    shape: Shape
    needs: Needs
    limits: Limits
    who: Candidates
    prices: Prices
    order: Reals  # [P]
    room: Room
    chosen: Ints  # [A]


class Plans(NamedTuple):
    """The plan that is changed, what it was before, and the best one; `worth` [3] of them."""

    now: State
    before: State
    best: State
    worth: Amounts


@compiled
def value(tools: Tools, state: State) -> int:
    """What a plan is worth, less a lot for whatever must be in it and is not."""
    total = 0
    for project in range(len(state.is_in)):
        if state.is_in[project]:
            total += worth(tools.shape, tools.needs, tools.who, project, state)
        elif tools.who.is_mandatory[project]:
            total -= MISSING
    return total


@compiled
def take_in(tools: Tools, state: State, project: int, share: float) -> bool:
    """A project and those that it requires, all or none."""
    who = tools.who
    wanted = np.full(len(state.is_in), -1, np.int32)
    wanted[0], count, at = project, 1, 0
    while at < count:
        each = wanted[at]
        if not _may_enter(who, state, each):
            return False
        for at_other in range(who.required_first[each], who.required_first[each + 1]):
            other = who.required[at_other]
            if not state.is_in[other] and not np.any(wanted[:count] == other):
                wanted[count] = other
                count += 1
        at += 1
    for at in range(count - 1, -1, -1):
        if not insert(
            tools.shape,
            tools.needs,
            tools.limits,
            who,
            tools.prices,
            share,
            wanted[at],
            state,
            tools.room,
            tools.chosen,
        ):
            for done in range(at + 1, count):
                remove(tools.shape, tools.needs, tools.limits, wanted[done], state)
            return False
    return True


@compiled
def _may_enter(who: Candidates, state: State, project: int) -> bool:
    """Whether no rival is in, and what it takes at least is there at some time."""
    for at in range(who.rival_first[project], who.rival_first[project + 1]):
        if state.is_in[who.rival[at]]:
            return False
    for factor in range(who.least_take.shape[1]):
        least = who.least_take[project, factor]
        if least > 0 and np.max(state.begin_rest[factor]) < least:
            return False
    for use in range(who.least_pay.shape[1]):
        least = who.least_pay[project, use]
        if least > 0 and state.pool[use, -1] < least:
            return False
    return True


@compiled
def take_away(tools: Tools, state: State, project: int) -> None:
    """A project and those that require it."""
    who = tools.who
    leaving = np.zeros(len(state.is_in), np.bool_)
    leaving[project] = True
    grows = True
    while grows:
        grows = False
        for each in np.flatnonzero(leaving):
            for at in range(who.requiring_first[each], who.requiring_first[each + 1]):
                other = who.requiring[at]
                if state.is_in[other] and not leaving[other]:
                    leaving[other] = grows = True
    for each in np.flatnonzero(leaving):
        remove(tools.shape, tools.needs, tools.limits, int(each), state)


@compiled
def fill(tools: Tools, state: State, tried: NDArray[np.bool_], noise: float, share: float) -> None:
    """Try to take in those marked: what must be in first, then by the order, blurred."""
    key = np.full(len(tried), np.inf)
    for project in range(len(tried)):
        if tried[project] and not state.is_in[project]:
            key[project] = -max(tools.order[project], 1e-9) * np.exp(noise * np.random.standard_normal())
            if tools.who.is_mandatory[project]:
                key[project] -= 1e12
    for project in np.argsort(key):
        if key[project] == np.inf:
            break
        if not state.is_in[project]:
            take_in(tools, state, project, share)


@compiled
def ruin(tools: Tools, state: State, count: int) -> None:
    """Take out some: at random, of one factor at a time, or those that others beat at the prices."""
    inside: Amounts = np.flatnonzero(state.is_in).astype(np.int64)
    if len(inside) == 0:
        return
    manner = np.random.randint(4)
    if manner == 1:
        inside = _users(tools, state)
    for _ in range(count):
        if len(inside) == 0:
            break
        project = inside[np.random.randint(len(inside))]
        if manner >= 2:
            for _ in range(3):
                other = inside[np.random.randint(len(inside))]
                if tools.order[other] < tools.order[project]:
                    project = other
        if state.is_in[project]:
            take_away(tools, state, project)


@compiled
def _users(tools: Tools, state: State) -> Amounts:
    """The projects with an activity that begins about one time and takes of one factor."""
    needs, about = tools.needs, np.random.randint(state.rest.shape[1])
    width, factors = 2 + np.random.randint(12), len(state.rest) + len(state.begin_rest)
    factor = np.random.randint(max(1, factors))
    found = np.zeros(len(state.is_in), np.bool_)
    for project in np.flatnonzero(state.is_in):
        for activity in range(tools.shape.project[project], tools.shape.project[project + 1]):
            mode = state.mode[activity]
            if state.start[activity] <= about + width and state.end[activity] >= about - width:
                for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
                    found[project] |= needs.use[at, 0] == factor
            for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
                found[project] |= needs.take[at, 0] + len(state.rest) == factor
    return np.flatnonzero(found).astype(np.int64)


@compiled
def force(tools: Tools, state: State, project: int, share: float, most: int) -> bool:
    """Take a project in where it likes best, and out what is in its way, up to so many projects; whether that went."""
    shape, chosen = tools.shape, tools.chosen
    if state.is_in[project]:
        take_away(tools, state, project)
    for at in range(tools.who.rival_first[project], tools.who.rival_first[project + 1]):
        if state.is_in[tools.who.rival[at]]:
            take_away(tools, state, tools.who.rival[at])
    for at in range(tools.who.required_first[project], tools.who.required_first[project + 1]):
        if not state.is_in[tools.who.required[at]]:
            return False
    gains(shape, tools.needs, tools.prices, project, share, tools.room.gain)
    _keep_linked(tools, state, project)
    if best(shape, tools.room, project, chosen) == -np.inf:
        return False
    out = 0
    for activity in range(shape.project[project], shape.project[project + 1]):
        choice = chosen[activity]
        start, end, mode = shape.choice[choice, START], shape.choice[choice, END], shape.choice[choice, MODE]
        while out < most:
            blocker = _blocker(tools, state, project, mode, start, end)
            if blocker < 0:
                break
            take_away(tools, state, blocker)
            out += 1
        if not place(tools.needs, tools.limits, state, activity, mode, start, end):
            for each in range(shape.project[project], activity):
                take_out(tools.needs, tools.limits, state, each)
            return False
    state.is_in[project] = True
    return True


@compiled
def _keep_linked(tools: Tools, state: State, project: int) -> None:
    """Take out the choices that do not go with what stands of other projects."""
    shape = tools.shape
    base = shape.first[shape.project[project]]
    for activity in range(shape.project[project], shape.project[project + 1]):
        if is_linked(tools.limits, state, activity):
            for choice in range(shape.first[activity], shape.first[activity + 1]):
                start, end = shape.choice[choice, START], shape.choice[choice, END]
                if not keeps_lags(tools.limits, state, activity, start, end):
                    tools.room.gain[choice - base] = -np.inf


@compiled
def _blocker(tools: Tools, state: State, project: int, mode: int, start: int, end: int) -> int:
    """Some project that takes of what is lacking for a mode at its place; -1 if nothing is."""
    needs, calendar = tools.needs, tools.limits.calendars[tools.needs.calendar[mode]]
    for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
        factor, amount = needs.use[at, 0], needs.use[at, 1]
        for slot in range(start, end):
            if calendar[slot] and state.rest[factor, slot] < amount:
                return _taker(tools, state, project, 0, factor, slot)
    for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
        if state.begin_rest[needs.take[at, 0], start] < needs.take[at, 1]:
            return _taker(tools, state, project, 1, needs.take[at, 0], start)
    for at in range(needs.pay_first[mode], needs.pay_first[mode + 1]):
        if not is_covered(needs, calendar, state.pool, at, mode, start, end):
            return _taker(tools, state, project, 2, needs.pay[at, 0], end)
    return -1


@compiled
def _taker(tools: Tools, state: State, project: int, kind: int, factor: int, slot: int) -> int:
    """Another that takes of a factor (0 renewable, 1 consumable, 2 money), rather one that brings little; -1: none."""
    needs, found, least = tools.needs, -1, np.inf
    for activity in range(len(state.start)):
        mode, other = state.mode[activity], tools.who.project_of[activity]
        if mode < 0 or other == project or not state.is_in[other]:
            continue
        takes = False
        if kind == 0 and state.start[activity] <= slot < state.end[activity]:
            for at in range(needs.use_first[mode], needs.use_first[mode + 1]):
                takes |= needs.use[at, 0] == factor
        elif kind == 1:
            for at in range(needs.take_first[mode], needs.take_first[mode + 1]):
                takes |= needs.take[at, 0] == factor
        elif kind == 2 and state.start[activity] <= slot:
            for at in range(needs.pay_first[mode], needs.pay_first[mode + 1]):
                takes |= needs.pay[at, 0] == factor
        if takes:
            key = tools.order[other] * np.exp(np.random.standard_normal())
            if key < least and not tools.who.is_mandatory[other]:
                found, least = other, key
    return found


@compiled
def rounds(tools: Tools, plans: Plans, count: int, seed: int, wander: float, most_out: int, most_tried: int) -> None:
    """That many rounds, in which a plan may lose up to a share `wander` of the best one's worth."""
    np.random.seed(seed)
    now, projects = plans.now, len(plans.now.is_in)
    tried = np.zeros(projects, np.bool_)
    for _ in range(count):
        copy(now, plans.before)
        plans.worth[1] = plans.worth[0]
        if np.random.random() < FORCED:
            project = _promising(tools)
            force(tools, now, project, 0.3 + np.random.random(), 1 + np.random.randint(most_out))
        else:
            ruin(tools, now, 1 + np.random.randint(most_out))
        recount_money(tools.limits, now)
        tried[:] = plans.before.is_in
        for _ in range(np.random.randint(most_tried)):
            tried[np.random.randint(projects)] = True
        fill(tools, now, tried, np.random.random() * 0.5, np.random.random() * 1.2)
        plans.worth[0] = value(tools, now)
        if plans.worth[0] > plans.worth[2]:
            copy(now, plans.best)
            plans.worth[2] = plans.worth[0]
        elif plans.worth[0] < plans.worth[1] - wander * np.random.random() * abs(plans.worth[2]):
            copy(plans.before, now)
            plans.worth[0] = plans.worth[1]


@compiled
def _promising(tools: Tools) -> int:
    """Of three projects the one that brings the most for what it costs."""
    project = np.random.randint(len(tools.order))
    for _ in range(2):
        other = np.random.randint(len(tools.order))
        if tools.order[other] > tools.order[project]:
            project = other
    return project


@compiled
def rebuild(tools: Tools, state: State, sequence: Ints, wanted: Ints) -> None:
    """Place projects one after the other at their choices in `wanted` [A], or else as well as it goes."""
    shape = tools.shape
    for project in sequence:
        if state.is_in[project] or not _may_enter(tools.who, state, project):
            continue
        first, last, at = shape.project[project], shape.project[project + 1], shape.project[project]
        is_required = True
        for other in range(tools.who.required_first[project], tools.who.required_first[project + 1]):
            is_required &= state.is_in[tools.who.required[other]]
        while at < last and is_required:
            start, end, mode = (
                shape.choice[wanted[at], START],
                shape.choice[wanted[at], END],
                shape.choice[wanted[at], MODE],
            )
            if not keeps_lags(tools.limits, state, at, start, end):
                break
            if not place(tools.needs, tools.limits, state, at, mode, start, end):
                break
            at += 1
        if at == last:
            state.is_in[project] = True
        else:
            for each in range(first, at):
                take_out(tools.needs, tools.limits, state, each)
            take_in(tools, state, project, 1.0)
