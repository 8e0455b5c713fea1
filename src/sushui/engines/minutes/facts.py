"""Figures with what they measure, and projects that have a name of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .flow import Paragraph
from .lexicon import lexicon, words
from .readings import Figure, NamedProject

_WORDS = words("facts")
_UNITS = _WORDS["units"]
_NUMBER = r"(?<![\d.A-Za-z〔第])(?P<value>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:余|多)?"
_FIGURE = re.compile(rf"{_NUMBER}(?P<unit>{_UNITS})(?!月|工作日|小时|季度)")
_RANK = re.compile("(?:排名?|位居|位列|居|列)[^，。；\\d]{0,10}?第(?P<value>[一二三四五六七八九十]|\\d{1,3})(?:位|名)?")
_GROUPS = re.compile(
    "(?<![一二三四五六七八九十第])(?P<value>[二三四五六七八九十])(?P<unit>大)(?P<what>[一-龥]{2,8}?)(?=[，。；、等]|$|方面|持续)"
)
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九十", start=1)}
_BEFORE_CUT = re.compile(_WORDS["measure_cut"])
_NOISE = re.compile(_WORDS["measure_noise"])
_OWN_NAME = re.compile("[^，。；：、（）《》“”？！\\d%]{2,30}?(?:项目|工程)")
_NAME_CUT = re.compile(_WORDS["name_cut"])
_COMMON = re.compile(_WORDS["common"])
_LONGEST_MEASURE = 20
_LONGEST_CLAUSE = 60


def figures(paragraph: Paragraph) -> Iterator[Figure]:
    """The figures of a paragraph, in order. Dates, numbers of paragraphs and lengths of time are none."""
    text = paragraph.text
    found = [_figure(paragraph, hit) for hit in _FIGURE.finditer(text)]
    found += [_rank(paragraph, hit) for hit in _RANK.finditer(text)]
    found += [_group(paragraph, hit) for hit in _GROUPS.finditer(text)]
    yield from sorted(found, key=lambda figure: figure.span)


def _figure(paragraph: Paragraph, hit: re.Match[str]) -> Figure:
    text, unit = paragraph.text, hit["unit"].replace("％", "%")
    before = re.split(_BEFORE_CUT, _NOISE.sub("", text[max(0, hit.start() - _LONGEST_CLAUSE) : hit.start()]))[-1]
    before = re.sub(rf"^.*\d(?:{_UNITS})", "", before)
    after = _noun_after(text[hit.end() : hit.end() + _LONGEST_CLAUSE])
    counts = unit in _WORDS["counters"] and after
    measures = after if counts or not before else before[-_LONGEST_MEASURE:]
    return Figure(
        Decimal(hit["value"].replace(",", "")),
        unit,
        measures,
        hit[0],
        paragraph.span(hit.start(), hit.end()),
        of="" if measures == after else after,
    )


def _noun_after(after: str) -> str:
    """What follows a number: 32个(亿元以上工业项目), 95.86亿元的(电站项目)."""
    noun = re.match(r"的?(?P<noun>[^，。；：、（）\d]{2,16})", after)
    if noun is None:
        return ""
    what = re.split("的|和|与|及|等|就|逐|分别|依次|已|共|均", noun["noun"])[0]
    verb = next((verb.start() for verb in lexicon().verb.finditer(what) if verb.start() and len(verb[0]) > 1), None)
    return what[:verb]


def _rank(paragraph: Paragraph, hit: re.Match[str]) -> Figure:
    before = re.split("[，。；]", paragraph.text[max(0, hit.start() - _LONGEST_CLAUSE) : hit.start()])[-1]
    value = Decimal(_NUMERALS.get(hit["value"], 0) or hit["value"])
    return Figure(value, "位", before[-40:], hit[0], paragraph.span(hit.start(), hit.end()))


def _group(paragraph: Paragraph, hit: re.Match[str]) -> Figure:
    return Figure(
        Decimal(_NUMERALS[hit["value"]]), hit["unit"], hit["what"], hit[0], paragraph.span(hit.start(), hit.end())
    )


def projects(paragraph: Paragraph, known: tuple[str, ...]) -> Iterator[NamedProject]:
    """Projects called by name; 重点项目 and 32个工业项目 are none."""
    text = paragraph.text
    taken: set[int] = set()
    for name in sorted(known, key=len, reverse=True):
        for hit in re.finditer(re.escape(name), text):
            if taken.isdisjoint(range(hit.start(), hit.end())):
                taken.update(range(hit.start(), hit.end()))
                yield NamedProject(name, paragraph.span(hit.start(), hit.end()))
    for hit in _OWN_NAME.finditer(text):
        cuts = [cut.end() for cut in _NAME_CUT.finditer(hit[0][:-2])]
        name = hit[0][max(cuts, default=0) :]
        start = hit.end() - len(name)
        if len(name) >= 5 and not _COMMON.fullmatch(name) and taken.isdisjoint(range(start, hit.end())):
            yield NamedProject(name, paragraph.span(start, hit.end()))
