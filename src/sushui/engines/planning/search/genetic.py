"""Breeding schedules: a child takes the order of work within a stretch of time from one parent, the rest from another.

A schedule is kept as its times, moved to the left. A child is made from times used as keys: every activity in the order
of its key, first to the right, then to the left again (`schedules`). Among equally long schedules the better is the one
in which less work lies so late that what waits for it reaches the end: without that nearly all look alike.

Sources: Debels and Vanhoucke (2007), A decomposition-based genetic algorithm for the resource-constrained project
scheduling problem, Operations Research 55 (times as keys, the stretch that is exchanged); Valls, Ballestin and
Quintanilla (2008), A hybrid genetic algorithm for the RCPSP, European Journal of Operational Research 185
(justification of every child).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import Amounts, Ints
from ..compiled import compiled
from .net import Net
from .schedules import to_left, to_right

Random = NDArray[np.uint64]
Fitness = NDArray[np.int64]

LAST_BITS = np.int64(32)  # of a fitness, the last end stands above them
NEAR = 20  # slots: what reaches nearer to the end than so counts, by the square
MUTANTS = 80  # percent of children
MOVES = 3  # activities moved in one of them
REACH = 30  # slots, by which a key is moved at most
NARROWEST, WIDEST = 20, 80  # percent of a schedule exchanged
RIVALS = 3  # drawn beside one, to find the one that a child replaces


class Herd(NamedTuple):
    """`N` schedules. `fitness`: smaller is better; the last end in its upper half."""

    start: Ints  # [N, A]
    end: Ints  # [N, A]
    modes: Ints  # [N, A] counted within their activities
    fitness: Fitness  # [N]


class Desk(NamedTuple):
    """Room to work in: the child being made, and what its making needs."""

    keys: Ints  # [A]
    start: Ints  # [A]
    end: Ints  # [A]
    modes: Ints  # [A]
    order: Ints  # [A]
    counts: Ints  # [3 (H + 2) + 1] one more than there are keys
    left: Amounts  # [H, R]
    tails: Ints  # [A]
    random: Random  # [1]


@compiled
def drawn(random: Random, below: int | np.int64) -> np.int64:
    """A number from 0 to `below` - 1. Source: Vigna (2016), xorshift64*."""
    state = random[0]
    state ^= state >> np.uint64(12)
    state ^= state << np.uint64(25)
    state ^= state >> np.uint64(27)
    random[0] = state
    return np.int64((state * np.uint64(2685821657736338717)) >> np.uint64(33)) % np.int64(below)


@compiled
def sort_by(net: Net, keys: Ints, desk: Desk) -> None:
    """Fill `order` by keys; those of one key as they wait for each other."""
    counts, order = desk.counts, desk.order
    counts[:] = 0
    for key in keys:
        counts[key + 1] += 1
    for key in range(len(counts) - 1):
        counts[key + 1] += counts[key]
    for activity in net.order:
        order[counts[keys[activity]]] = activity
        counts[keys[activity]] += 1


@compiled
def settle(net: Net, keys: Ints) -> None:
    """Raise keys until none is smaller than that of anything it waits for."""
    for activity in net.order:
        for index in range(net.into_first[activity], net.into_first[activity + 1]):
            keys[activity] = max(keys[activity], keys[net.before[net.into[index]]])


@compiled
def raise_child(net: Net, desk: Desk) -> np.int64:
    """The schedule of the keys, to the right and to the left; its fitness, beyond all others if it fits nowhere."""
    horizon = net.capacity.shape[0]
    start, end, modes, order, left = desk.start, desk.end, desk.modes, desk.order, desk.left
    settle(net, desk.keys)
    sort_by(net, desk.keys, desk)
    last = horizon
    if not net.is_plain:
        last = to_left(net, order, modes, start, end, left)
        if last < 0:
            return np.int64(horizon + 1) << LAST_BITS
        sort_by(net, end if net.is_by_end else start, desk)
    if to_right(net, order, modes, last, start, end, left) >= 0:
        sort_by(net, start, desk)
    else:
        sort_by(net, desk.keys, desk)
    last = to_left(net, order, modes, start, end, left)
    if last < 0:
        return np.int64(horizon + 1) << LAST_BITS
    late = np.int64(0)
    for activity in range(len(start)):
        near = start[activity] + desk.tails[activity] - last + NEAR
        if near > 0:
            late += near * near
    return (np.int64(last) << LAST_BITS) + late


@compiled
def draw_first(net: Net, desk: Desk, number: int) -> None:
    """Keys by the latest start that the end of all leaves, the first without and the others with some chance."""
    horizon = net.capacity.shape[0]
    for activity in range(len(desk.keys)):
        noise = drawn(desk.random, 1 + horizon // 30) if number else 0
        desk.keys[activity] = max(0, horizon - desk.tails[activity]) + noise
        first, count = net.mode_first[activity], net.mode_first[activity + 1] - net.mode_first[activity]
        desk.modes[activity] = 0
        for mode in range(count):
            if net.duration[first + mode] < net.duration[first + desk.modes[activity]]:
                desk.modes[activity] = mode
        if count > 1 and number and drawn(desk.random, 3) == 0:
            desk.modes[activity] = drawn(desk.random, count)


@compiled
def mate(net: Net, herd: Herd, desk: Desk) -> None:
    """Keys and modes of a child of two: the mother's within a stretch of her time, the father's before and after."""
    random, keys, zone = desk.random, desk.keys, net.capacity.shape[0] + 2
    mother, father = drawn(random, len(herd.start)), drawn(random, len(herd.start))
    times = herd.end if net.is_plain else herd.start
    whole = herd.fitness[mother] >> LAST_BITS
    width = whole * (NARROWEST + drawn(random, WIDEST - NARROWEST)) // 100
    first = drawn(random, whole + width) - width
    for activity in range(len(keys)):
        time = times[mother, activity]
        desk.modes[activity] = herd.modes[mother, activity]
        if time < first or time > first + width:
            keys[activity] = times[father, activity] + (0 if time < first else 2 * zone)
            desk.modes[activity] = herd.modes[father, activity]
        else:
            keys[activity] = time + zone


@compiled
def mutate(net: Net, desk: Desk) -> None:
    """Move a few keys, and change a mode where there are several."""
    random = desk.random
    for _ in range(MOVES):
        activity = drawn(random, len(desk.keys))
        moved = desk.keys[activity] + drawn(random, 2 * REACH) - REACH
        desk.keys[activity] = min(max(0, moved), len(desk.counts) - 2)
        other = drawn(random, len(desk.keys))
        count = net.mode_first[other + 1] - net.mode_first[other]
        if count > 1:
            desk.modes[other] = drawn(random, count)


@compiled
def place_for(herd: Herd, desk: Desk, fitness: np.int64) -> int | np.int64:
    """Whose place a child takes: a bad one of a few, if the child is no worse and no twin; otherwise -1."""
    place = drawn(desk.random, len(herd.start))
    for _ in range(RIVALS):
        rival = drawn(desk.random, len(herd.start))
        if herd.fitness[rival] > herd.fitness[place]:
            place = rival
    if fitness > herd.fitness[place]:
        return -1
    for other in range(len(herd.start)):
        if herd.fitness[other] == fitness and (herd.start[other] == desk.start).all():
            return -1
    return place


@compiled
def breed(net: Net, herd: Herd, desk: Desk, made: int, count: int, enough: int) -> int:
    """`count` children more, after `made` ones; fewer once a schedule ends at `enough`. How many there are then."""
    for number in range(made, made + count):
        if number < len(herd.start):
            draw_first(net, desk, number)
        else:
            mate(net, herd, desk)
            if drawn(desk.random, 100) < MUTANTS:
                mutate(net, desk)
        fitness = raise_child(net, desk)
        place = number if number < len(herd.start) else place_for(herd, desk, fitness)
        if place >= 0:
            herd.start[place] = desk.start
            herd.end[place] = desk.end
            herd.modes[place] = desk.modes
            herd.fitness[place] = fitness
            if (fitness >> LAST_BITS) <= enough:
                return number + 1
    return made + count
