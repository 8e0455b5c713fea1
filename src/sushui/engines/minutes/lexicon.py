"""The words and patterns that come with the engine, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

OWNER, OWNER_GOES_ON = "\ue000", "\ue001"
DEADLINE, DEADLINE_GOES_ON = "\ue002", "\ue003"
_A = f"{OWNER}{OWNER_GOES_ON}*"
_T = f"{DEADLINE}{DEADLINE_GOES_ON}*"
_LIST = rf"{_A}(?:等(?:部门|单位|地)?)?(?:(?:[、和与及]|以及)?{_A}(?:等(?:部门|单位|地)?)?)*"
_BEFORE = (
    "会后|同时|此外|另外|下一步|随后|其中|对此|为此|今后|当前|特别是|尤其是|并|再|由此|即日起|自即日起|请|这里|关键是"
)


@dataclass(frozen=True)
class Pattern:
    """One row of the table."""

    name: str
    says: str
    clause: re.Pattern[str]
    is_asked: bool
    good: tuple[str, ...]
    bad: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything the reader knows by heart."""

    agency: re.Pattern[str]
    strong_head: re.Pattern[str]
    weak_head: re.Pattern[str]
    post: re.Pattern[str]
    generic: re.Pattern[str]
    verb: re.Pattern[str]
    in_names: re.Pattern[str]
    strong_verb: re.Pattern[str]
    adverbs: re.Pattern[str]
    modal: re.Pattern[str]
    hollow: re.Pattern[str]
    reports: re.Pattern[str]
    forecasts: re.Pattern[str]
    decisions: re.Pattern[str]
    report_sections: re.Pattern[str]
    openings: re.Pattern[str]
    asking_titles: re.Pattern[str]
    telling_titles: re.Pattern[str]
    patterns: tuple[Pattern, ...]


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package."""
    table = words("lexicon")
    return Lexicon(
        agency=_any(table["agencies"]),
        strong_head=_heads(table["strong_heads"]),
        weak_head=_heads(table["weak_heads"]),
        post=_any(table["posts"]),
        generic=_any(table["generic"]),
        verb=re.compile(f"{table['strong_verbs']}|{table['soft_verbs']}"),
        in_names=re.compile(f"(?:{table['verbs_in_names']})+"),
        strong_verb=re.compile(table["strong_verbs"]),
        adverbs=re.compile(f"(?:{table['adverbs']}|[，]?)*"),
        modal=re.compile(table["modals"]),
        hollow=_any(table["hollow"]),
        **{
            name: re.compile(table[name])
            for name in (
                "reports",
                "forecasts",
                "decisions",
                "report_sections",
                "openings",
                "asking_titles",
                "telling_titles",
            )
        },
        patterns=tuple(_pattern(row, table) for row in words("patterns")),
    )


@cache
def words(name: str) -> Any:
    """What one file of the package's data holds."""
    return yaml.safe_load((files(__package__) / "data" / f"{name}.yaml").read_text(encoding="utf-8"))


def _any(rows: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row})" for row in rows))


def _heads(heads: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(heads.items(), key=lambda head: -len(head[0]))
    return re.compile("|".join(f"{head}(?!{after})" if after else head for head, after in longest_first))


def _pattern(row: Mapping[str, Any], words: Mapping[str, Any]) -> Pattern:
    return Pattern(
        name=row["name"],
        says=row["says"],
        clause=re.compile(_expanded(row["clause"], words)),
        is_asked=bool(row.get("asked")),
        good=tuple(row["good"]),
        bad=tuple(row["bad"]),
    )


def _expanded(clause: str, words: Mapping[str, Any]) -> str:
    clause = re.sub(r"<L:(\w+)>", rf"(?P<\1>{_LIST})", clause)
    verb = f"(?:{words['strong_verbs']}|{words['soft_verbs']})"
    for name, expansion in (
        ("<PRE>", rf"(?:(?:{_BEFORE}|{_T})，?)*"),
        ("<ADV>", rf"(?:{words['adverbs']})*"),
        ("<M>", f"(?:{words['modals']})"),
        ("<L>", f"(?:{_LIST})"),
        ("<T>", f"(?:{_T})"),
        ("<V>", verb),
    ):
        clause = clause.replace(name, expansion)
    return clause
