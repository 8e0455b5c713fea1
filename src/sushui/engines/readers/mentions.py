"""Take a cell of agencies apart: who is named, in which role, and what has to be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .agencies import AgencyIndex, groups_of, is_undetermined
from .readings import Ask, Field, Mention, MentionKind, Question
from .texts import compact

# Full-width signs are written as escapes here and below: printed, they look like their half-width twins.
# Signs inside brackets part nothing.
_BRACKETED_OR_SIGN = re.compile(r"[(\uff08][^()\uff08\uff09]*[)\uff09]|(?P<sign>[、,\uff0c;\uff1b\n/\uff0f|\uff5c]+)")
_LONGEST_NAME = 60
_MOST_NAMES = 200
_ENUMERATION = "、"
_ENDINGS = "。.\uff0e \t\r\u3000"
_AND = re.compile(r"以及|和|及|与")
_OTHERS = re.compile(r"等(有关|相关)?(部门|单位)?\Z")
_ROLE_LABEL = re.compile(
    r"(?P<lead>(?:主要责任|责任|牵头|主办|承办)(?:单位|部门)?)\s*[:\uff1a]"
    r"|(?P<support>(?:协同配合|配合|协同|协办|协助|参与)(?:单位|部门)?)\s*[:\uff1a]"
)
_ROLE_HINT = re.compile(
    r"[(\uff08](?:(?P<lead>牵头|主办|牵头单位|主办单位)|(?P<support>配合|协办|协助|配合单位|协办单位))[)\uff09]"
)
_POST = re.compile(r"(长|主任|书记|主席|委员|领导|负责人|指挥|调研员|助理)\Z|分管")


@dataclass
class AgencyCell:
    """What one cell says. ``has_roles`` when the cell itself tells who leads."""

    lead: list[Mention] = field(default_factory=list)
    supporting: list[Mention] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    has_roles: bool = False


def read_agencies(text: str, column: Field, index: AgencyIndex) -> AgencyCell:
    """Everyone named in ``text``, standing in ``column`` (LEAD_AGENCIES or SUPPORTING_AGENCIES).

    Where the cell marks one agency as leading, (牵头) or 牵头单位:, the unmarked ones beside it support.
    """
    if sum(1 for found in _BRACKETED_OR_SIGN.finditer(text) if found["sign"]) > _MOST_NAMES:
        return _unreadable(text, column)
    named = [name for role, part in _by_role(text) for name in _names(part, role, index)]
    cell = AgencyCell(has_roles=any(role is Field.LEAD_AGENCIES for _, role, _ in named))
    unmarked = Field.SUPPORTING_AGENCIES if cell.has_roles else column
    for mention, role, questions in named:
        meant = role or unmarked
        (cell.lead if meant is Field.LEAD_AGENCIES else cell.supporting).append(mention)
        cell.questions += [Question(ask, meant, mention.text, offered) for ask, offered in questions]
    return cell


def _unreadable(text: str, column: Field) -> AgencyCell:
    """A cell with more names than any list has: asked as a whole."""
    mentions = [Mention(text, MentionKind.UNKNOWN)]
    return AgencyCell(
        lead=mentions if column is Field.LEAD_AGENCIES else [],
        supporting=mentions if column is Field.SUPPORTING_AGENCIES else [],
        questions=[Question(Ask.UNKNOWN_AGENCY, column, text)],
    )


def read_leader(text: str) -> Mention | None:
    """The leader as written: a post where it reads like one, else unknown (a person's name, say)."""
    if not text:
        return None
    return Mention(text, MentionKind.POST if _POST.search(compact(text)) else MentionKind.UNKNOWN)


_Asked = list[tuple[Ask, tuple[str, ...]]]


def _by_role(text: str) -> Iterator[tuple[Field | None, str]]:
    """The cell in pieces, each with the role that a label such as 牵头单位: gives it."""
    role: Field | None = None
    start = 0
    for label in _ROLE_LABEL.finditer(text):
        yield role, text[start : label.start()]
        role = Field.LEAD_AGENCIES if label["lead"] else Field.SUPPORTING_AGENCIES
        start = label.end()
    yield role, text[start:]


def _names(text: str, role: Field | None, index: AgencyIndex) -> Iterator[tuple[Mention, Field | None, _Asked]]:
    follows_group = False
    for name, is_enumerated in _split(text):
        hint = _ROLE_HINT.search(name)
        plain = _ROLE_HINT.sub("", name).strip()
        hinted = role if hint is None else Field.LEAD_AGENCIES if hint["lead"] else Field.SUPPORTING_AGENCIES
        governed = f"各{plain}" if follows_group and is_enumerated else ""
        found = list(_identify(plain, governed, index))
        follows_group = found[-1][0].kind is MentionKind.GROUP
        for mention, asked in found:
            yield mention, hinted, asked


def _split(text: str) -> Iterator[tuple[str, bool]]:
    """Every name with whether 、 stands before it: 各 reaches over an enumeration comma, not over any other sign."""
    end, before = 0, ""
    for sign in [*filter(lambda found: found["sign"], _BRACKETED_OR_SIGN.finditer(text)), None]:
        name = text[end : sign.start() if sign else None].strip(_ENDINGS)
        if name:
            yield name, before == _ENUMERATION
        if sign:
            end, before = sign.end(), sign[0]


def _identify(name: str, governed: str, index: AgencyIndex) -> Iterator[tuple[Mention, _Asked]]:
    keys = index.find(name)
    if len(name) > _LONGEST_NAME:
        yield Mention(name, MentionKind.UNKNOWN), [(Ask.UNKNOWN_AGENCY, ())]
    elif keys:
        yield _agency(name, keys)
    elif groups := groups_of(name) or groups_of(governed):
        members = index.members(groups)
        yield Mention(name, MentionKind.GROUP, members), [] if members else [(Ask.EMPTY_GROUP, ())]
    elif is_undetermined(name):
        yield Mention(name, MentionKind.UNKNOWN), [(Ask.UNDETERMINED_GROUP, ())]
    else:
        yield from _compound(name, index)


def _compound(name: str, index: AgencyIndex) -> Iterator[tuple[Mention, _Asked]]:
    """甲局和乙局 when both are known; 甲局等 with the question who else; otherwise an unknown name."""
    shorter = _OTHERS.sub("", name)
    if shorter != name and (keys := index.find(shorter)):
        mention, asked = _agency(shorter, keys)
        yield mention, [*asked, (Ask.OPEN_ENDED, ())]
        return
    pieces = [piece.strip() for piece in _AND.split(name)]
    found = [index.find(piece) for piece in pieces]
    if len(pieces) > 1 and all(found):
        yield from map(_agency, pieces, found)
        return
    yield Mention(name, MentionKind.UNKNOWN), [(Ask.UNKNOWN_AGENCY, index.near(name))]


def _agency(name: str, keys: tuple[str, ...]) -> tuple[Mention, _Asked]:
    if len(keys) > 1:
        return Mention(name, MentionKind.UNKNOWN, keys), [(Ask.AMBIGUOUS_AGENCY, keys)]
    return Mention(name, MentionKind.AGENCY, keys), []
