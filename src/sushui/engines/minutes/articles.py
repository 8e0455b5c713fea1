"""Which paragraphs belong to one meeting, and what its first and last lines say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import When
from .flow import Paragraph, ParagraphKind
from .people import chair, present
from .readings import Attendee, Hints, Meeting, MeetingDay, MeetingKind, YearReason

_OPENS = re.compile(r"(?:本报|本网|[一-龥]{2,6}日报)?讯(?:（[^）]{0,20}）)?(?=\d)|(?:本报|本网)讯|（?本报讯")
_DATED = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d+[.、]|第[一二三四五六七八九十]+[章条部])"
)
_DAY = re.compile(r"(?:(?P<year>\d{4})[年/.-])?(?P<month>\d{1,2})[月/.-](?P<day>\d{1,2})(?:日|号)?")
_DAY_LABEL = re.compile(r"(?:会议|召开|交办|印发|批示|调研|检查)?(?:时间|日期)：")
_LEAD_DAY = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_WHOLE_DAY = re.compile(r"\d{4}[年/.-]\d{1,2}[月/.-]\d{1,2}日")
_YEAR = re.compile(r"〔(?P<a>\d{4})〕|(?P<b>\d{4})年(?:度)?第[一二三四五六七八九十\d]+[次期]|（(?P<c>\d{4})年?）")
_LIST_YEAR = re.compile(r"(?P<year>\d{4})年")
_KINDS = (
    (MeetingKind.INSTRUCTION, "批示|指示件|阅示"),
    (MeetingKind.SPEECH, "讲话|发言"),
    (MeetingKind.MEETING, "纪要|会议记录|碰头会|例会"),
    (MeetingKind.INSPECTION, "督查|检查|暗访|巡查|督导|视察|通报|督办|交办"),
    (MeetingKind.WORK_LIST, "清单|任务分解|分解表|分工|要点|方案|台账|责任表"),
    (MeetingKind.MEETING, "会议|座谈会|推进会|调度会|谋划会|动员会|常委会|全会|会商|现场会|[一-龥]会(?:召开|举行|$)"),
    (MeetingKind.VISIT, "调研|走访|慰问|考察"),
)
_PLACES = (
    re.compile("(?:会议)?地点：(?P<place>[^，。；]+)"),
    re.compile("(?:，|^)(?:[^，。；]*?)在(?P<place>[^，。；在]{2,24}?)(?:主持|组织)?(?:召开|举行|召集)"),
    re.compile(
        "(?:深入|赶赴|前往|来到|(?<![达得直受])到|(?<!以)赴)(?P<place>[^，。；]{2,30}?)(?:，|调研|检查|督导|走访|视察|考察|察看|暗访|召开|现场|专题|看望|慰问|主持)"
    ),
    re.compile("^在(?P<place>[^，。；]{2,24})，"),
)
# A paper of its own day, though it begins with the day of something else.
_PAPER = re.compile("通知|督办|通报|交办|提示函|令$|办理意见|公告|批复")
_NO_PLACE = re.compile("贯彻|落实|推进|推动|学习|加快|精神|位$")
_MOST_HEADINGS = 3
_LEAD_PARAGRAPHS = 8


@dataclass(frozen=True)
class Article:
    """The paragraphs of one meeting, its headings first."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def title(self) -> str:
        """The first heading, else the beginning of the text."""
        heads = [part for part in self.paragraphs if part.kind is ParagraphKind.HEADING and len(part.text) > 3]
        if heads and heads[0] in self.paragraphs[:2]:
            return heads[0].text
        first = self.paragraphs[0].text
        return first[: first.find("。")][:60] if "。" in first else first[:60]

    @property
    def is_news(self) -> bool:
        """Whether a newspaper printed it."""
        return any(_OPENS.match(part.text) for part in self.lead)

    @property
    def headings(self) -> list[Paragraph]:
        return [part for part in self.lead if part.kind is ParagraphKind.HEADING]

    @property
    def lead(self) -> tuple[Paragraph, ...]:
        return self.paragraphs[:_LEAD_PARAGRAPHS]


