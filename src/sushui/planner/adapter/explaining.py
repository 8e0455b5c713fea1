"""Why a run's plan is as it is, asked of the engine: answers come one by one, as JSON, and each can be stored at once.

It holds the solver, so only the worker loads it: `solving.engine_explainer`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sushui.engines.planning import Plan, Problem, Ref, Renewable, Result, Status
from sushui.engines.planning.reasons.conflict import EndsBy, Enough, Must, Promise, explain_conflict, keeping
from sushui.engines.planning.reasons.delays import risks
from sushui.engines.planning.reasons.exclusion import Exclusion, explain_exclusion
from sushui.engines.planning.reasons.loosening import Piece, amount_of, loosened, pieces
from sushui.engines.planning.reasons.solvable import some_plan
from sushui.engines.planning.reasons.steps import Blocked, Gain, blocked, gain_of, stakes
from sushui.engines.planning.replanning import mend
from sushui.engines.planning.solving import solve
from sushui.planner.adapter.picturing import plan_of
from sushui.planner.adapter.questions import Answer, Question
from sushui.planner.adapter.snapshots import loaded
from sushui.planner.enums import InquiryKind

MOST_PIECES = 6  # of a factor, each tried alone
LONGEST_STEP = 10.0  # seconds for one plan that a step is worth
SHARE = 10  # a step is about a tenth of what there is


def explain(question: Question) -> Iterator[Answer]:
    """The answers, as they are found, until the time is over."""
    asked = _Asked(question, loaded(question.problem))
    yield from {
        InquiryKind.LEFT_OUT: asked.left_out,
        InquiryKind.CONFLICT: asked.conflict,
        InquiryKind.WORTH: asked.worth,
        InquiryKind.BOTTLENECKS: asked.bottlenecks,
        InquiryKind.RISKS: asked.risks,
    }[question.kind]()


@dataclass
class _Asked:
    """One question put to the engine."""

    question: Question
    problem: Problem
    until: float = field(init=False)

    def __post_init__(self) -> None:
        self.until = time.monotonic() + self.question.seconds

    @property
    def left(self) -> float:
        return self.until - time.monotonic()

    @property
    def plan(self) -> Plan:
        return plan_of(self.question.plan)

    @property
    def result(self) -> Result:
        """The run's plan as the engine gave it."""
        return Result(Status.FEASIBLE, self.plan, self.question.objective, self.question.bound)

    def left_out(self) -> Iterator[Answer]:
        """By project why it is left out."""
        for key in self.question.keys:
            if self.left <= 0:
                return
            yield key, _exclusion(explain_exclusion(self.problem, self.plan, key))

    def conflict(self) -> Iterator[Answer]:
        """What cannot hold together; nothing where that could not be shown."""
        found = explain_conflict(self.problem)
        if found is None:
            return
        reliefs = []
        for relief in found.reliefs:
            said = _promise(relief.promise) | {"by": relief.by}
            if isinstance(relief.promise, Enough) and relief.by is not None:
                said["pieces"] = self._pieces(found.promises, relief.promise.factor, relief.by)
            reliefs.append(said)
        promises = [_promise(each) for each in found.promises]
        yield "conflict", {"promises": promises, "reliefs": reliefs, "is_minimal": found.is_minimal}

    def _pieces(self, promises: Sequence[Promise], factor: str, by: int) -> list[list[int | None]]:
        """``[part, amount]`` for each single piece of a factor of which more would do; of capacities all at once."""
        if isinstance(_holder(self.problem, factor), Renewable):
            return [[None, by]]
        kept = keeping(self.problem, promises)
        found: list[list[int | None]] = []
        for piece in pieces(kept, factor)[:MOST_PIECES]:
            high = by * len(pieces(kept, factor))
            if some_plan(loosened(kept, {piece: high})) is None:
                continue
            low = 0
            while high - low > 1:
                middle = (low + high) // 2
                fits = some_plan(loosened(kept, {piece: middle})) is not None
                low, high = (low, middle) if fits else (middle, high)
            found.append([piece.part, high])
        return found

    def worth(self) -> Iterator[Answer]:
        """By factor what a step more and a step less are worth."""
        wanted = list(_steps(self.problem))
        each = min(LONGEST_STEP, self.question.seconds / max(1, 2 * len(wanted)))
        for piece, by in wanted:
            if self.left <= 0:
                return
            gains = [
                gain_of(self.problem, self.result, loosened(self.problem, {piece: signed}), seconds=each)
                for signed in (by, -by)
            ]
            yield piece.factor, {"part": piece.part, "by": by, "more": _gain(gains[0]), "less": _gain(gains[1])}

    def bottlenecks(self) -> Iterator[Answer]:
        """By bottleneck what solving it alone is worth, beside the best plan while none is solved."""
        holds = [
            Blocked(each.key, Ref(each.project, each.activity), each.until, each.by) for each in self.question.holds
        ]
        held = blocked(self.problem, holds)
        each = min(LONGEST_STEP, self.question.seconds / max(1, len(holds) + 2))
        base = solve(held, time_limit=2 * each, threads=2, hint=mend(held, self.plan, each))
        if base.plan is None:
            return
        for hold, gain in stakes(held, base, holds, seconds=each):
            yield hold.key, _gain(gain)
            if self.left <= 0:
                return

    def risks(self) -> Iterator[Answer]:
        """By date that somebody relies on, how often it is missed in drawn delays."""
        for each in risks(self.problem, self.plan):
            said = {"due": each.due, "missed": round(each.missed, 3), "median": each.median, "late": each.late}
            yield f"{each.activity.project}/{each.activity.activity}/{each.due}", said


