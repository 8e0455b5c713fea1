"""Labels, brackets at the end and columns: owners and days that are written beside a task and not in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .dates import Found, labeled, whole_deadline
from .lexicon import words
from .marking import Marker, Mention
from .readings import OwnerRole

_KINDS = words("labels")
_LABEL = re.compile(rf"【?(?:{'|'.join(f'(?P<{kind}>{label})' for kind, label in _KINDS.items())})】?：")
_ROLES = {"lead": OwnerRole.LEAD, "responsible": OwnerRole.RESPONSIBLE, "supporting": OwnerRole.SUPPORTING}
_BRACKET = re.compile(r"[（\[【]([^（）\[\]【】]{0,200}(?:（[^（）]{0,40}）[^（）\[\]【】]{0,200}){0,8})[）\]】]")
_SEGMENT = re.compile(r"(?:由)?(?P<names>.+?)(?P<word>牵头负责|牵头|负责|主办|承办|落实|配合|协办|协助|参与)?")
_WORDS = {
    "配合": OwnerRole.SUPPORTING,
    "协办": OwnerRole.SUPPORTING,
    "协助": OwnerRole.SUPPORTING,
    "参与": OwnerRole.SUPPORTING,
}
_LEADING = {"牵头", "牵头负责", "主办"}


@dataclass(frozen=True)
class Label:
    """One label with its value, as places of the paragraph."""

    kind: str
    start: int
    end: int
    value_start: int
    value_end: int


@dataclass
class Beside:
    """Owners and a deadline that hold for what they stand beside; places are those of the paragraph."""

    owners: list[tuple[Mention, OwnerRole]] = field(default_factory=list)
    deadline: Found | None = None

    def __bool__(self) -> bool:
        return bool(self.owners or self.deadline)

    def add(self, other: Beside) -> None:
        self.owners += other.owners
        self.deadline = self.deadline or other.deadline


def labels(text: str) -> list[Label]:
    """Every label of a paragraph, in order; a value reaches to the next label, a stop or a closing bracket."""
    hits = [
        hit
        for hit in _LABEL.finditer(text)
        if hit.start() == 0 or text[hit.start() - 1] in "，。；（【[、\t　）" or text[hit.start()] == "【"
    ]
    found = []
    for hit, after in zip(hits, [*hits[1:], None][: len(hits)], strict=True):
        limit = after.start() if after else len(text)
        kind = next(name for name, value in hit.groupdict().items() if value)
        end = limit if kind in ("action", "other") else _value_end(text, hit.end(), limit)
        value_end = end
        while value_end > hit.end() and text[value_end - 1] in "，。；（【、":
            value_end -= 1
        found.append(Label(kind, hit.start(), end, hit.end(), value_end))
    return found


def _value_end(text: str, start: int, limit: int) -> int:
    stop = re.search("[。；）】\\]]", text[start:limit])
    return start + stop.end() if stop else limit


def beside_label(text: str, label: Label, marker: Marker) -> Beside:
    """What one label says."""
    value = text[label.value_start : label.value_end]
    if label.kind == "deadline":
        found = labeled(value)
        return Beside(deadline=_moved(found, label.value_start) if found else None)
    if label.kind in _ROLES:
        return Beside(owners=list(_named(value, label.value_start, _ROLES[label.kind], marker)))
    return Beside()


def brackets(text: str, marker: Marker) -> Iterator[tuple[int, int, Beside]]:
    """Brackets that say nothing but who and by when: （县发改局牵头，县财政局配合）."""
    for bracket in _BRACKET.finditer(text):
        beside = _inside(bracket[1], bracket.start(1), marker)
        if beside:
            yield bracket.start(), bracket.end(), beside


def _inside(content: str, offset: int, marker: Marker) -> Beside | None:
    marked_labels = labels(content)
    beside = Beside()
    if marked_labels:
        for label in marked_labels:
            beside.add(_moved_beside(beside_label(content, label, marker), offset))
        return beside
    for piece in re.finditer("[^，；。]+", content):
        part = _segment(piece[0], offset + piece.start(), marker)
        if part is None:
            return None
        beside.add(part)
    return beside


def _segment(piece: str, offset: int, marker: Marker) -> Beside | None:
    if found := whole_deadline(re.sub("(?:完成|办结)$", "", piece)):
        return Beside(deadline=_moved(found, offset))
    part = _SEGMENT.fullmatch(piece)
    if part is None:
        return None
    role = _WORDS.get(part["word"] or "", OwnerRole.LEAD if part["word"] in _LEADING else OwnerRole.RESPONSIBLE)
    owners = list(_named(part["names"], offset, role, marker))
    if not owners or not all(_is_owner(mention.name, marker) for mention, _ in owners):
        return None
    return Beside(owners=owners)


def _is_owner(name: str, marker: Marker) -> bool:
    return marker.end_of_owner(name, 0) == len(name)


def _named(value: str, offset: int, role: OwnerRole, marker: Marker) -> Iterator[tuple[Mention, OwnerRole]]:
    """The names in a value. （牵头） behind a name makes it the lead."""
    for mention in marker.owners(value):
        leads = value[mention.end :].startswith(("（牵头", "（主办", "牵头"))
        supports = value[mention.end :].startswith(("（配合", "配合"))
        own = OwnerRole.LEAD if leads else OwnerRole.SUPPORTING if supports else role
        yield Mention(mention.start + offset, mention.end + offset, mention.name, mention.kind), own


def _moved(found: Found, offset: int) -> Found:
    return Found(found.start + offset, found.end + offset, found.words, found.form)


def _moved_beside(beside: Beside, offset: int) -> Beside:
    owners = [
        (Mention(mention.start + offset, mention.end + offset, mention.name, mention.kind), role)
        for mention, role in beside.owners
    ]
    return Beside(owners, _moved(beside.deadline, offset) if beside.deadline else None)


@dataclass(frozen=True)
class Columns:
    """Which cell of a table's row holds what."""

    action: int
    owners: tuple[tuple[int, OwnerRole], ...]
    deadline: int | None


def columns(cells: Sequence[str]) -> Columns | None:
    """The columns that a row of labels names; None where it names no task or nobody."""
    kinds = [_column(cell) for cell in cells]
    if "action" not in kinds or not {"lead", "responsible", "deadline"} & set(kinds):
        return None
    last_action = max(index for index, kind in enumerate(kinds) if kind == "action")
    owners = tuple((index, _ROLES[kind]) for index, kind in enumerate(kinds) if kind in _ROLES)
    return Columns(last_action, owners, kinds.index("deadline") if "deadline" in kinds else None)


def _column(cell: str) -> str:
    hit = _LABEL.fullmatch(re.sub("及.*$|（.*）$", "", cell) + "：")
    if hit is None:
        return "action" if re.fullmatch(".{0,6}(?:任务|措施|内容|工作|事项|要求)", cell) else ""
    return next(name for name, value in hit.groupdict().items() if value)