def articles(paragraphs: Sequence[Paragraph]) -> Iterator[Article]:
    """A report begins with 本报讯, or with a heading and a day after another report had ended."""
    current: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        if current and _begins(paragraphs, index, current):
            yield Article(tuple(current))
            current = []
        current.append(paragraph)
    if any(part.kind is not ParagraphKind.BYLINE for part in current):
        yield Article(tuple(current))


def _begins(paragraphs: Sequence[Paragraph], index: int, current: Sequence[Paragraph]) -> bool:
    """Whether headings from here on lead to the first paragraph of another report."""
    here = paragraphs[index]
    if here.kind is ParagraphKind.BODY:
        return bool(_OPENS.match(here.text)) and _has_body(current)
    if here.kind is not ParagraphKind.HEADING or _NUMBERED.match(here.text) or _DATED.fullmatch(here.text):
        return False
    near = paragraphs[index : index + _MOST_HEADINGS + 1]
    following = next((part for part in near if part.kind is ParagraphKind.BODY), None)
    if following is None or not (_OPENS.match(following.text) or _LEAD_DAY.match(following.text)):
        return False
    return _has_body(current) and (bool(_OPENS.match(following.text)) or any(map(_tells_a_day, current)))


def _has_body(paragraphs: Sequence[Paragraph]) -> bool:
    return any(part.kind is ParagraphKind.BODY for part in paragraphs)


def _tells_a_day(part: Paragraph) -> bool:
    """Whether it begins like a report: 本报讯, or a day."""
    return part.kind is ParagraphKind.BODY and bool(_LEAD_DAY.match(part.text) or _OPENS.match(part.text))


def meeting_of(article: Article, hints: Hints) -> Meeting:
    """What the lines around the tasks say; drafts and figures are added by who reads them."""
    chairs = [found for part in article.lead if (found := chair(part))]
    paragraphs = article.paragraphs
    span = type(paragraphs[0].whole)(paragraphs[0].whole.start, paragraphs[-1].whole.end)
    return Meeting(
        kind=kind_of(article),
        title=article.title,
        span=span,
        held=held(article, hints),
        place=_place(article),
        chair=chairs[0] if chairs else None,
        present=tuple(_present(article)),
        drafts=(),
        remarks=(),
        figures=(),
        projects=(),
    )


def kind_of(article: Article) -> MeetingKind:
    """By the words of the title, else by those of the first sentences."""
    first = next((part.text for part in article.paragraphs if part.kind is ParagraphKind.BODY), "")
    for words in (article.title, first[:100]):
        for kind, pattern in _KINDS:
            if re.search(pattern, words):
                return kind
    return MeetingKind.OTHER


def when_of(article: Article, meeting: Meeting, hints: Hints) -> When:
    """From which day or year deadlines are told."""
    if meeting.held and meeting.held.on:
        return When(meeting.held.on)
    if meeting.held is None and hints.day:
        return When(hints.day)
    if hints.year:
        return When(None, hints.year, YearReason.GIVEN)
    if meeting.held is None and (year := _LIST_YEAR.search(article.title)):
        return When(None, int(year["year"]), YearReason.HEADING)
    return When()


def held(article: Article, hints: Hints) -> MeetingDay | None:
    """The day of the meeting, and how its year is known."""
    found = _written_day(article)
    if found is None:
        return None
    paragraph, day, is_closing = found
    month, number = int(day["month"]), int(day["day"])
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    year, reason = _year(article, day, hints, is_closing)
    try:
        on = date(year, month, number) if year else None
    except ValueError:
        return None
    return MeetingDay(month, number, on, reason, day[0], paragraph.span(day.start(), day.end()))


