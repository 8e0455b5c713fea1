"""What is kept beside the tasks: decisions that were taken, and what is expected by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .dates import When, deadlines, resolved
from .flow import Paragraph, ParagraphKind, sentences
from .readings import DraftTask, Remark, RemarkKind, StatedDeadline
from .sieve import is_decision, is_forecast

_PERIOD = re.compile(
    r"(?:\d{4}年|今年|明年)?(?:\d{1,2}月份?(?:底|\d{1,2}日|[上中下]旬)?|[一二三四]季度|[上下]半年|年底|年内)|\d{4}年"
)


def remarks(paragraph: Paragraph, drafts: Sequence[DraftTask], when: When) -> Iterator[Remark]:
    """The decisions and forecasts of a paragraph, outside its drafts."""
    if paragraph.kind is not ParagraphKind.BODY:
        return
    taken = {sign for draft in drafts for sign in range(draft.span.start, draft.span.end)}
    for start, end in sentences(paragraph.text):
        for clause in re.finditer("[^，。；：！？]+", paragraph.text[start:end]):
            begin, stop = start + clause.start(), start + clause.end()
            kind = _kind(clause[0])
            span = paragraph.span(begin, stop)
            if kind and taken.isdisjoint(range(span.start, span.end)):
                yield Remark(kind, clause[0], span, _deadline(paragraph, begin, stop, when, kind))


def _kind(clause: str) -> RemarkKind | None:
    if is_decision(clause):
        return RemarkKind.DECISION
    if is_forecast(clause) and _PERIOD.search(clause):
        return RemarkKind.FORECAST
    return None


def _deadline(paragraph: Paragraph, begin: int, stop: int, when: When, kind: RemarkKind) -> StatedDeadline | None:
    found = deadlines(paragraph.text[begin:stop])
    if kind is not RemarkKind.FORECAST or not found:
        return None
    return resolved(found[0], paragraph.span(begin + found[0].start, begin + found[0].end), when)
