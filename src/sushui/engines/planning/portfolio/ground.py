"""What search and bound both stand on: the arrays of a problem, laid out by project."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import Compiled, Ints
from .best import Reals
from .insert import Candidates, candidates
from .needs import Needs, Prices, needs
from .shape import Shapes, shapes
from .state import Limits, limits


@dataclass(frozen=True)
class Ground:
    """Of one problem; nothing in it changes."""

    compiled: Compiled
    shapes: Shapes
    needs: Needs
    limits: Limits
    who: Candidates


@dataclass(frozen=True)
class Guidance:
    """What the bound tells the search: prices, what projects bring for what they cost, and a mix of plans.

    `share` [.] how much of a plan is in the mix, `project` [.] whose it is, `choices` its choices.
    """

    prices: Prices
    order: Reals
    share: Reals
    project: Ints
    choices: tuple[Ints, ...]


def ground(compiled: Compiled) -> Ground:
    """Of a compiled problem."""
    arrays = compiled.arrays
    laid = shapes(arrays)
    return Ground(compiled, laid, needs(arrays, laid), limits(arrays, laid.calendars), candidates(arrays))


def numbers(ground: Ground, starts: Ints, modes: Ints) -> tuple[Ints, Ints]:
    """Starts and modes of all modes [A] as those of `Compiled.plan`, which counts modes within the activity."""
    first = ground.compiled.arrays.mode_first[:-1]
    return starts.copy(), np.where(starts >= 0, modes - first, 0).astype(np.int32)
