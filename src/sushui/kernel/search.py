"""Search by any two Chinese characters, by pinyin initials and by codes, in PostgreSQL's own full text.

What is stored: a ``tsvector`` of words with their places, in a GIN index beside the row's division.
The label ``北环路 G209`` gives

    北环:1 环路:2 路:3       pairs of characters, and the last one of a run alone
    ~bh:1 ~bhl:1 ~hl:2 ...   two and three first letters in a row, in every reading; digits and Latin letters stay
    ^北环:1 ^bh:1 ^bhl:1     how the label begins

and what is not the label (codes, the order) gives ``+`` and a pair, a whole word, a code without its hyphens, or a
serial number without its leading zeros.
What is asked are neighbors that follow each other (``'北环' <-> '环路'``): 北环路 is not found where 北环 and 环路
stand apart. Why these words and no others: docs/algorithms/search.md.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayOverlap  # type: ignore[attr-defined]  # unknown to the stubs
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Func,
    IntegerField,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Coalesce

from sushui.kernel.readings import HAN, letters

LONGEST_LABEL = 255  # characters of a label that are also stored by their initials
LONGEST_TEXT = 8_000  # PostgreSQL counts places only to 16,383
LONGEST_SOUGHT = 100
MOST_PLACES = 255  # of one word, as PostgreSQL keeps them
COUNTED = 1_000
WALKED = 20_000  # rows that may be read one by one for what is common
_RUN = re.compile(f"[{HAN}]+|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*")
_BEGINNING = re.compile(f"[^{HAN}0-9A-Za-z]*([{HAN}]{{2}})")
# One word of a vector and its place.
Placed = tuple[str, int]
Found = TypeVar("Found", bound=Model)


# --- what is stored --------------------------------------------------------------------------------------------------


def vector_text(label: str, more: str = "") -> str:
    """The vector in PostgreSQL's notation. Words hold only letters, digits, Han characters and the three marks."""
    places: dict[str, list[int]] = defaultdict(list)
    for word, place in (*_words(label), *_beginning(label), *_initials(label), *_more(more)):
        places[word].append(place)
    kept = {word: sorted(set(at))[:MOST_PLACES] for word, at in places.items()}
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in kept.items())


def _runs(text: str) -> Iterator[Placed]:
    """Runs of Han characters and words in lower case, each with the place of its first token.

    Places are twice those in the text, so that tokens of neighboring runs never follow each other.
    """
    for run in _RUN.finditer(text[:LONGEST_TEXT]):
        yield run[0].lower(), 2 * run.start() + 1


def _words(label: str) -> Iterator[Placed]:
    for run, place in _runs(label):
        if not run.isascii():
            yield from _pairs(run, place)
        elif len(run) == 1:  # longer ones are found by their letters, as initials are
            yield run, place


def _pairs(run: str, place: int) -> Iterator[Placed]:
    return ((run[step : step + 2], place + step) for step in range(len(run)))


def _beginning(label: str) -> Iterator[Placed]:
    first = _BEGINNING.match(label)
    if first:
        yield f"^{first[1]}", 2 * first.start(1) + 1


def _initials(label: str) -> Iterator[Placed]:
    read = [each for _, each in letters(label[:LONGEST_LABEL])]
    for size in (2, 3):
        for place in range(len(read) - size + 1):
            for reading in product(*read[place : place + size]):
                yield "~" + "".join(reading), place + 1
                if place == 0:
                    yield "^" + "".join(reading), 1


def _more(text: str) -> Iterator[Placed]:
    for run, place in _runs(text):
        if not run.isascii():
            yield from ((f"+{pair}", at) for pair, at in _pairs(run, place))
            continue
        segments = run.split("-")
        for step, segment in enumerate(segments):
            yield from ((f"+{each}", place + step) for each in _said_as(segment))
        yield f"+{''.join(segments)}", place


def _said_as(segment: str) -> list[str]:
    """A segment of a code as it is written; a serial number also as people say it, without its leading zeros."""
    said = segment.lstrip("0")
    return [segment, said] if segment.isdigit() and said and said != segment else [segment]


