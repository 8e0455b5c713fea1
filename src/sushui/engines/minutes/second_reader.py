"""What another reader, such as a language model, claims of a text: kept where every word stands in it, else dropped.

The engine knows no network: who has such a reader hands it over as a `SecondReader`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from .dates import When, deadlines, resolved, whole_deadline
from .flow import Paragraph, paragraphs, sentences
from .marking import Marker
from .readings import DraftSource, DraftTask, Gazetteer, Owner, OwnerRole, StatedDeadline

_NO_NAMES = Gazetteer()
_NO_DAY = When()


@dataclass(frozen=True)
class Claim:
    """A task that somebody says is asked: all of it in the text's own words."""

    sentence: str
    action: str
    owners: tuple[str, ...] = ()
    deadline: str = ""


class SecondReader(Protocol):
    """Reads a text and claims tasks; it may be wrong in everything."""

    def __call__(self, text: str) -> Iterable[Claim]: ...


class Dropped(StrEnum):
    """Why a claim was not kept."""

    SENTENCE_NOT_IN_TEXT = "sentence_not_in_text"
    ACTION_NOT_IN_SENTENCE = "action_not_in_sentence"
    OWNER_NOT_IN_SENTENCE = "owner_not_in_sentence"
    DEADLINE_NOT_IN_SENTENCE = "deadline_not_in_sentence"


def bound(
    text: str, claims: Iterable[Claim], *, gazetteer: Gazetteer = _NO_NAMES, when: When = _NO_DAY
) -> tuple[list[DraftTask], list[tuple[Claim, Dropped]]]:
    """The claims that stand in `text`, as marked drafts, and the others with the reason."""
    binder = _Binder(text, Marker(gazetteer), when)
    kept, dropped = [], []
    for claim in claims:
        result = binder.bind(claim)
        if isinstance(result, Dropped):
            dropped.append((claim, result))
        else:
            kept.append(result)
    return kept, dropped


class _Binder:
    def __init__(self, text: str, marker: Marker, when: When) -> None:
        self.marker = marker
        self.when = when
        self.sentences = list(_sentences(text))

    def bind(self, claim: Claim) -> DraftTask | Dropped:
        """Find each part of the claim in the one sentence it names."""
        wanted = _flat(claim.sentence)
        home = next((place for place in self.sentences if wanted and _core(wanted) == _core(place[3])), None)
        if home is None:
            return Dropped.SENTENCE_NOT_IN_TEXT
        paragraph, start, end, sentence = home
        action = sentence.find(_flat(claim.action)) if claim.action else -1
        if action < 0:
            return Dropped.ACTION_NOT_IN_SENTENCE
        if any(not name or _flat(name) not in sentence for name in claim.owners):
            return Dropped.OWNER_NOT_IN_SENTENCE
        if claim.deadline and _flat(claim.deadline) not in sentence:
            return Dropped.DEADLINE_NOT_IN_SENTENCE
        begin = start + action
        return DraftTask(
            action=_flat(claim.action),
            span=paragraph.span(begin, begin + len(_flat(claim.action))),
            sentence=sentence,
            sentence_span=paragraph.span(start, end),
            owners=tuple(self._owner(paragraph, start, sentence, _flat(name)) for name in claim.owners),
            deadline=self._deadline(paragraph, start, sentence, _flat(claim.deadline)),
            source=DraftSource.SECOND_READER,
        )

    def _owner(self, paragraph: Paragraph, start: int, sentence: str, name: str) -> Owner:
        """Its role is never taken from the claim: only patterns tell who leads."""
        begin = start + sentence.find(name)
        (mention, *_) = self.marker.owners(name)
        span = paragraph.span(begin, begin + len(name))
        return Owner(name, OwnerRole.RESPONSIBLE, mention.kind, span, self.marker.gazetteer.key(name))

    def _deadline(self, paragraph: Paragraph, start: int, sentence: str, words: str) -> StatedDeadline | None:
        """Only what the engine itself reads as a deadline is one."""
        found = whole_deadline(words) or next(iter(deadlines(words)), None)
        if not words or found is None:
            return None
        begin = start + sentence.find(words) + found.start
        return resolved(found, paragraph.span(begin, begin + len(found.words)), self.when)


def _sentences(text: str) -> Iterator[tuple[Paragraph, int, int, str]]:
    for paragraph in paragraphs(text):
        for start, end in sentences(paragraph.text):
            yield paragraph, start, end, paragraph.text[start:end]


def _flat(words: str) -> str:
    """The words as the flow of a text has them."""
    return "".join(paragraph.text for paragraph in paragraphs(words)) if words.strip() else ""


def _core(words: str) -> str:
    return re.sub("[。！？；]+$", "", words)
