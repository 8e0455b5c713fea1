"""What is asked of a run, as plain values: who answers is loaded by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sushui.planner.adapter.picturing import Stored
from sushui.planner.enums import InquiryKind

Answer = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Hold:
    """A bottleneck that keeps an activity from beginning before a week; solved, it could begin ``by`` another."""

    key: str
    project: str
    activity: str
    until: int
    by: int


@dataclass(frozen=True)
class Question:
    """What is asked: why each of ``keys`` is left out, what solving each of ``holds`` is worth; for so many seconds."""

    kind: InquiryKind
    problem: Mapping[str, Any]
    plan: Stored = ()
    objective: int = 0
    bound: int | None = None
    keys: Sequence[str] = ()
    holds: Sequence[Hold] = ()
    seconds: float = 60.0


Explainer = Callable[[Question], Iterator[Answer]]