def _year(article: Article, day: re.Match[str], hints: Hints, is_closing: bool) -> tuple[int | None, YearReason]:
    if day["year"]:
        return int(day["year"]), YearReason.CLOSING if is_closing else YearReason.STATED
    if hints.day and (hints.day.month, hints.day.day) == (int(day["month"]), int(day["day"])):
        return hints.day.year, YearReason.GIVEN
    if hints.year:
        return hints.year, YearReason.GIVEN
    if hints.day:
        same = date(hints.day.year, int(day["month"]), 1)
        return (hints.day.year if same <= hints.day else hints.day.year - 1), YearReason.GIVEN
    return _heading_year(article) or _closing_year(article, day) or (None, YearReason.UNKNOWN)


def _heading_year(article: Article) -> tuple[int, YearReason] | None:
    for part in article.lead:
        if year := _YEAR.search(part.text):
            return int(next(value for value in year.groups() if value)), YearReason.HEADING
    return None


def _closing_year(article: Article, day: re.Match[str]) -> tuple[int, YearReason] | None:
    """The year of the day that closes the text, where the meeting was not later in the year than that."""
    closing = _closing_day(article)
    if closing is None or not closing[1]["year"]:
        return None
    is_before = (int(day["month"]), int(day["day"])) <= (int(closing[1]["month"]), int(closing[1]["day"]))
    return int(closing[1]["year"]) - (0 if is_before else 1), YearReason.CLOSING


def _written_day(article: Article) -> tuple[Paragraph, re.Match[str], bool] | None:
    """The day written in a label, in the heading, at the beginning of the text, or at its end."""
    for part in article.lead:
        if (label := _DAY_LABEL.match(part.text)) and (day := _DAY.match(part.text, label.end())):
            return part, day, False
    closing = _closing_day(article)
    for part in article.headings:
        if (day := _WHOLE_DAY.search(part.text)) and not (closing and part is closing[0]):
            return part, _DAY.match(part.text, day.start()) or day, False
    if closing and any(_PAPER.search(part.text) for part in article.headings):
        return closing[0], closing[1], True
    for part in article.lead:
        if part.kind is ParagraphKind.BODY and (day := _first_day(part)):
            return part, day, False
    if closing:
        return closing[0], closing[1], True
    for part in article.headings:
        if day := _LEAD_DAY.search(part.text):
            return part, _DAY.match(part.text, day.start()) or day, False
    for part in article.lead:
        if day := re.search(rf"{_LEAD_DAY.pattern}$", part.text):
            return part, _DAY.match(part.text, day.start()) or day, False
    return None


def _first_day(part: Paragraph) -> re.Match[str] | None:
    """A day in the first sentence, where the sentence tells what happened and asks for nothing."""
    first = part.text.split("。")[0]
    for day in _LEAD_DAY.finditer(first):
        if not re.match("前|之前|以前|底|止", first[day.end() :]) and day.start() <= 60:
            return _DAY.match(part.text, day.start())
    return None


def _closing_day(article: Article) -> tuple[Paragraph, re.Match[str]] | None:
    body = [index for index, part in enumerate(article.paragraphs) if part.kind is ParagraphKind.BODY]
    ending = article.paragraphs[body[0] + 1 :] if body else ()
    for part in reversed(ending[-4:]):
        if day := re.fullmatch(f"(?:[^，。；]{{0,20}}?){_DAY.pattern}", part.text):
            return part, _DAY.search(part.text) or day
    return None


def _place(article: Article) -> str:
    body = [part for part in article.lead if part.kind is ParagraphKind.BODY]
    for part in body:
        for pattern in _PLACES:
            hit = pattern.search(part.text[:120])
            if hit and not _NO_PLACE.search(hit["place"]):
                return hit["place"]
    return ""


def _present(article: Article) -> Iterator[Attendee]:
    seen = set()
    for part in article.lead:
        if part.kind is ParagraphKind.HEADING:
            continue
        for attendee in present(part):
            if (attendee.post, attendee.name) not in seen:
                seen.add((attendee.post, attendee.name))
                yield attendee
