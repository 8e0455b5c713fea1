"""From lines to paragraphs and sentences, each sign remembering where it stood.

Columns that break in mid-sentence are mended, captions and page numbers between them are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .lexicon import words
from .readings import Span

_FULL = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！", "﹐": "，", "［": "[", "］": "]"}
)
_IN_NUMBERS = ",:"
_STOPS = "。！？；"
_OPEN_BRACKETS = {"（": "）", "《": "》"}
_LONGEST_BRACKET = 120
_LONGEST_HEADING = 40
LONGEST_SENTENCE = 400

NUMBER = (
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）[、.]?|第[一二三四五六七八九十]{1,3}(?:[，、：]|件[，：事])|"
    r"\d{1,2}[、．）](?!\d)|\d{1,2}\.(?!\d)|（\d{1,2}）[、.]?|[①-⑳][、.]?|议题[一二三四五六七八九十][：、]|[●■◆★▲·•○]|【[^】]{2,14}】|[-—]{2}(?!.{0,3}[-—]))"
)
_LABEL = r"[一-龥“”]{2,14}：(?!$)"
_REPORT_BEGINS = r"(?:本报|本网|[一-龥]{2,6}日)讯|（本报"
_BEGINS = re.compile(rf"(?:{NUMBER}|{_REPORT_BEGINS}|附件|主持人?：|责任|完成时限|抄送)")
_CAPTION = re.compile(
    r"(?:[①-⑳]|图[为片：①-⑳]|[上下左右]图|（?(?:本报)?(?:记者|通讯员|见习记者|实习记者|特约记者|全媒体记者|摄影|文/|图/|责编|责任编辑|编辑|校对|审核|来源)[^，。]{0,30}）?$|[^，。]{0,16}(?:摄影报道|(?:记者|通讯员)[^，。]{0,8}摄?）?)$|.{0,24}摄）?$|（?(?:上接|下转)第)"
)
_PAGE_NUMBER = re.compile(r"(?:[-—–·]+)?(?:第)?\d{1,4}(?:页)?(?:[-—–·]+|/\d{1,4}|共\d{1,4}页)?")
_ENDED = re.compile(r"(?:[。！？；：]|[。！？]?[”’」』》）\]])$")
_BYLINE = re.compile(f"(?:[{words('people')['surnames']}][一-龥]{{1,2}}){{1,3}}")


class ParagraphKind(StrEnum):
    """What a paragraph is to a reader."""

    HEADING = "heading"
    BODY = "body"
    ROW = "row"  # of a table: cells parted by tabs
    BYLINE = "byline"


@dataclass(frozen=True)
class Paragraph:
    """Signs without line breaks; `origins` tells where in the given text each stood."""

    kind: ParagraphKind
    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where the signs from `start` to `end` stood."""
        return Span(self.origins[start], self.origins[end - 1] + 1)

    @property
    def whole(self) -> Span:
        return self.span(0, len(self.text))

    def part(self, start: int, end: int) -> Paragraph:
        """A piece of it that is read by itself."""
        return Paragraph(self.kind, self.text[start:end], self.origins[start:end])


@dataclass(frozen=True)
class _Line:
    text: str
    origins: tuple[int, ...]

    @property
    def ended(self) -> bool:
        return bool(_ENDED.search(self.text))


def normal(sign: str) -> str:
    """One sign for one sign: letters and digits half-width, blanks and zero-width signs gone."""
    if sign == "\t":
        return sign
    if sign.isspace() or unicodedata.category(sign) == "Cf":
        return ""
    if "①" <= sign <= "⑳":
        return sign
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 and folded.isalnum() else sign


def paragraphs(given: str) -> list[Paragraph]:
    """The paragraphs of a text in their order, without captions and page numbers."""
    lines = [line for line in _lines(given) if not _PAGE_NUMBER.fullmatch(line.text)]
    return list(_joined(lines, _column_width(lines)))


