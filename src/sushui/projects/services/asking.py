"""Asking about what is odd before an act is done: all questions at once, answered one by one, kept with the act."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sushui.kernel.errors import DomainError
from sushui.projects.enums.doubts import ActDoubt

NOTHING: frozenset[ActDoubt] = frozenset()


@dataclass(frozen=True)
class Question:
    """Something odd, in a sentence."""

    doubt: ActDoubt
    sentence: str


def question(doubt: ActDoubt, sentence: Any, **params: Any) -> Question:
    """A question whose sentence (a msgid that is translated) takes ``params``."""
    return Question(doubt, str(sentence) % params)


class QuestionsAskedError(DomainError):
    """Something odd that nobody has confirmed; ``questions`` say what."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.questions = list(questions)
        super().__init__(
            "confirm_first",
            "%(questions)s",
            _("Correct what was mistyped; what is so, confirm."),
            questions=" ".join(each.sentence for each in self.questions),
        )
        self.asked = [each.doubt.value for each in self.questions]


def ask(questions: Iterable[Question], confirmed: Collection[ActDoubt]) -> list[ActDoubt]:
    """Refuse as long as a question is not confirmed; gives what was, for the line of the audit chain.

    Raises:
        QuestionsAskedError: with every question that is open.
    """
    asked = list(questions)
    still = [each for each in asked if each.doubt not in confirmed]
    if still:
        raise QuestionsAskedError(still)
    return list(dict.fromkeys(each.doubt for each in asked))
