"""From clauses to drafts: who begins a task, what goes on with it, what a second day makes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .clauses import Clause, read_clause, subject_before, units
from .dates import Found, When, resolved
from .flow import Paragraph
from .marking import Marked, Marker, Mention
from .readings import DraftTask, Gazetteer, Owner, OwnerRole, StatedDeadline
from .sieve import is_decision, is_forecast, is_hollow, is_report, is_task

_DONE_ONLY = re.compile(
    "[\ue002\ue003于在前确保力争并]*(?:全部|全面|基本)?(?:完成|办结|完工|竣工|到位|落实到位|整改到位|完成整改|清理完毕|拆除到位|实施到位|建成)?(?:并?投用)?[。；]?"
)
MOST_SIGNS = 1_500  # without a stop for so long it is no sentence, and nobody could check what is drafted
_TOPIC = re.compile(
    "(?:对于|对|针对|关于|就|围绕)[^，]{2,50}(?:问题|情况|诉求|事项|事宜|困难|隐患|现象|难题|短板|反映的|建议)"
)
_OwnerOf = tuple[Mention, OwnerRole]


@dataclass
class Asking:
    """What holds around a sentence: whether the text asks, who speaks, whose label stands before it."""

    asks: bool = False
    speaker: str = ""
    carried: tuple[_OwnerOf, ...] = ()
    carried_from: Paragraph | None = None
    reports: bool = False  # under a heading such as 存在问题


@dataclass
class _Open:
    """A task that is being put together."""

    pattern: str
    owners: list[_OwnerOf] = field(default_factory=list)
    start: int = -1
    end: int = -1
    deadlines: list[Found] = field(default_factory=list)
    clauses: list[tuple[int, int]] = field(default_factory=list)
    is_passive: bool = False
    speaker: str = ""

    def take(self, clause: Clause) -> None:
        if self.start < 0:
            self.start = clause.action if clause.says in ("begins", "goes_on") else clause.begin
        self.end = clause.end
        self.clauses.append((max(self.start, clause.begin), clause.end))
        self.deadlines += [found for found in clause.deadlines if found not in self.deadlines]

    @property
    def has_day(self) -> bool:
        return any(found.form not in ("recurring", "continuing") for found in self.deadlines)


class SentenceDrafter:
    """Drafts the tasks of one sentence."""

    def __init__(self, marked: Marked, asking: Asking) -> None:
        self.marked = marked
        self.asking = asking
        self.drafts: list[_Open] = []
        self.unit: list[_Open] = []
        self.leading: list[Found] = []
        self.sentence_owner: list[_OwnerOf] = list(asking.carried)
        self.is_decided = False
        # Who does something by a day that lies ahead is asked to, also where nobody said so.
        self.is_dated = any(found.form in ("day", "within") for found in marked.deadlines) and not (
            is_report(marked.text) or is_forecast(marked.text)
        )

    def run(self) -> list[_Open]:
        """The drafts in the order in which they begin."""
        for clauses in units(self.marked):
            self.unit = []
            for begin, end, is_numbered in clauses:
                self._hear(read_clause(self.marked, begin, end, asks=self._asks, is_numbered=is_numbered))
            self.drafts += self.unit
        return [draft for draft in self.drafts if draft.start >= 0]

    @property
    def _asks(self) -> bool:
        if self.asking.reports:
            return bool(self.unit)
        return self.asking.asks or bool(self.unit) or self.is_decided or self.is_dated

    def _hear(self, clause: Clause) -> None:
        if clause.says == "speech":
            self.unit.clear()
            self.asking.asks = clause.asks
            self.asking.reports = False
            before = self.marked.text[: clause.begin]
            self.asking.speaker = clause.speaker or self.asking.speaker or subject_before(before)
            self.sentence_owner = []
        elif clause.says in ("begins", "goes_on") and self._is_told(clause):
            self._told(clause)
        else:
            getattr(self, f"_{clause.says or 'nothing'}")(clause)

    def _is_told(self, clause: Clause) -> bool:
        text = self.marked.text[clause.begin : clause.end]
        must = clause.pattern in ("owner_must", "no_owner_must", "asked")
        if self.is_decided and not clause.owners and not self.unit:
            return True
        return (is_report(text) or is_forecast(text)) and not must and not (self.unit and clause.says == "goes_on")

    def _told(self, clause: Clause) -> None:
        """A report ends nothing and begins nothing."""

    def _begins(self, clause: Clause) -> None:
        if clause.pattern == "asked" and self.sentence_owner and not self.marked.text[clause.begin :].startswith("请"):
            self._goes_on(clause)
            return
        if clause.pattern.startswith("asked"):
            self.asking.asks = True
        if not clause.has_object:
            self._drop_mere_objects()
        draft = _Open(clause.pattern, list(clause.owners), is_passive=clause.has_object, speaker=self.asking.speaker)
        draft.take(clause)
        draft.deadlines = [*self.leading, *draft.deadlines]
        self.unit.append(draft)
        self.sentence_owner = [owner for owner in clause.owners if owner[1] is not OwnerRole.SUPPORTING]

    def _drop_mere_objects(self) -> None:
        """东沟村的危桥，由…: a thing before its owner is no task by itself."""
        self.unit = [draft for draft in self.unit if draft.owners or draft.pattern != "mere_object"]

    def _names(self, clause: Clause) -> None:
        bare = [draft for draft in self.unit if not draft.owners]
        if clause.has_object:
            draft = _Open(clause.pattern, list(clause.owners), is_passive=True, speaker=self.asking.speaker)
            draft.take(clause)
            draft.deadlines = [*self.leading, *draft.deadlines]
            self.unit.append(draft)
        elif bare:
            bare[-1].owners += clause.owners
            bare[-1].pattern = clause.pattern
            bare[-1].is_passive = True
            bare[-1].deadlines += [found for found in clause.deadlines if found not in bare[-1].deadlines]
        elif self.unit and self.unit[-1].start < 0:
            self.unit[-1].owners += clause.owners
        else:
            self.unit.append(
                _Open(
                    clause.pattern,
                    list(clause.owners),
                    deadlines=[*self.leading, *clause.deadlines],
                    speaker=self.asking.speaker,
                )
            )
        self.sentence_owner = list(clause.owners)

    def _supports(self, clause: Clause) -> None:
        if not self.unit:
            self._nothing(clause)
            return
        has_lead = any(role is OwnerRole.LEAD for _, role in self.unit[-1].owners)
        as_said = {OwnerRole.RESPONSIBLE} if not has_lead else set()
        self.unit[-1].owners += [
            (mention, role if role in as_said else OwnerRole.SUPPORTING) for mention, role in clause.owners
        ]

    def _day(self, clause: Clause) -> None:
        if not self.unit:
            self.leading = list(clause.deadlines)
        else:
            self._dated(clause)

    def _goes_on(self, clause: Clause) -> None:
        if self._is_topic(clause):
            return
        target = self.unit[-1] if self.unit else None
        if target and target.pattern == "mere_object":
            if self._is_only_done(clause):
                target.pattern = clause.pattern
            else:
                self.unit.pop()
                target = self.unit[-1] if self.unit else None
        if target is None:
            owners = list(self.asking.carried if self._says_must_anew(clause) else self.sentence_owner)
            draft = _Open(clause.pattern, owners, speaker=self.asking.speaker)
            draft.take(clause)
            draft.deadlines = [*self.leading, *draft.deadlines]
            self.unit.append(draft)
        elif clause.deadlines:
            self._dated(clause)
        else:
            target.take(clause)

    def _dated(self, clause: Clause) -> None:
        """A clause with a day: it ends the task, or begins another one for the same owner."""
        target = self._target(clause)
        if target.is_passive and target.start >= 0 and not target.has_day and self._is_only_done(clause):
            target.deadlines += clause.deadlines
            return
        days = [found for found in clause.deadlines if found.form not in ("recurring", "continuing")]
        if target.has_day and days and target.start >= 0:
            draft = _Open(target.pattern, list(target.owners), is_passive=target.is_passive, speaker=target.speaker)
            draft.take(clause)
            self.unit.append(draft)
        else:
            target.take(clause)

    def _target(self, clause: Clause) -> _Open:
        """By when is it done? 由甲牵头，乙保障资金，6月底前完工: said of what 甲 leads."""
        if len(self.unit) > 1 and self._is_only_done(clause):
            passive = [draft for draft in self.unit if draft.is_passive and not draft.has_day]
            return passive[0] if passive else self.unit[-1]
        return self.unit[-1]

    def _says_must_anew(self, clause: Clause) -> bool:
        """…；要加强管控: a new point of who speaks, not of whoever was asked before the semicolon."""
        return clause.pattern == "no_owner_must" and not clause.is_numbered

    def _is_topic(self, clause: Clause) -> bool:
        """对企业提出的贷款问题，由…: what somebody will be asked about."""
        return not self.unit and bool(_TOPIC.fullmatch(self.marked.text[clause.begin : clause.end]))

    def _is_only_done(self, clause: Clause) -> bool:
        return bool(_DONE_ONLY.fullmatch(self.marked.covered[clause.begin : clause.end]))

    def _nothing(self, clause: Clause) -> None:
        text = self.marked.text[clause.begin : clause.end]
        if is_decision(text):
            self.is_decided = True
            return
        mentions = self.marked.mentions_in(clause.begin, clause.end)
        if len(mentions) and self._is_only_owners(clause, mentions):
            self.sentence_owner = [(mention, OwnerRole.RESPONSIBLE) for mention in mentions]
        elif self.unit and not is_report(text):
            if clause.deadlines:
                self._dated(clause)
            else:
                self.unit[-1].take(clause)
        elif self._asks and clause.action == clause.begin and not self.unit and self._may_be_object(text):
            draft = _Open("mere_object", speaker=self.asking.speaker)
            draft.take(clause)
            self.unit.append(draft)

    def _is_only_owners(self, clause: Clause, mentions: Sequence[Mention]) -> bool:
        left = self.marked.covered[clause.begin : clause.end]
        return not re.sub("[\ue000\ue001、和与及等]|以及|负责", "", left)

    def _may_be_object(self, text: str) -> bool:
        return len(text) >= 8 and not is_report(text)


def draft_sentence(
    paragraph: Paragraph, start: int, end: int, asking: Asking, marker: Marker, when: When
) -> list[DraftTask]:
    """The tasks of the sentence between two places of a paragraph."""
    if end - start > MOST_SIGNS:
        return []
    marked = marker.mark(paragraph.text[start:end])
    drafts = []
    for draft in SentenceDrafter(marked, asking).run():
        kinds = [mention.kind for mention, role in draft.owners if role is not OwnerRole.SUPPORTING]
        clauses = [marked.text[begin:stop] for begin, stop in draft.clauses]
        is_empty_object = draft.pattern == "mere_object"
        if not is_empty_object and is_task(clauses, kinds, has_deadline=bool(draft.deadlines)):
            drafts.append(_draft(paragraph, start, end, draft, asking, marker.gazetteer, when))
    return drafts


def _draft(
    paragraph: Paragraph,
    start: int,
    end: int,
    draft: _Open,
    asking: Asking,
    gazetteer: Gazetteer,
    when: When,
) -> DraftTask:
    text = paragraph.text
    begin, stop = trimmed(text, start + draft.start, start + _solid_end(text[start:end], draft))
    return DraftTask(
        action=text[begin:stop],
        span=paragraph.span(begin, stop),
        sentence=text[start:end],
        sentence_span=paragraph.span(start, end),
        owners=tuple(_owners(paragraph, start, draft.owners, asking, gazetteer)),
        deadline=_deadline(paragraph, start, draft.deadlines, when),
        speaker=draft.speaker,
        pattern=draft.pattern,
    )


def _solid_end(sentence: str, draft: _Open) -> int:
    """Where the last clause ends that asks for something: 让农民放心 behind it is no part of the task."""
    solid = [stop for begin, stop in draft.clauses[1:] if not is_hollow(sentence[begin:stop])]
    return max([draft.clauses[0][1], *solid])


def _owners(
    paragraph: Paragraph, start: int, owners: Sequence[_OwnerOf], asking: Asking, gazetteer: Gazetteer
) -> list[Owner]:
    """Each once; who leads or answers also where another clause has it support."""
    carried = {id(mention) for mention, _ in asking.carried}
    named: dict[str, Owner] = {}
    for mention, role in owners:
        home, offset = (
            (asking.carried_from, 0) if id(mention) in carried and asking.carried_from else (paragraph, start)
        )
        span = home.span(offset + mention.start, offset + mention.end)
        owner = Owner(mention.name, role, mention.kind, span, gazetteer.key(mention.name))
        named.setdefault(mention.name, owner)
    return list(named.values())


def _deadline(paragraph: Paragraph, start: int, found: Sequence[Found], when: When) -> StatedDeadline | None:
    """The first day said, else the first words said."""
    if not found:
        return None
    stated = [resolved(one, paragraph.span(start + one.start, start + one.end), when) for one in found]
    days = [one for one in stated if one.on is not None]
    return (days or stated)[0]


def trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """The same place without punctuation at its edges."""
    while end > begin + 1 and text[end - 1] in "，。；：！？、":
        end -= 1
    while begin < end - 1 and text[begin] in "，。；：！？、":
        begin += 1
    return begin, end
