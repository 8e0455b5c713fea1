"""Why a plan is as it is, in sentences: what keeps a project out, and which promises cannot hold together.

Asking takes CP-SAT: import this only where something has been solved.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from sushui.engines.planning import Plan, Problem
from sushui.engines.planning.reasons.conflict import (
    Conflict,
    EndsBy,
    Enough,
    Must,
    Promise,
    Relief,
    Within,
    explain_conflict,
)
from sushui.engines.planning.reasons.exclusion import Because, Exclusion, Way, explain_exclusion
from sushui.engines.planning.reasons.loosening import start_of

from .places import Places

MOST_EXPLAINED = 10  # projects left out; the others are only named
MOST_SECONDS = 10.0
MOST_WAYS = 2


def why_left_out(places: Places, problem: Problem, plan: Plan, keys: Iterable[str]) -> dict[str, str]:
    """A sentence for each of the first projects that are left out, until the time is up."""
    begun = time.monotonic()
    said: dict[str, str] = {}
    for key in keys:
        if len(said) == MOST_EXPLAINED or time.monotonic() - begun > MOST_SECONDS:
            break
        said[key] = exclusion_sentence(places, problem, explain_exclusion(problem, plan, key))
    return said


def why_no_plan(places: Places, problem: Problem) -> list[str]:
    """Which promises cannot hold together, and what would end it; nothing where that could not be shown."""
    conflict = explain_conflict(problem)
    return conflict_sentences(places, conflict) if conflict else []


def exclusion_sentence(places: Places, problem: Problem, exclusion: Exclusion) -> str:
    """Why a project is left out."""
    first, *more = map(places.project, exclusion.projects)
    project = f"{first} (with {', '.join(more)})" if more else first
    match exclusion.because:
        case Because.NOTHING:
            gain = "" if exclusion.gain is None else f": the plan would be worth {exclusion.gain:+,} points"
            return f"{project} is left out, though it would fit as things stand{gain}."
        case Because.RIVAL:
            rivals = ", ".join(map(places.project, exclusion.rivals))
            return f"{project} is left out because only one of its group may be in the plan, and {rivals} is."
        case Because.TIME:
            return f"{project} is left out: its dates and lags leave it no room beside what is planned."
    ways = " or ".join(_way(places, problem, way) for way in exclusion.ways[:MOST_WAYS])
    cure = f" It would be in with {ways}." if ways else ""
    return f"{project} is left out for want of {', '.join(exclusion.factors)}.{cure}"


def _way(places: Places, problem: Problem, way: Way) -> str:
    parts = []
    for piece, amount in way.more:
        when = "at any time" if piece.part is None else f"from {places.day(start_of(problem, piece))}"
        parts.append(f"{places.amount(piece.factor, amount)} more of {piece.factor} {when}")
    return f"{' and '.join(parts)} ({way.gain:+,} points)"


def conflict_sentences(places: Places, conflict: Conflict) -> list[str]:
    """The promises that cannot hold together, one a line, then what ends it."""
    promises = [f"- {_promise(places, each)}" for each in conflict.promises]
    reliefs = [f"- {_relief(places, each)}" for each in conflict.reliefs]
    heads = ("These cannot hold together:", "Any of these ends it:")
    return [heads[0], *promises, *([heads[1], *reliefs] if reliefs else [])]


def _promise(places: Places, promise: Promise) -> str:
    match promise:
        case Must():
            return f"{places.project(promise.project)} is in the plan"
        case EndsBy():
            return f"{places.activity(promise.activity)} ends by {places.last_day(promise.deadline)}"
        case Within():
            before, after = places.activity(promise.lag.before), places.activity(promise.lag.after)
            return f"{after} begins at most {promise.lag.most} slots after {before}"
        case Enough():
            return f"there is no more of {promise.factor} than said"


def _relief(places: Places, relief: Relief) -> str:
    promise, by = relief.promise, relief.by or 0
    match promise:
        case Must():
            return f"leave {places.project(promise.project)} out"
        case EndsBy():
            return f"let {places.activity(promise.activity)} end by {places.last_day(promise.deadline + by)}"
        case Within():
            after, most = places.activity(promise.lag.after), (promise.lag.most or 0) + by
            return f"let {after} begin up to {most} slots after {places.activity(promise.lag.before)}"
        case Enough():
            return f"{places.amount(promise.factor, by)} more of {promise.factor} at any time"
