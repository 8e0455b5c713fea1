"""What is no task: exhortation, report, forecast, decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import lexicon
from .readings import OwnerKind

_LEAD_IN = re.compile(
    "^(?:进一步|全力以赴|想方设法|尽最大努力|千方百计|、|切实|不断|全面|始终|持续|坚决|大力|扎实|全力|更加|认真|要|必须|应|须|也|还|都|更|再|着力|深入|共同|积极|主动)+"
)
_PREPOSITION = re.compile("对|将|把|向|在")
_NEGLIGIBLE = re.compile("(?:等)?(?:工作)?[。；！？，]*$")
_EMPTY = re.compile("[，。；：无、]*")


def is_hollow(clause: str) -> bool:
    """Whether a clause asks for an attitude and for nothing that can be checked."""
    core = _NEGLIGIBLE.sub("", _LEAD_IN.sub("", clause.strip("，。；：！？")))
    return not core or bool(
        lexicon().hollow.fullmatch(core) or lexicon().hollow.fullmatch(clause.strip("，。；：！？"))
    )


def is_strong(clause: str) -> bool:
    """Whether something will have been done that can be checked."""
    return not is_hollow(clause) and bool(lexicon().strong_verb.search(clause))


def is_task(clauses: Sequence[str], kinds: Sequence[OwnerKind], *, has_deadline: bool) -> bool:
    """Whether what these clauses say is asked of somebody and can be checked.

    A named owner needs any action; a group, or nobody, needs one that can be checked or a deadline.
    """
    solid = [clause for clause in clauses if not is_hollow(clause)]
    if not solid or all(_EMPTY.fullmatch(clause) for clause in clauses):
        return False
    if OwnerKind.NAMED in kinds:
        return any(len(clause.strip("，。；")) > 2 for clause in solid)
    if has_deadline:
        return any(lexicon().verb.search(clause) for clause in solid)
    if kinds:
        return any(is_strong(clause) for clause in solid)
    return any(_begins_strong(clause) for clause in solid)


def _begins_strong(clause: str) -> bool:
    """Where nobody is named, the checkable verb has to be the first word of what is asked."""
    core = _LEAD_IN.sub("", clause)
    if (adverb := lexicon().adverbs.match(core)) and adverb.end():
        core = core[adverb.end() :]
    if _PREPOSITION.match(core):
        return len(core) >= 6 and lexicon().strong_verb.search(core) is not None
    first = lexicon().strong_verb.match(core)
    return first is not None and len(core) >= 6


def is_report(clause: str) -> bool:
    """Whether a clause tells what was done, said or heard."""
    return bool(lexicon().reports.search(clause))


def is_forecast(clause: str) -> bool:
    """Whether a clause says what is expected or planned."""
    return bool(lexicon().forecasts.search(clause))


def is_decision(clause: str) -> bool:
    """Whether a clause says what a body decided: 会议原则同意…"""
    return bool(_DECIDES.search(clause)) and bool(lexicon().decisions.search(clause))


_DECIDES = re.compile("^(?:会议|全会|大会|会上|常委会|与会|经|同意|原则|审议|全体|县委常委会|并)")
