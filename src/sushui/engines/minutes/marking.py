"""Owners and deadlines in a sentence, found and covered, so that patterns need not know any name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .dates import Found, deadlines
from .lexicon import (
    DEADLINE,
    DEADLINE_GOES_ON,
    OWNER,
    OWNER_GOES_ON,
    Lexicon,
    lexicon,
)
from .readings import Gazetteer, OwnerKind

_PUNCTUATION = "，。；：、（）“”—\t《》"
# Words after which an owner may begin. 要求 and 请 ask, 由 and 会同 name.
_OPENERS = re.compile(
    "由|(?<![申邀聘提报])请|责成|责令|要求|督促|委托|授权|指定|指派|安排|嘱咐|会同|联合|协同|配合|协助|以及|与|和|及|商|同时|其中|另|并|"
    "[一二三四五六七八九十]是|[一二三四五六七八九十]要|会后|此外|随后|下一步|希望|对此|特别是|尤其是|今后|建议|强调|明确|决定|议定|为此|指示"
)
_NO_NAME = re.compile(
    "[要由请须将把被对向于至从按并使让给的或着过等了在是和与及每，。；：、“”《》（）]|有(?!限)|应(?!急)|会议|同意|原则|听取|通过|认为|年来|近年|本报讯|负责|会同|协同|立即|立刻|马上|迅速|尽快|抓紧|及时|随时|切实|认真|主动|积极|全力|严格|坚决|进一步|逐一|逐户|同步|分别|各自|共同"
)
_NOT_NAMES = {"城镇", "乡镇", "村镇", "全部", "内部", "外部", "干部", "局部", "中央", "城乡"}
_MOST_SIGNS = 18
_QUALIFIER = re.compile(r"（[一-龥、]{2,10}）")
_SUFFIX = re.compile(
    "(?:党委|党政|党支部)?(?:主要负责人|主要负责同志|负责人|负责同志|主要领导|分管领导|“一把手”|一把手|班子成员|局长|主任|镇长|乡长|书记|党委书记)(?=要|须|应|必须|亲自|负责|牵头|是)"
)
_SHORT_NAMES = re.compile(
    r"[一-龥]{2,4}(?:、[一-龥]{2,4}){1,6}(?:等?[二三四五六七八九十两几\d]{1,2}(?:个|家)?|等)(?:部门|单位|局)"
)
_FOLLOWS = re.compile(
    "[，。；：、（）—]|$|要|须|应|必须|需|由|将|把|对|向|按|于|在|从|以|为|给|与|和|及|会同|联合|牵头|负责|配合|每|各自|分别|共同|主要|"
    r"也|还|都|均|同步|\d|安排|先行"
)


_OPEN = re.compile(
    "各|有关|相关|全[县市区]|上述|以上|未|其他|其余|(?:县级|市级|区级|处级|科级|包联|分管|班子)[^局委]{0,3}(?:领导|干部|成员)$"
)
_LATE_GROUP = re.compile("[^，。；：、]{2,16}的(?:单位|部门|乡镇|企业|村|项目单位)(?=要|须|应|必须|限期)")
_IS_A_POST = re.compile("长|主任|书记|部长")


@dataclass(frozen=True)
class Mention:
    """An owner in a sentence."""

    start: int
    end: int
    name: str
    kind: OwnerKind


@dataclass(frozen=True)
class Marked:
    """A sentence with its owners and deadlines covered: `covered` is as long as `text`."""

    text: str
    covered: str
    mentions: tuple[Mention, ...]
    deadlines: tuple[Found, ...]

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """The owners that stand wholly between two places."""
        return tuple(mention for mention in self.mentions if start <= mention.start and mention.end <= end)

    def deadlines_in(self, start: int, end: int) -> tuple[Found, ...]:
        """The deadlines that stand wholly between two places."""
        return tuple(found for found in self.deadlines if start <= found.start and found.end <= end)


class Marker:
    """Marks sentences, with the names of one gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.words: Lexicon = lexicon()
        self.gazetteer = gazetteer
        names = {name for agency in gazetteer.agencies.agencies for name in agency.names if len(name) > 1}
        ordered = sorted(map(re.escape, names), key=len, reverse=True)
        self.known = re.compile(f"(?:本|全)?[县市区]?(?:{'|'.join(ordered)})") if names else None

    def mark(self, text: str) -> Marked:
        """Find and cover. A deadline wins over an owner: both never cover one sign."""
        found = tuple(deadlines(text))
        covered = list(text)
        for deadline in found:
            _cover(covered, deadline.start, deadline.end, DEADLINE, DEADLINE_GOES_ON)
        mentions = tuple(self._mentions(text, "".join(covered)))
        for mention in mentions:
            _cover(covered, mention.start, mention.end, OWNER, OWNER_GOES_ON)
        return Marked(text, "".join(covered), mentions, found)

    def owners(self, text: str) -> Iterator[Mention]:
        """The owners in the value of a label, parted by signs: every name counts, known head or not."""
        for piece in re.finditer(r"[^、，；;,\s。/]+(?:（[^）]*）)?", text):
            name = re.sub("^(?:由|以及|和|及)|(?:等|牵头|负责|配合|等单位|等部门)$", "", piece[0])
            name = re.sub("（(?:牵头|主办|配合)）$", "", name)
            if len(name) > 1 and not re.fullmatch("无|暂无|[-—]+", name):
                start = piece.start() + piece[0].index(name)
                yield Mention(start, start + len(name), name, self._kind(name))

    def _mentions(self, text: str, covered: str) -> Iterator[Mention]:
        position, places = 0, self._places(covered)
        while places:
            start = places.pop(0)
            if start < position or covered[start] in (DEADLINE, DEADLINE_GOES_ON):
                continue
            end = self.end_of_owner(covered, start)
            if end:
                yield Mention(start, end, text[start:end], self._kind(text[start:end]))
                position = end
                if covered[end : end + 1] == "各":
                    places.insert(0, end)

    def _places(self, text: str) -> list[int]:
        """Where an owner may begin."""
        places = {0}
        places.update(index + 1 for index, sign in enumerate(text) if sign in _PUNCTUATION or sign == DEADLINE_GOES_ON)
        places.update(opener.end() for opener in _OPENERS.finditer(text))
        return sorted(place for place in places if place < len(text))

    def end_of_owner(self, text: str, start: int) -> int:
        """Where the owner that begins at `start` ends; 0 if none does."""
        end = max(self._ends(text, start), default=0)
        if not end:
            return 0
        end = self._extended(text, start, end)
        if qualifier := _QUALIFIER.match(text, end):
            end = qualifier.end() if self._qualifies(qualifier[0]) else end
        if suffix := _SUFFIX.match(text, end):
            end = suffix.end()
        return end

    def _ends(self, text: str, start: int) -> Iterator[int]:
        for pattern in (self.known, self.words.agency, self.words.generic, self.words.post, _SHORT_NAMES):
            hit = pattern.match(text, start) if pattern is not None else None
            if hit is None or hit.end() == start:
                continue
            if pattern is not self.words.agency or not _IS_A_POST.match(text, hit.end()):
                yield hit.end()
        if group := _LATE_GROUP.match(text, start):
            yield group.end()
        yield from self._by_head(text, start)

    def _by_head(self, text: str, start: int) -> Iterator[int]:
        """A name of up to 18 signs that ends with the head of an agency and holds no verb."""
        limit = start + _MOST_SIGNS
        for pattern, is_weak in ((self.words.strong_head, False), (self.words.weak_head, True)):
            for hit in pattern.finditer(text, start + 1, min(len(text), limit)):
                body = text[start : hit.start()]
                may_be_whole = not is_weak or hit[0] in ("部", "中心", "科", "股")
                is_whole_name = may_be_whole and self.words.in_names.fullmatch(body)  # 审批局, but no 督导组
                if (
                    _NO_NAME.search(body)
                    or (self._verb_in(body) and not is_whole_name)
                    or not re.search("[一-龥]", body)
                ):
                    break
                if len(body) < (2 if is_weak else 1) or (is_weak and not self._is_followed(text, hit.end())):
                    continue
                if text[start : hit.end()] not in _NOT_NAMES:
                    yield hit.end()
                break

    def _verb_in(self, body: str) -> bool:
        """Whether a would-be name holds a verb that names do not: 监管 and 服务 stand in many."""
        if len(body) > 1 and (first := self.words.verb.match(body)) and len(first[0]) > 1:
            return True
        return any(len(verb[0]) > 1 for verb in self.words.verb.finditer(self.words.in_names.sub("", body)))

    def _is_followed(self, text: str, end: int) -> bool:
        return bool(
            _FOLLOWS.match(text, end)
            or text[end : end + 1] == DEADLINE
            or self.words.verb.match(text, end)
            or ((adverb := self.words.adverbs.match(text, end)) and adverb.end() > end)
        )

    def _extended(self, text: str, start: int, end: int) -> int:
        """县公安局 + 交警大队: a part of an agency named after it belongs to its name."""
        for pattern in (self.words.strong_head, self.words.weak_head):
            for hit in pattern.finditer(text, end, min(len(text), end + 10)):
                part = text[end : hit.end()]
                if not self._is_part_of_a_name(part, hit[0]) or not self._is_followed(text, hit.end()):
                    break
                return hit.end()
        return end

    def _is_part_of_a_name(self, part: str, head: str) -> bool:
        adverb = self.words.adverbs.match(part)
        if _NO_NAME.search(part) or self.words.verb.match(part) or (adverb and adverb.end()):
            return False
        return not self._verb_in(part.removesuffix(head))

    def _qualifies(self, bracket: str) -> bool:
        return bool(re.search("街道|镇|办|单位|部门|园区|开发区|社区|林场|管委会|站|所|中心", bracket))

    def _kind(self, name: str) -> OwnerKind:
        if self.known is not None and self.gazetteer.key(name):
            return OwnerKind.NAMED
        is_generic = self.words.generic.fullmatch(name) or _OPEN.match(name)
        return OwnerKind.GENERIC if is_generic else OwnerKind.NAMED


def _cover(signs: list[str], start: int, end: int, first: str, rest: str) -> None:
    signs[start:end] = [first] + [rest] * (end - start - 1)
