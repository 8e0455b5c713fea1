"""A sentence cut at its commas, and what each clause says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .dates import Found
from .lexicon import DEADLINE, DEADLINE_GOES_ON, Pattern, lexicon, words
from .marking import Marked, Mention
from .people import NAME, split_name
from .readings import OwnerRole

_ROLES = {"lead": OwnerRole.LEAD, "responsible": OwnerRole.RESPONSIBLE, "support": OwnerRole.SUPPORTING}
_PAIRS = {"（": "）", "《": "》", "“": "”"}
_LONGEST_QUOTE = 60
_ENUMERATOR = re.compile(
    r"(?:(?<=[，：；。、])|^)(?:[一二三四五六七八九十]是|[一二三四五六七八九十](?=要)|[一二三四五六七八九十]、|（[一二三四五六七八九十\d]{1,2}）|"
    r"\d{1,2}[.、](?!\d)|[①-⑳]|第[一二三四五六七八九十]{1,2}[，、：])"
)
_INNER_ENUMERATOR = re.compile(r"(?<=[一-龥）])(?:一是|二是|三是|四是|五是|六是)")
_ASKING = "要求|强调|明确|议定|决定|确定|安排|批示|指示|叮嘱|建议|部署"
_TELLING = "指出|认为|表示|说|讲道|谈到|希望|号召"
_SPEECH = re.compile(
    r"(?P<who>.{0,40}?)(?:同时|还|又|最后|特别|当场|现场|再次|反复|明确|进一步|郑重|严肃|(?:就|对|在|针对|围绕)[^，：]{0,40})*"
    rf"(?P<verb>强调指出|{_ASKING}|{_TELLING}|(?:提出|提|讲)(?:了)?(?:以下|如下|几|[一二三四五六])?(?:点|条|个|项)?(?:具体)?(?:整改)?(?:要求|意见|建议|希望)|"
    "(?:提出|作出|作|做出)(?:了)?(?:明确|具体|如下|以下)?(?:要求|安排|部署|批示|指示)|(?:议定|明确|确定|决定)(?:了)?(?:如下|以下)?(?:事项|意见|任务|分工))(?:如下)?"
)
_SPEAKER = re.compile(
    "(?P<who>[^，。：；]{0,12}?(?:书记|镇长|乡长|县长|市长|区长|主任|局长|校长|院长|董事长|总经理|主席|部长|组长|行长))：(?=.{4})"
)
# Who may speak. Verbs such as 部署 also end what is asked, so a clause counts as speech only behind one of these.
_SUBJECT = re.compile(
    rf"(?:.*(?:{words('people')['posts']}|会议|全会|大会|会上|组|某|他|她|县委|县政府|政府|党委|市委|单位|通知|意见|纪要|局|办|来信)|.{{0,3}})"
    "(?:时|中)?"
)
_PRONOUN = re.compile("(?:他|她|其|并|还|同时)?")
_LOOKS = re.compile(
    rf"(?:^|[，。；])(?P<who>[^，。；]{{0,14}}?(?:{words('people')['posts']})[^，。；、]{{0,3}}?|{NAME})"
    "(?=一行|先后|仔细|详细|认真|实地|边走|听取|察看|查看|了解|走进|来到|与)"
)
_ASKS = re.compile("要求|强调|明确|议定|确定|安排|批示|指示|叮嘱|建议|部署|意见|事项|任务|分工|提")


@dataclass(frozen=True)
class Clause:
    """One clause of a marked sentence; `begin` stands behind numbers and connectives."""

    begin: int
    end: int
    says: str
    pattern: str = ""
    action: int = 0
    owners: tuple[tuple[Mention, OwnerRole], ...] = ()
    deadlines: tuple[Found, ...] = ()
    has_object: bool = False
    speaker: str = ""
    asks: bool = False
    is_numbered: bool = False


def units(marked: Marked) -> Iterator[list[tuple[int, int, bool]]]:
    """The clauses of the sentence between semicolons and inner numbers: begin, end, and whether a number was before."""
    cuts = sorted({0, len(marked.text), *_unit_starts(marked.text)})
    for start, end in pairwise(cuts):
        clauses = list(_clauses(marked.text, start, end))
        if clauses:
            yield clauses


def _unit_starts(text: str) -> Iterator[int]:
    depth = _depths(text)
    for index, sign in enumerate(text):
        if sign == "；" and not depth[index]:
            yield index + 1
    for pattern in (_ENUMERATOR, _INNER_ENUMERATOR):
        for number in pattern.finditer(text):
            if not depth[number.start()]:
                yield number.start()


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    number = _ENUMERATOR.match(text, start, end) or _INNER_ENUMERATOR.match(text, start, end)
    begin = number.end() if number else start
    is_numbered = number is not None
    depth = _depths(text)
    for index in range(begin, end):
        if text[index] in "，：；。！？" and not depth[index] and not _is_in_number(text, index):
            if index > begin:
                yield begin, index, is_numbered
            begin, is_numbered = index + 1, False
    if end > begin:
        yield begin, end, is_numbered


def _is_in_number(text: str, index: int) -> bool:
    return text[index] == "：" and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit()


@lru_cache(maxsize=8)
def _depths(text: str) -> tuple[int, ...]:
    """For each sign whether it stands inside brackets or quotes of bearable length."""
    depths, closing = [], -1
    for index, sign in enumerate(text):
        if index > closing and sign in _PAIRS:
            closing = max(text.find(_PAIRS[sign], index, index + _LONGEST_QUOTE), index - 1)
        depths.append(int(index <= closing))
    return tuple(depths)


def read_clause(marked: Marked, begin: int, end: int, *, asks: bool, is_numbered: bool = False) -> Clause:
    """What one clause says; `asks`: whether the text around it asks for something."""
    covered = marked.covered[begin:end]
    found = marked.deadlines_in(begin, end)
    if re.fullmatch(f"(?:于|在|截至|确保|力争)?{DEADLINE}{DEADLINE_GOES_ON}*", covered):
        return Clause(begin, end, "day", deadlines=found, is_numbered=is_numbered)
    if not marked.mentions_in(begin, end) or not re.search("要求.{2,}", marked.text[begin:end]):
        speech = _SPEECH.fullmatch(marked.text, begin, end)
        if speech and _may_speak(speech["who"]) and not covered.endswith(("\ue000", "\ue001")):
            return _speech(speech, begin, end)
    for pattern in lexicon().patterns:
        if pattern.is_asked and not asks:
            continue
        if hit := pattern.clause.fullmatch(covered):
            return _clause(marked, pattern, hit, begin, end, is_numbered)
    return Clause(begin, end, "", deadlines=found, is_numbered=is_numbered, action=begin)


def speaker_before(text: str) -> tuple[str, int]:
    """Who speaks in a transcript (镇长：…), and where what is said begins."""
    label = _SPEAKER.match(text)
    return (label["who"], label.end()) if label else ("", 0)


def _may_speak(who: str) -> bool:
    if lexicon().modal.search(who) or re.search("将|把|由|按照|根据", who):
        return False
    return bool(_SUBJECT.fullmatch(who)) or bool(split_name(who)[1])


def _speech(speech: re.Match[str], begin: int, end: int) -> Clause:
    return Clause(begin, end, "speech", speaker=_spoken_by(speech["who"]), asks=bool(_ASKS.search(speech["verb"])))


def subject_before(text: str) -> str:
    """Whoever looked, asked or listened last: 县长察看了进度，她指出…"""
    subjects = [hit["who"] for hit in _LOOKS.finditer(text)]
    return subjects[-1] if subjects else ""


def _spoken_by(who: str) -> str:
    """Who that is; "" where a pronoun says only that the same person goes on."""
    who = re.sub("(?:在|就|对|针对|围绕).*$|(?:时|中)$", "", who)
    return "" if _PRONOUN.fullmatch(who) else who


def _clause(marked: Marked, pattern: Pattern, hit: re.Match[str], begin: int, end: int, is_numbered: bool) -> Clause:
    groups = hit.groupdict()
    owners = []
    for name, role in _ROLES.items():
        if groups.get(name):
            start, stop = hit.span(name)
            owners += [(mention, role) for mention in marked.mentions_in(begin + start, begin + stop)]
    has_object = bool(groups.get("object"))
    action = begin if has_object or "action" not in groups else begin + hit.start("action")
    return Clause(
        begin,
        end,
        pattern.says,
        pattern.name,
        action,
        tuple(owners),
        marked.deadlines_in(begin, end),
        has_object,
        is_numbered=is_numbered,
    )
