"""Plans of single projects, as columns: what each is worth and what it takes of every row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arrays import Ints
from ..compiled import compiled
from ..portfolio.best import Reals
from ..portfolio.needs import Needs
from ..portfolio.shape import MODE, START, Shape
from .lagrange import use
from .rows import Rows


class Columns:
    """All plans of projects seen so far, each once."""

    def __init__(self, shape: Shape, needs: Needs, rows: Rows, calendars: NDArray[np.bool_]) -> None:
        self.shape, self.needs, self.rows, self.calendars = shape, needs, rows, calendars
        self.project: list[int] = []
        self.worth: list[float] = []
        self.choices: list[Ints] = []
        self.at: list[Ints] = []  # rows
        self.amount: list[Reals] = []  # divided by the rows' scale
        self._known: set[tuple[int, bytes]] = set()
        self._used = np.zeros(len(rows.limit))

    def __len__(self) -> int:
        return len(self.project)

    def add(self, project: int, choices: Ints, chosen_value: int) -> bool:
        """A plan of a project by its choices; whether it is new."""
        key = (project, choices.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        self._used[:] = 0.0
        worth = _take(self.shape, self.needs, self.rows, self.calendars, choices, self._used)
        at = np.flatnonzero(self._used).astype(np.int32)
        self.project.append(project)
        self.worth.append(worth + chosen_value)
        self.choices.append(choices.copy())
        self.at.append(at)
        self.amount.append(self._used[at] / self.rows.scale[at])
        return True

    def forget(self, number: int) -> None:
        """Give its room back; if the same plan comes again it is new."""
        self._known.discard((self.project[number], self.choices[number].tobytes()))
        self.at[number], self.amount[number] = self.at[number][:0], self.amount[number][:0]


@compiled
def _take(shape: Shape, needs: Needs, rows: Rows, calendars: NDArray[np.bool_], choices: Ints, used: Reals) -> float:
    """Add what choices take to the rows; what they are worth."""
    worth = 0.0
    for choice in choices:
        use(shape, needs, rows, calendars, choice, 1.0, used)
        worth += needs.value[shape.choice[choice, MODE], shape.choice[choice, START]]
    return worth
