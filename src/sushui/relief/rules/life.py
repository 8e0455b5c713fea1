"""Which act leads a request where."""

from __future__ import annotations

from collections.abc import Mapping

from sushui.relief.enums import CheckVerdict, ReliefVerb, Satisfaction, SupportState

S = SupportState
WAITING = frozenset({S.RECEIVED, S.REOPENED})  # for the office to assign
ENDED = frozenset({S.CLOSED, S.WITHDRAWN})

# From which states an act is possible. Nothing else moves a request.
FROM: Mapping[ReliefVerb, frozenset[SupportState]] = {
    ReliefVerb.EDIT: WAITING,
    ReliefVerb.ASSIGN: WAITING,
    ReliefVerb.GATHER: WAITING,
    ReliefVerb.WITHDRAW: WAITING,
    ReliefVerb.CONTACT: frozenset({S.ASSIGNED}),
    ReliefVerb.ANSWER: WAITING | {S.ASSIGNED},
    ReliefVerb.RETURN: frozenset({S.ANSWERED}),
    ReliefVerb.RATE: frozenset({S.ANSWERED}),
    ReliefVerb.LAPSE: frozenset({S.ANSWERED}),
    ReliefVerb.RAISE: WAITING | {S.ASSIGNED, S.CHECKING},
    ReliefVerb.CHECK: frozenset({S.CHECKING, S.CLOSED}),
}


def may_move(verb: ReliefVerb, state: SupportState) -> bool:
    """Whether a request in ``state`` can undergo ``verb`` at all, whoever does it."""
    return state in FROM[verb]


def state_after_rating(satisfaction: Satisfaction, *, reopened: int, most: int) -> SupportState:
    """Where a rating leads: closed, or reopened; after ``most`` reopenings the office looks itself."""
    if satisfaction is not Satisfaction.NOT:
        return S.CLOSED
    return S.REOPENED if reopened < most else S.CHECKING


def state_after_check(verdict: CheckVerdict) -> SupportState:
    """Where the office's check leads."""
    return S.CLOSED if verdict is CheckVerdict.SETTLED else S.REOPENED
