"""The one door: a text goes in, a reading comes out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from .articles import Article, articles, meeting_of, when_of
from .asking import ArticleDrafter
from .errors import MinutesError, Refusal
from .facts import figures, projects
from .flow import ParagraphKind, paragraphs
from .marking import Marker
from .readings import Gazetteer, Hints, Meeting, MinutesReading, NamedProject
from .remarks import remarks

LONGEST_TEXT = 500_000
_ALLOWED_CONTROLS = "\t\n\r\v\f\x1c\x1d\x1e\x85"
_LEAST_HAN = 0.3
_NO_HINTS = Hints()
_NO_NAMES = Gazetteer()


def read_minutes(text: str, *, gazetteer: Gazetteer = _NO_NAMES, hints: Hints = _NO_HINTS) -> MinutesReading:
    """Meetings, draft tasks, remarks, figures and projects of a text in Chinese.

    Raises `MinutesError` for what is no such text: empty, too long, another language, control characters.
    """
    refuse_unreadable(text)
    marker = Marker(gazetteer)
    found = [_meeting(article, marker, hints) for article in articles(paragraphs(text))]
    return MinutesReading(text, tuple(found))


def refuse_unreadable(text: str) -> None:
    """Raise the refusal of a text that cannot be read."""
    if not text.strip():
        raise MinutesError(Refusal.EMPTY)
    if len(text) > LONGEST_TEXT:
        raise MinutesError(Refusal.TOO_LONG, limit=LONGEST_TEXT, found=len(text))
    for position, sign in enumerate(text):
        if sign == "\ufffd" or (unicodedata.category(sign) in ("Cc", "Co") and sign not in _ALLOWED_CONTROLS):
            raise MinutesError(Refusal.CONTROL_CHARACTERS, position=position)
    letters = sum(map(str.isalpha, text))
    han = len(re.findall("[\u4e00-\u9fff]", text))
    if not han or han < _LEAST_HAN * letters:
        raise MinutesError(Refusal.NOT_CHINESE)


def _meeting(article: Article, marker: Marker, hints: Hints) -> Meeting:
    meeting = meeting_of(article, hints)
    when = when_of(article, meeting, hints)
    drafts = ArticleDrafter(article, meeting.kind, marker, when).run()
    body = [part for part in article.paragraphs if part.kind in (ParagraphKind.BODY, ParagraphKind.ROW)]
    return replace(
        meeting,
        drafts=tuple(drafts),
        remarks=tuple(remark for part in body for remark in remarks(part, drafts, when)),
        figures=tuple(figure for part in body for figure in figures(part)),
        projects=tuple(_each_once(article, marker.gazetteer.projects)),
    )


def _each_once(article: Article, known: tuple[str, ...]) -> list[NamedProject]:
    named: dict[str, NamedProject] = {}
    for part in article.paragraphs:
        for project in projects(part, known):
            named.setdefault(project.name, project)
    return list(named.values())