def _lines(given: str) -> Iterator[_Line]:
    position = 0
    for raw in given.splitlines(keepends=True):
        kept = [(normal(sign), position + index) for index, sign in enumerate(raw)]
        kept = [(sign, origin) for sign, origin in kept if sign]
        while kept and kept[-1][0] == "\t":
            kept.pop()
        while kept and kept[0][0] == "\t":
            kept.pop(0)
        position += len(raw)
        if kept:
            text = _punctuated("".join(sign for sign, _ in kept))
            yield _Line(text, tuple(origin for _, origin in kept))


def _punctuated(text: str) -> str:
    """Punctuation made full-width, but for the commas and colons of numbers: 1,200 and 15:30."""
    signs = list(text)
    for index, sign in enumerate(signs):
        if (
            sign in _IN_NUMBERS
            and 0 < index < len(signs) - 1
            and signs[index - 1].isdigit()
            and signs[index + 1].isdigit()
        ):
            continue
        signs[index] = sign.translate(_FULL)
    return "".join(signs)


def _column_width(lines: Sequence[_Line]) -> int:
    """The width of the column, where the text was broken at one; 0 where lines are paragraphs."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= 10)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    near = [line for line in lines if abs(len(line.text) - width) <= 2]
    broken = [line for line in near if not line.ended]
    return width if width <= 60 and len(near) >= 0.3 * len(lengths) and len(broken) >= 0.5 * len(near) else 0


def _joined(lines: Sequence[_Line], width: int) -> Iterator[Paragraph]:
    pending: list[_Line] = []
    for line in lines:
        if pending and _goes_on(pending, width):
            if _CAPTION.match(line.text):
                continue
            if not _begins(line, pending[0]):
                pending.append(line)
                continue
        if pending:
            yield _paragraph(pending)
        pending = [] if _CAPTION.match(line.text) else [line]
    if pending:
        yield _paragraph(pending)


def _goes_on(pending: Sequence[_Line], width: int) -> bool:
    """Whether the sentence of these lines is not over."""
    last = pending[-1]
    if last.ended or "\t" in last.text:
        return False
    text = "".join(line.text for line in pending)
    if width and len(last.text) >= width - 2:
        return True
    return bool(re.search("[，。；！？]", text)) and not re.fullmatch(f"{NUMBER}?[^，。；]{{2,12}}", text)


def _begins(line: _Line, first: _Line) -> bool:
    """Whether a line begins something new though the one before it had no stop."""
    if "\t" in line.text or _BEGINS.match(line.text):
        return True
    return bool(re.match(_LABEL, line.text) and re.match(_LABEL, re.sub(f"^{NUMBER}", "", first.text)))


def _paragraph(lines: Sequence[_Line]) -> Paragraph:
    text = "".join(line.text for line in lines)
    origins = tuple(origin for line in lines for origin in line.origins)
    return Paragraph(_kind(text), text, origins)


def _kind(text: str) -> ParagraphKind:
    if "\t" in text:
        return ParagraphKind.ROW
    if _BYLINE.fullmatch(text):
        return ParagraphKind.BYLINE
    has_stop = re.search("[。；！？]", text) or text.endswith("：")
    is_label = re.match(_LABEL, text)
    short = len(text) <= _LONGEST_HEADING and not has_stop and not is_label and text.count("，") <= 1
    return ParagraphKind.HEADING if short and not re.search(r"\d[日号]前|月底前", text) else ParagraphKind.BODY


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends, its stop included; a stop inside brackets ends none.

    What is longer than a sentence can be is cut at its semicolons.
    """
    for start, end in _stopped(text):
        if end - start <= LONGEST_SENTENCE:
            yield start, end
            continue
        for piece in re.finditer("[^；]*；|[^；]+$", text[start:end]):
            yield start + piece.start(), start + piece.end()


def _stopped(text: str) -> Iterator[tuple[int, int]]:
    start, closing, opened = 0, "", 0
    for index, sign in enumerate(text):
        if closing:
            if sign == closing or index - opened > _LONGEST_BRACKET:
                closing = ""
        elif sign in _OPEN_BRACKETS:
            closing, opened = _OPEN_BRACKETS[sign], index
        elif sign in "。！？":
            end = index + 1
            while end < len(text) and text[end] in "”’》）":
                end += 1
            if end > start:
                yield start, end
            start = end
    if start < len(text):
        yield start, len(text)
