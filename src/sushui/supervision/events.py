"""What the rooms above may need to hear of supervision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sushui.kernel.viewer import Viewer


@dataclass(frozen=True)
class TaskClosed:
    """A task was struck off. ``text``: what the lead agency said in its application, and what was said of it."""

    viewer: Viewer
    task_id: int
    on: date
    text: str


@dataclass(frozen=True)
class TaskReturned:
    """An application for closing was refused: the task goes on. ``reason``: why."""

    viewer: Viewer
    task_id: int
    reason: str
