"""The tasks of one article: which paragraphs ask, and what stands beside a task in labels, brackets and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .articles import Article
from .clauses import speaker_before
from .dates import When, deadlines, resolved
from .drafting import Asking, draft_sentence, trimmed
from .flow import NUMBER, Paragraph, sentences
from .labels import Beside, Columns, Label, beside_label, brackets, columns, labels
from .lexicon import lexicon
from .marking import Marker, Mention
from .readings import DraftTask, Gazetteer, MeetingKind, Owner, OwnerRole
from .sieve import is_hollow, is_report

_NUMBER = re.compile(NUMBER)
_HAN = re.compile("[一-龥]")
_ASKING_KINDS = {MeetingKind.INSTRUCTION}
_LONGEST_HEAD = 24


@dataclass
class _Segment:
    """Sentences and what stands beside them."""

    sentences: list[tuple[int, int]] = field(default_factory=list)
    beside: Beside = field(default_factory=Beside)
    is_explicit: bool = False  # behind a label such as 整改要求


class ArticleDrafter:
    """Reads the tasks of one article, paragraph by paragraph."""

    def __init__(self, article: Article, kind: MeetingKind, marker: Marker, when: When) -> None:
        self.article = article
        self.marker = marker
        self.when = when
        self.always_asks = kind in _ASKING_KINDS
        self.lists_ask = self.always_asks or lists_ask(article)
        self.asking = Asking()
        self.is_opened = False
        self.columns: Columns | None = None
        self.pending = Beside()
        self.pending_from: Paragraph | None = None
        self.heading_owners: tuple[tuple[Mention, OwnerRole], ...] = ()
        self.heading: Paragraph | None = None
        self.drafts: list[DraftTask] = []
        self.last: list[int] = []

    def run(self) -> list[DraftTask]:
        """The drafts of the article, in order."""
        for paragraph in self.article.paragraphs:
            before = len(self.drafts)
            getattr(self, f"_read_{paragraph.kind}")(paragraph)
            if len(self.drafts) > before:
                self.last = list(range(before, len(self.drafts)))
        return self.drafts

    def _read_byline(self, paragraph: Paragraph) -> None:
        """Who wrote it asks for nothing."""

    def _read_heading(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        number = _NUMBER.match(text)
        begin = number.end() if number else 0
        owners = self._owners_alone(text.rstrip("："), begin)
        self.heading_owners, self.heading = (owners, paragraph) if owners else ((), None)
        self.asking.carried, self.asking.carried_from = self.heading_owners, self.heading
        if owners:
            return
        self._section(text)
        if lexicon().openings.search(text):
            self.is_opened = True
        if number and (self.lists_ask or self.is_opened) and not self.asking.reports:
            self.asking.asks = True
            found = draft_sentence(paragraph, begin, len(text), self.asking, self.marker, self.when)
            self.drafts += [draft for draft in found if draft.owners or draft.deadline]

    def _read_row(self, paragraph: Paragraph) -> None:
        cells = [(hit.start(), hit.end()) for hit in re.finditer(r"[^\t]+", paragraph.text)]
        texts = paragraph.text.split("\t")
        named = columns([text.strip() for text in texts])
        if named:
            self.columns = named
            return
        starts = _starts(texts)
        if self.columns is None or len(texts) <= self.columns.action:
            for start, end in cells:
                self._read_body(paragraph.part(start, end))
            return
        self._row(paragraph, texts, starts)

    def _row(self, paragraph: Paragraph, texts: Sequence[str], starts: Sequence[int]) -> None:
        assert self.columns is not None
        start = starts[self.columns.action]
        end = start + len(texts[self.columns.action])
        if not _HAN.search(texts[self.columns.action]):
            return
        beside = Beside()
        for index, role in self.columns.owners:
            if index < len(texts):
                owned = self.marker.owners(texts[index])
                beside.owners += [(_moved(mention, starts[index]), role) for mention in owned]
        at = self.columns.deadline
        if at is not None and at < len(texts) and texts[at].strip():
            label = Label("deadline", starts[at], starts[at], starts[at], starts[at] + len(texts[at]))
            beside.deadline = beside_label(paragraph.text, label, self.marker).deadline
        self.drafts.append(self._whole(paragraph, start, end, beside, "table_row"))

    def _read_body(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        number = _NUMBER.match(text)
        begin = number.end() if number else 0
        self._begin_paragraph(text, begin, is_numbered=bool(number))
        begin = self._label_before(paragraph, begin)
        segments = list(self._segments(text, begin))
        for segment in segments:
            self._read_segment(paragraph, segment, begin)
        if text.endswith("："):
            self.is_opened = bool(lexicon().openings.search(text)) or self.is_opened
            self.asking.asks = self.asking.asks or self.is_opened
        self.asking.carried, self.asking.carried_from = self.heading_owners, self.heading

    def _begin_paragraph(self, text: str, begin: int, *, is_numbered: bool) -> None:
        """Whether what stands here asks, before anybody in it speaks."""
        first = text[begin:].split("。")[0]
        if is_numbered and len(first) <= _LONGEST_HEAD and "，" not in first[:-1]:
            self._section(first)
        if not is_numbered and not re.match("[^，。]{2,14}：", text):
            self.is_opened = self.is_opened and not re.match("会议|全会|会上", text)
        is_item = is_numbered or bool(re.match("[^，。]{2,14}：", text))
        self.asking.asks = self.always_asks or (is_item and (self.lists_ask or self.is_opened)) or self.is_opened

    def _section(self, head: str) -> None:
        self.asking.reports = bool(lexicon().report_sections.search(head)) and not re.search("要求|整改|措施", head)
        if self.asking.reports:
            self.is_opened = False

    def _label_before(self, paragraph: Paragraph, begin: int) -> int:
        """县住建局：… or 镇长：… at the beginning; where what is asked begins."""
        text = paragraph.text
        speaker, said = speaker_before(text[begin:])
        colon = text.find("：", begin, begin + 40)
        is_label = any(label.start == begin for label in labels(text))
        owners = self._owners_alone(text[:colon], begin) if colon > 0 and not is_label else ()
        if owners and not speaker:
            self.asking.carried, self.asking.carried_from = owners, paragraph
            self.asking.asks = not self.asking.reports
            return colon + 1
        if speaker:
            self.asking.speaker, self.asking.asks = speaker, True
            return begin + said
        return begin

    def _owners_alone(self, text: str, begin: int) -> tuple[tuple[Mention, OwnerRole], ...]:
        """The owners that a piece of text consists of; none if it holds anything else."""
        found, position = [], begin
        while position < len(text):
            end = self.marker.end_of_owner(text, position)
            if not end:
                return ()
            marked = self.marker.mark(text[position:end])
            kind = marked.mentions[0].kind if marked.mentions else None
            if kind is None:
                return ()
            found.append((Mention(position, end, text[position:end], kind), OwnerRole.RESPONSIBLE))
            joint = re.match("[、和与及]|以及", text[end:])
            if not joint and end < len(text):
                return ()
            position = end + (joint.end() if joint else 0)
        return tuple(found)

    def _segments(self, text: str, begin: int) -> Iterator[_Segment]:
        """Sentences, each group with the labels and brackets behind it; with a label for the action, one segment."""
        found = [label for label in labels(text) if label.start >= begin and label.value_end > label.value_start]
        tails = [(start, end, beside) for start, end, beside in brackets(text, self.marker) if start >= begin]
        tails += [
            (label.start, label.end, beside_label(text, label, self.marker))
            for label in found
            if label.kind not in ("action", "other") and not any(start <= label.start < end for start, end, _ in tails)
        ]
        explicit = [label for label in found if label.kind == "action"]
        hidden = [(label.start, label.value_start) for label in explicit]
        hidden += [(label.start, label.end) for label in found if label.kind == "other"]
        body = _hidden(text, [(start, end) for start, end, _ in tails] + hidden)
        spans = [
            (start, end) for start, end in sentences(body) if end > begin and _HAN.search(body[max(start, begin) : end])
        ]
        spans = [(max(start, begin), end) for start, end in spans]
        if explicit:
            yield _explicit(spans, explicit, tails)
            return
        yield from _grouped(spans, tails)

    def _read_segment(self, paragraph: Paragraph, segment: _Segment, begin: int) -> None:
        beside = segment.beside
        if not segment.sentences:
            self._stand_alone(paragraph, beside)
            return
        home = paragraph
        if self.pending:
            home = self.pending_from or paragraph
            if not beside.owners:
                self.asking.carried, self.asking.carried_from = tuple(self.pending.owners), home
        if beside.owners:
            self.asking.carried, self.asking.carried_from = tuple(beside.owners), paragraph
        if segment.is_explicit or beside.owners:
            self.asking.asks = not self.asking.reports or segment.is_explicit
        drafts = []
        for start, end in segment.sentences:
            drafts += draft_sentence(paragraph, start, end, self.asking, self.marker, self.when)
        beside_names = {mention.name for mention, _ in self.asking.carried}
        own = [draft for draft in drafts if {owner.name for owner in draft.owners} - beside_names]
        if beside.owners and not own:
            drafts = list(self._item(paragraph, segment))
        self.drafts += [self._filled(paragraph, draft, beside) for draft in drafts]

    def _stand_alone(self, paragraph: Paragraph, beside: Beside) -> None:
        """A line of labels alone: it belongs to the tasks before it, else to those after it."""
        open_drafts = [index for index in self.last if not self.drafts[index].owners or not self.drafts[index].deadline]
        fits = [index for index in open_drafts if not (beside.owners and self.drafts[index].owners)]
        if fits and not (beside.deadline and all(self.drafts[index].deadline for index in fits) and not beside.owners):
            for index in fits:
                self.drafts[index] = self._filled(paragraph, self.drafts[index], beside)
        elif beside:
            self.pending.add(beside)
            self.pending_from = paragraph

    def _item(self, paragraph: Paragraph, segment: _Segment) -> Iterator[DraftTask]:
        """The whole item is one task for the owners beside it; its heading is none."""
        spans = [
            span for span in segment.sentences if not is_report(paragraph.text[slice(*span)]) or segment.is_explicit
        ]
        first = paragraph.text[slice(*spans[0])].rstrip("。") if spans else ""
        if len(spans) > 1 and len(first) <= _LONGEST_HEAD and "，" not in first:
            spans = spans[1:]
        clauses = re.split("[，。；]", "".join(paragraph.text[start:end] for start, end in spans))
        if spans and not all(is_hollow(clause) for clause in clauses if clause):
            yield self._whole(paragraph, spans[0][0], spans[-1][1], segment.beside, "labeled_item")

    def _whole(self, paragraph: Paragraph, start: int, end: int, beside: Beside, pattern: str) -> DraftTask:
        begin, stop = trimmed(paragraph.text, start, end)
        task = DraftTask(
            action=paragraph.text[begin:stop],
            span=paragraph.span(begin, stop),
            sentence=paragraph.text if pattern == "table_row" else paragraph.text[start:end],
            sentence_span=paragraph.whole if pattern == "table_row" else paragraph.span(start, end),
            pattern=pattern,
            speaker=self.asking.speaker,
        )
        found = deadlines(task.action)
        if found and not beside.deadline:
            one = found[0]
            task = replace(task, deadline=resolved(one, paragraph.span(begin + one.start, begin + one.end), self.when))
        return self._filled(paragraph, task, beside)

    def _filled(self, paragraph: Paragraph, draft: DraftTask, beside: Beside) -> DraftTask:
        """The draft with what stands beside it, where it has nothing of its own."""
        gazetteer = self.marker.gazetteer
        if not draft.owners and beside.owners:
            draft = replace(draft, owners=owners_of(paragraph, beside.owners, gazetteer))
        if draft.deadline is None and beside.deadline:
            found = beside.deadline
            draft = replace(draft, deadline=resolved(found, paragraph.span(found.start, found.end), self.when))
        return draft


def lists_ask(article: Article) -> bool:
    """Whether numbered lines of a text ask for something: not in news, reports and summaries."""
    if lexicon().asking_titles.search(article.title):
        return True
    return not article.is_news and not lexicon().telling_titles.search(article.title)


def owners_of(
    paragraph: Paragraph, owners: Sequence[tuple[Mention, OwnerRole]], gazetteer: Gazetteer
) -> tuple[Owner, ...]:
    """Mentions of a paragraph as owners, each once."""
    named: dict[str, Owner] = {}
    for mention, role in owners:
        span = paragraph.span(mention.start, mention.end)
        named.setdefault(mention.name, Owner(mention.name, role, mention.kind, span, gazetteer.key(mention.name)))
    return tuple(named.values())


def _starts(cells: Sequence[str]) -> list[int]:
    starts, position = [], 0
    for cell in cells:
        starts.append(position)
        position += len(cell) + 1
    return starts


def _moved(mention: Mention, offset: int) -> Mention:
    return Mention(mention.start + offset, mention.end + offset, mention.name, mention.kind)


def _hidden(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with these places made stops, so that no sentence reaches into them and every place is kept."""
    signs = list(text)
    for start, end in places:
        signs[start:end] = "。" * (end - start)
    return "".join(signs)


def _explicit(
    spans: Sequence[tuple[int, int]], explicit: Sequence[Label], tails: Sequence[tuple[int, int, Beside]]
) -> _Segment:
    inside = [span for span in spans if any(label.value_start <= span[0] < label.end for label in explicit)]
    segment = _Segment(list(inside), Beside(), is_explicit=True)
    for _, _, beside in tails:
        segment.beside.add(beside)
    return segment


def _grouped(spans: Sequence[tuple[int, int]], tails: Sequence[tuple[int, int, Beside]]) -> Iterator[_Segment]:
    segment = _Segment()
    for place in sorted([*[(start, end, None) for start, end in spans], *tails], key=lambda place: place[0]):
        start, end, beside = place
        if beside is not None:
            segment.beside.add(beside)
        else:
            if segment.beside and segment.sentences:
                yield segment
                segment = _Segment()
            segment.sentences.append((start, end))
    if segment.sentences or segment.beside:
        yield segment
