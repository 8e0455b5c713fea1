"""The words that counties put over the columns of their project tables, and those that our own exports write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from django.utils import translation
from django.utils.translation import gettext

from sushui.engines.readers import Vocabulary
from sushui.engines.readers.registers import without_unit
from sushui.kernel.labels import label_of
from sushui.kernel.words import Word, msg
from sushui.projects.enums import EntryField, FigureKind, FundingSource, LedgerColumn, ListKind, ReportColumn
from sushui.projects.rules.tables import headings, pattern, word_list

L = LedgerColumn
W = TypeVar("W", bound=Word)
LANGUAGES = ("zh-hans", "en")
FUNDING, YEAR_FUNDING = "funding:", "year_funding:"
_LONGEST_LABEL = 40
_YEAR = pattern("relative_year")

# --- monthly figures
PER_MONTH, SUM = "month", "sum"
_RANGE, _MONTH, _SUM, _THIS_MONTH = pattern("span"), pattern("month"), pattern("sum"), pattern("this_month")
_PLAN, _ACTUAL = pattern("plan"), pattern("actual")
_CHINESE_MONTHS = {name: f"{number}{name[-1]}" for number, name in enumerate(word_list("months"), start=1)}
MONTHLY_LABELS: Mapping[FigureKind, str] = {
    FigureKind.PLAN: msg("Plan of month %(month)s"),
    FigureKind.ACTUAL: msg("Done in month %(month)s"),
}


def funding_column(source: FundingSource, *, is_yearly: bool = False) -> str:
    """The column of planned money of one source: for the whole project, or for one year."""
    return f"{YEAR_FUNDING if is_yearly else FUNDING}{source.value}"


class _Ledger:
    """The vocabulary of the ledger."""

    number = L.NUMBER.value
    ignored = L.IGNORED.value

    def field_of(self, label: str) -> str | None:
        word = without_unit(label)
        if not word or len(word) > _LONGEST_LABEL:
            return None
        known = _ledger_labels()
        bare = _YEAR.sub("", word)
        return known.get(word.lower()) or _of_year(known.get(bare.lower()))

    def field_under(self, parent: str, child: str) -> str | None:
        if not child:
            return self.field_of(parent)
        found = self.field_of(child)
        if found and _YEAR.search(without_unit(parent)):
            return _of_year(found)
        return found or self.field_of(parent + child) or self.field_of(parent)


def _of_year(field: str | None) -> str | None:
    """What a heading means that names a year: money of a source is that of the year, not of the whole project."""
    return f"{YEAR_FUNDING}{field.removeprefix(FUNDING)}" if field and field.startswith(FUNDING) else field


RANK = EntryField.POSITION.value
PORTFOLIO_COLUMNS = (
    *(L.NUMBER, L.CODE, L.NAME, L.CLUSTER, L.LEVEL, L.SECTOR, L.PLACE, L.AGENCY, L.TOTAL, L.YEAR_PLAN),
    *(L.START, L.COMPLETION, L.NOTE, L.DIVISION),
)


class _Portfolio(_Ledger):
    """The vocabulary of a version of the portfolio: a rank, and those columns of the ledger that a version holds."""

    def field_of(self, label: str) -> str | None:
        if without_unit(label).lower() in _rank_labels():
            return RANK
        found = super().field_of(label)
        is_held = found in PORTFOLIO_COLUMNS or (found or "").startswith(FUNDING)
        return found if found is None or is_held else self.ignored


class _Figures:
    """The vocabulary of monthly figures: ``plan:03``, ``actual:03``, ``actual:month``, ``actual:sum``, ``:03``."""

    number = L.NUMBER.value
    ignored = L.IGNORED.value

    def field_of(self, label: str) -> str | None:
        word = _plain(label)
        if not word or len(word) > _LONGEST_LABEL:
            return None
        return _figure_labels().get(word.lower()) or _monthly(word)

    def field_under(self, parent: str, child: str) -> str | None:
        """A month above, plan and done below; or the other way round."""
        if not child:
            return self.field_of(parent)
        whole = _monthly(_plain(parent) + _plain(child))
        return whole or self.field_of(child) or self.field_of(parent)


def _plain(label: str) -> str:
    word = _YEAR.sub("", without_unit(label))
    return _CHINESE_MONTHS.get(word, word)


def _monthly(word: str) -> str | None:
    """Which figure a heading names; None when it is none. Its kind may be missing and is then asked."""
    for name, number in sorted(_CHINESE_MONTHS.items(), key=lambda pair: -len(pair[0])):
        word = word.replace(name, number)
    span, months = _RANGE.search(word), _MONTH.findall(word)
    kind = _kind_in(word)
    if span is not None or _SUM.search(word):
        last = span[2] if span else months[-1] if months else ""
        return f"{kind}:{SUM}{last.zfill(2) if last else ''}" if not last or 1 <= int(last) <= 12 else None
    if _THIS_MONTH.search(word):
        return f"{kind}:{PER_MONTH}"
    if len(months) == 1 and 1 <= int(months[0]) <= 12:
        return f"{kind}:{months[0].zfill(2)}"
    return None


def _kind_in(word: str) -> str:
    """Plan, done, or "" where the words say neither or both."""
    is_plan, is_actual = bool(_PLAN.search(word)), bool(_ACTUAL.search(word))
    if is_plan == is_actual:
        return ""
    return FigureKind.PLAN.value if is_plan else FigureKind.ACTUAL.value


VOCABULARIES: Mapping[ListKind, Vocabulary] = {
    ListKind.LEDGER: _Ledger(),
    ListKind.FIGURES: _Figures(),
    ListKind.PORTFOLIO: _Portfolio(),
}


# --- labels in every language ----------------------------------------------------------------------------------------
def _in_all_languages(pairs: Callable[[], Iterable[tuple[str, str]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {without_unit(label).lower(): field for label, field in pairs()}
    return found


@lru_cache(maxsize=1)
def _ledger_labels() -> Mapping[str, str]:
    written = _in_all_languages(lambda: [(label_of(column), column.value) for column in L])
    sources = _in_all_languages(lambda: [(label_of(source), funding_column(source)) for source in FundingSource])
    usual = {label: field for field, labels in headings("ledger").items() for label in labels}
    sources_said = headings("funding").items()
    money = {label: funding_column(FundingSource(source)) for source, labels in sources_said for label in labels}
    return {**written, **sources, **usual, **money}


@lru_cache(maxsize=1)
def _rank_labels() -> Mapping[str, str]:
    usual = {label: field for field, labels in headings("portfolio").items() for label in labels}
    return {**_in_all_languages(lambda: [(label_of(EntryField.POSITION), RANK)]), **usual}


@lru_cache(maxsize=1)
def _figure_labels() -> Mapping[str, str]:
    columns = (L.NUMBER, L.CODE, L.NAME)
    written = _in_all_languages(
        lambda: [
            *((label_of(column), column.value) for column in columns),
            *((label_of(column), L.IGNORED.value) for column in (L.AGENCY, L.DIVISION)),
            *((label_of(column), column.value) for column in ReportColumn),
            *(
                (gettext(label) % {"month": month}, f"{kind.value}:{month:02}")
                for kind, label in MONTHLY_LABELS.items()
                for month in range(1, 13)
            ),
        ]
    )
    return {**written, **{label: field for field, labels in headings("figures").items() for label in labels}}


@lru_cache(maxsize=8)
def _labels_of(words: type[Word]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        with translation.override(language):
            found |= {without_unit(label_of(word)).lower(): word.value for word in words}
    return found


def label_words(words: type[W]) -> dict[str, W]:
    """The words of a list by their labels in each language, folded and without blanks."""
    return {label: words(value) for label, value in _labels_of(words).items()}


def meanings(kind: ListKind) -> list[tuple[str, str]]:
    """What a column can be said to hold, with its label."""
    whole = [(funding_column(source), label_of(source)) for source in FundingSource]
    if kind is ListKind.PORTFOLIO:
        held = [(column.value, label_of(column)) for column in PORTFOLIO_COLUMNS]
        return [(RANK, label_of(EntryField.POSITION)), *held, *whole, _ignored()]
    if kind is ListKind.LEDGER:
        yearly = [
            (funding_column(source, is_yearly=True), gettext("%(source)s, of the year") % {"source": label_of(source)})
            for source in FundingSource
        ]
        money = [*whole, *yearly]
        return [*((column.value, label_of(column)) for column in L if column is not L.IGNORED), *money, _ignored()]
    columns = [(column.value, label_of(column)) for column in (L.NUMBER, L.CODE, L.NAME)]
    months = [
        (f"{figure.value}:{month:02}", gettext(label) % {"month": month})
        for figure, label in MONTHLY_LABELS.items()
        for month in range(1, 13)
    ]
    loose = [(f":{month:02}", gettext("Month %(month)s") % {"month": month}) for month in range(1, 13)]
    beside = [(column.value, label_of(column)) for column in ReportColumn]
    return [*columns, *months, *_of_the_month(), *loose, *beside, _ignored()]


def _of_the_month() -> list[tuple[str, str]]:
    return [
        (f"{FigureKind.PLAN.value}:{PER_MONTH}", gettext("Plan of the month")),
        (f"{FigureKind.ACTUAL.value}:{PER_MONTH}", gettext("Done in the month")),
        (f"{FigureKind.PLAN.value}:{SUM}", gettext("Plan since January")),
        (f"{FigureKind.ACTUAL.value}:{SUM}", gettext("Done since January")),
    ]


def _ignored() -> tuple[str, str]:
    return L.IGNORED.value, label_of(L.IGNORED)