class ToVector(Func):
    """SQL for the stored column: ``Model(search=ToVector(label, more))``.

    ``label`` is what the thing is called, found also by its initials; ``more`` is found by its words: codes, the order.
    """

    template = "%(expressions)s::tsvector"
    output_field = SearchVectorField()

    def __init__(self, label: str, more: str = "") -> None:
        super().__init__(Value(vector_text(label, more), output_field=TextField()))


# --- what is asked ---------------------------------------------------------------------------------------------------


class Query(SearchQuery):
    """A query in PostgreSQL's notation, taken as it stands."""

    def __init__(self, written: str) -> None:
        super().__init__(written, search_type="raw")

    def as_sql(self, compiler: Any, connection: Any, *_: Any, **__: Any) -> Any:
        sql, params = compiler.compile(self.get_source_expressions()[-1])
        return f"({sql})::tsquery", params


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: every one of its ``words`` must occur. False when there is nothing to look for."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Sought:
        """Read what was typed, at most 100 characters of it."""
        shown = " ".join(text.replace("\0", "").split())[:LONGEST_SOUGHT]
        return cls(shown, tuple(dict.fromkeys(run for run, _ in _runs(shown))))

    def __bool__(self) -> bool:
        return bool(self.words)

    def anywhere(self) -> Query:
        return _all(f"{_in_label(word)} | {_in_more(word)}" for word in self.words)

    def in_label(self) -> Query:
        return _all(_in_label(word) for word in self.words)

    def at_beginning(self) -> Query:
        """The label begins with the first word and holds the others."""
        first, *others = self.words
        return _all([_in_label(first, "^"), *(_in_label(word) for word in others)])


def query(text: str) -> Query | None:
    """All words of ``text`` must occur; None when there is nothing to look for."""
    sought = Sought.of(text)
    return sought.anywhere() if sought else None


def _all(conditions: Iterable[str]) -> Query:
    return Query(" & ".join(f"({condition})" for condition in conditions))


def _in_label(word: str, mark: str = "") -> str:
    """The tokens of ``word`` one after the other; with ``^`` the first of them begins the label."""
    letters_only = word.replace("-", "")
    if len(word) == 1:
        return f"'{word}'" if word.isascii() else f"'{mark}{word}':*"
    if not word.isascii():
        return _followed([mark + word[:2], *(word[step : step + 2] for step in range(1, len(word) - 1))])
    size = min(3, len(letters_only))
    grams = [letters_only[step : step + size] for step in range(len(letters_only) - size + 1)]
    return _followed([(mark or "~") + grams[0], *(f"~{gram}" for gram in grams[1:])])


def _in_more(word: str) -> str:
    """Pairs of characters; a word, or the beginning of a code with or without its hyphens, or some segments of it."""
    if not word.isascii():
        return _followed(f"+{word[step : step + 2]}" for step in range(max(1, len(word) - 1))) + ":*" * (len(word) == 1)
    if not any(character.isdigit() for character in word):
        return f"'+{word.replace('-', '')}'"
    *segments, last = word.split("-")
    joined = f"'+{word.replace('-', '')}':*"
    return f"{joined} | ({_followed(f'+{each}' for each in segments)} <-> '+{last}':*)" if segments else joined


def _followed(tokens: Iterable[str]) -> str:
    return " <-> ".join(f"'{token}'" for token in tokens)


# --- where it is looked for -------------------------------------------------------------------------------------------


class DivisionArray(Func):
    """A row's division as an array of one number, which PostgreSQL's GIN takes beside words without an extension."""

    function = "ARRAY"
    template = "%(function)s[%(expressions)s]"
    output_field = ArrayField(BigIntegerField())


def words_index(name: str) -> GinIndex:
    """The index of a table with a ``search`` column: words and division, so that no other division's rows are read."""
    return GinIndex("search", DivisionArray("division"), name=name)