# --- as JSON ---------------------------------------------------------------------------------------------------------
def _exclusion(found: Exclusion) -> dict[str, Any]:
    ways = [
        {"more": [[piece.factor, piece.part, amount] for piece, amount in way.more], "gain": way.gain}
        for way in found.ways
    ]
    return {
        "because": found.because.value,
        "with": list(found.projects[1:]),
        "rivals": list(found.rivals),
        "factors": list(found.factors),
        "ways": ways,
        "gain": found.gain,
    }


def _promise(promise: Promise) -> dict[str, Any]:

    match promise:
        case Must(project=key):
            return {"kind": "must", "project": key}
        case EndsBy(activity=ref, deadline=deadline):
            return {"kind": "ends_by", "project": ref.project, "activity": ref.activity, "deadline": deadline}
        case Enough(factor=factor):
            return {"kind": "enough", "factor": factor}
    return {"kind": "within", "project": promise.lag.after.project}


def _gain(gain: Gain) -> dict[str, Any]:
    return {"gain": gain.gain, "at_most": gain.at_most, "is_owed": gain.is_owed, "status": gain.status.value}


# --- what is stepped -------------------------------------------------------------------------------------------------
def _holder(problem: Problem, key: str) -> Any:
    factors: tuple[Any, ...] = (*problem.renewables, *problem.consumables, *problem.sources)
    return next(each for each in factors if each.key == key)


def _steps(problem: Problem) -> Iterator[tuple[Piece, int]]:
    """A step of each factor: of quotas and money in their largest piece, of capacities in all."""
    factors: tuple[Any, ...] = (*problem.renewables, *problem.consumables, *problem.sources)
    for factor in factors:
        unit = 10 ** getattr(factor, "decimals", 0)
        if isinstance(factor, Renewable):
            piece = Piece(factor.key)
        else:
            piece = max(pieces(problem, factor.key), key=lambda each: amount_of(problem, each), default=Piece(""))
        amount = amount_of(problem, piece) if piece.factor else 0
        if amount:
            yield piece, max(unit, rounded(amount // SHARE))


def rounded(amount: int) -> int:
    """The largest 1, 2 or 5 times a power of ten that is not more than an amount; 0 of 0."""
    power = 10 ** (len(str(amount)) - 1)
    return next((times * power for times in (5, 2, 1) if times * power <= amount), 0)