def holding(
    rows: QuerySet[Found], wanted: SearchQuery, division_ids: Sequence[int], *, through: str = ""
) -> QuerySet[Found]:
    """Those of ``rows`` that hold ``wanted`` and lie in these divisions; ``through``: the relation that is searched.

    The index is entered by both at once: what is common costs a county what it has of it, not what all have.
    """
    own = ArrayOverlap(DivisionArray(f"{through}division_id"), list(division_ids))
    return rows.filter(own, **{f"{through}search": wanted})


# --- the closest -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Closest:
    """Keys of the rows that are meant most likely, and how many there are, counted no further than `COUNTED` + 1."""

    keys: tuple[int, ...]
    total: int


def closest(
    rows: QuerySet[Any], sought: Sought, *, division_ids: Sequence[int], column: str, first: int = 8
) -> Closest:
    """The ``first`` of ``rows`` that hold all words: exactly so called, called so at the beginning, within, the rest.

    Only those of these divisions are looked for; ``column`` says what a row is called.

    Within each the newest first. Where more than 1,000 rows hold the words, only those whose label begins with them are
    looked at one by one, if these are fewer; the others come newest first. One query, and a fixed number of more then.
    """
    if not sought:
        return Closest((), 0)
    place = _Place(rows, division_ids, column)
    found, total = _ranked(place, sought, sought.anywhere(), first)
    if total <= COUNTED:
        return Closest(tuple(found), total)
    chosen: dict[int, None] = {}
    for wanted in (sought.at_beginning(), sought.in_label(), sought.anywhere()):
        if len(chosen) < first:
            chosen |= dict.fromkeys(_of_many(place, sought, wanted, first))
    return Closest(tuple(chosen)[:first], total)


@dataclass(frozen=True)
class _Place:
    """Where something is looked for: rows, their divisions, and the column that says what they are called."""

    rows: QuerySet[Any]
    division_ids: Sequence[int]
    label: str

    def holding(self, wanted: Query) -> QuerySet[Any]:
        return holding(self.rows, wanted, self.division_ids)


def _of_many(place: _Place, sought: Sought, wanted: Query, first: int) -> list[int]:
    found, count = _ranked(place, sought, wanted, first)
    return found if count <= COUNTED else _newest(place, wanted, first)


def _newest(place: _Place, wanted: Query, first: int) -> list[int]:
    """Keys of the newest that hold ``wanted``, of which there are more than `COUNTED`.

    They lie so close together that reading the newest rows one by one finds enough of them sooner than the index, from
    which all would have to be read and sorted; COALESCE keeps the index out. If they are all old, the index is asked.
    """
    newest = place.rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    words = Coalesce("search", Cast(Value(""), SearchVectorField()))
    near = place.rows.filter(pk__gt=newest - WALKED).annotate(_words=words).filter(_words=wanted)
    found = list(near.order_by("-pk").values_list("pk", flat=True)[:first])
    if len(found) == first:
        return found
    return list(place.holding(wanted).order_by("-pk").values_list("pk", flat=True)[:first])


def _ranked(place: _Place, sought: Sought, wanted: Query, first: int) -> tuple[list[int], int]:
    """Keys in order, and how many there are; no more than 1,001 rows are looked at."""
    some = place.holding(wanted).order_by().values("pk")[: COUNTED + 1]
    model: type[Model] = place.rows.model
    ranked = model._base_manager.filter(pk__in=some).annotate(
        _rank=_rank(sought, place.label), _total=Window(Count("*"))
    )
    found = list(ranked.order_by("_rank", "-pk").values_list("pk", "_total")[:first])
    return [key for key, _ in found], found[0][1] if found else 0


def _rank(sought: Sought, label: str) -> Case:
    return Case(
        When(Q(**{f"{label}__iexact": sought.text}), then=0),
        When(Q(**{f"{label}__istartswith": sought.text}) | Q(search=sought.at_beginning()), then=1),
        When(Q(search=sought.in_label()), then=2),
        default=3,
        output_field=IntegerField(),
    )
