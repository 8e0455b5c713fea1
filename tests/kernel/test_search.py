"""Search by characters, initials and codes, held against plain looking."""

from __future__ import annotations

import doctest
import re
from itertools import product
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sushui.kernel import search
from sushui.kernel.models import Subject
from sushui.kernel.readings import letters
from sushui.kernel.search import Sought, ToVector, closest
from sushui.kernel.subjects import keep_subject
from sushui.organizations.models import Division
from tests.cast import County

# Characters of one, two and three readings, words between which they stand, and signs.
LABELS = st.text(st.sampled_from("重庆银行长单县乐山大会计绛城路一A1g9（、 "), min_size=1, max_size=14)
QUERIES = st.text(st.sampled_from("重庆银行长单县路zcqyhlxsdjag19- "), min_size=1, max_size=5)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def keep(county: County, *labels: str, more: str = "") -> None:
    """Only these subjects, all with the same ``more``."""
    Subject.objects.all().delete()
    for number, label in enumerate(labels, start=1):
        add(county, number, label, more)


def add(county: County, number: int, label: str, more: str = "") -> None:
    keep_subject("trial", Subject(pk=number), label=label, url="", division_id=county.county.pk, search_text=more)


def sought(text: str) -> list[str]:
    rows = Subject.objects.filter(search=search.query(text)).order_by("object_id")
    return list(rows.values_list("label", flat=True))


def everywhere() -> list[int]:
    return list(Division.objects.values_list("pk", flat=True))


def ranked(text: str, first: int = 8) -> list[str]:
    near = closest(Subject.objects.all(), Sought.of(text), division_ids=everywhere(), column="label", first=first)
    labels = Subject.objects.in_bulk(near.keys)
    return [labels[key].label for key in near.keys]


# --- what is stored --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("label", "stored"),
    [
        ("", ""),
        ("，。！", ""),
        ("路", "'路':1"),
        ("北路", "'北路':1 '路':2 '^北路':1 '~bl':1 '^bl':1"),
        ("5楼", "'5':1 '楼':3 '~5l':1 '^5l':1"),
        ("（北路", "'北路':3 '路':4 '^北路':3 '~bl':1 '^bl':1"),
    ],
)
def test_a_label_is_stored_by_pairs_by_initials_and_by_how_it_begins(label: str, stored: str) -> None:
    assert search.vector_text(label) == stored


def test_a_code_is_stored_by_its_segments_and_as_one() -> None:
    assert search.vector_text("", "2212-89-01") == "'+2212':1 '+89':2 '+01':3 '+1':3 '+22128901':1"


def test_all_readings_of_a_surname_are_stored() -> None:
    assert letters("单县") == ((0, ("d", "c", "s")), (1, ("x",)))


def test_a_phrase_is_stored_only_as_it_is_read() -> None:
    assert [reading for _, reading in letters("银行")] == [("y",), ("h",)]


@given(st.text())
def test_any_text_can_be_stored_and_asked(text: str) -> None:
    assert search.vector_text(text, text).count("\0") == 0
    assert len(Sought.of(text).text) <= 100


# --- what is found ---------------------------------------------------------------------------------------------------
def test_two_characters_find_what_holds_them(county: County) -> None:
    keep(county, "县城北环路拆迁", "污水管网接入", "环保督察整改")

    assert [sought(text) for text in ("环路", "污水", "管网接", "督察整改", "北路")] == [
        ["县城北环路拆迁"],
        ["污水管网接入"],
        ["污水管网接入"],
        ["环保督察整改"],
        [],
    ]


def test_neighbors_that_stand_apart_are_not_a_word(county: County) -> None:
    keep(county, "北环与环路", "北环路")

    assert sought("北环路") == ["北环路"]


def test_one_character_finds_what_holds_it(county: County) -> None:
    keep(county, "北环路", "环保", "供水")

    assert [sought("环"), sought("路")] == [["北环路", "环保"], ["北环路"]]


@pytest.mark.parametrize("text", ["hjxcl", "HJXCL", "hj", "xcl", "xc", "hjxcl2", "2q", "宏基 xcl"])
def test_initials_find_a_name_from_two_letters_on(county: County, text: str) -> None:
    keep(county, "宏基新材料2期", "污水管网")

    assert sought(text) == ["宏基新材料2期"]


@pytest.mark.parametrize("text", ["dx", "sx", "cx"])
def test_a_surname_is_found_by_each_of_its_readings(county: County, text: str) -> None:
    keep(county, "单雄")

    assert sought(text) == ["单雄"]


def test_a_phrase_is_not_found_by_how_its_characters_are_read_elsewhere(county: County) -> None:
    keep(county, "银行")

    assert [sought("yh"), sought("yx")] == [["银行"], []]


@pytest.mark.parametrize(
    "text",
    ["2212-140826-89-01-123456", "22121408268901123456", "2212-14", "221214", "140826", "89-01", "140826-89-0",
     "91140826ma0k", "91140826MA0KX12345"],
)  # fmt: skip
def test_a_code_is_found_by_its_beginning_and_by_whole_segments(county: County, text: str) -> None:
    keep(county, "抽水蓄能电站", more="2212-140826-89-01-123456 91140826MA0KX12345")

    assert sought(text) == ["抽水蓄能电站"]


@pytest.mark.parametrize("text", ["40826-89", "89-02", "MA0KX", "140826-01"])
def test_a_code_is_not_found_by_a_piece_from_its_middle(county: County, text: str) -> None:
    keep(county, "抽水蓄能电站", more="2212-140826-89-01-123456 91140826MA0KX12345")

    assert sought(text) == []


@pytest.mark.parametrize(("text", "is_found"), [("92", True), ("926", True), ("000926", True), ("26", False)])
def test_a_serial_number_is_found_without_its_leading_zeros(county: County, text: str, is_found: bool) -> None:
    keep(county, "抽水蓄能电站", more="2212-140826-89-01-000926")

    assert bool(sought(text)) is is_found


def test_words_outside_the_label_are_found_but_not_by_initials(county: County) -> None:
    keep(county, "北环路", more="重点工作 ICU")

    assert [sought("重点"), sought("icu"), sought("北环 工作"), sought("zdgz")] == [["北环路"]] * 3 + [[]]


@pytest.mark.parametrize("text", ["' & | ! ( )", "a':*", "\\", "'; DROP TABLE kernel_subject --", "<-> ^北", "路\0"])
def test_signs_of_the_query_language_are_only_text(county: County, text: str) -> None:
    keep(county, "供水")

    query = search.query(text)

    assert query is None or list(Subject.objects.filter(search=query)) == []


def test_nothing_to_look_for_is_no_query() -> None:
    assert (search.query(" ，"), bool(Sought.of("、"))) == (None, False)


def test_a_label_beyond_what_can_be_counted_is_kept(county: County) -> None:
    row = keep_subject("trial", Subject(pk=1), label="末", url="", division_id=county.county.pk)
    Subject.objects.filter(pk=row.pk).update(search=ToVector("路段" * 20_000, "代码" * 20_000))

    assert sought("路段") == ["末"]


# --- a second opinion ------------------------------------------------------------------------------------------------
def holds(label: str, word: str) -> bool:
    """Whether a label holds a word, by a regular expression over it, knowing nothing of tokens."""
    if not word.isascii():
        return word in label
    if len(word) == 1:
        return re.search(f"(?<![0-9a-z]){word}(?![0-9a-z])", label.lower()) is not None
    read = [readings for _, readings in letters(label)]
    typed = word.replace("-", "")
    starts = range(len(read) - len(typed) + 1)
    return any(all(sign in read[start + step] for step, sign in enumerate(typed)) for start in starts)


@SLOW
@given(st.lists(LABELS, min_size=1, max_size=6), QUERIES)
def test_what_is_found_is_what_holds_every_word(county: County, labels: list[str], text: str) -> None:
    keep(county, *labels)
    words = Sought.of(text).words

    found = sought(text) if words else []

    assert found == [label for label in labels if words and all(holds(label, word) for word in words)]


@SLOW
@given(LABELS)
def test_a_label_is_found_by_every_two_of_its_characters(county: County, label: str) -> None:
    keep(county, label)
    pairs = re.findall("(?=([一-鿿]{2}))", label)

    assert [sought(pair) for pair in pairs] == [[label]] * len(pairs)


@SLOW
@given(LABELS, st.integers(2, 5))
def test_a_label_is_found_by_every_stretch_of_its_initials(county: County, label: str, size: int) -> None:
    keep(county, label)
    read = [readings for _, readings in letters(label)][:9]
    stretches = [read[start : start + size] for start in range(len(read) - size + 1)]
    typed = {"".join(each) for stretch in stretches for each in list(product(*stretch))[:4]}

    assert [sought(each) for each in typed] == [[label]] * len(typed)


# --- in which order --------------------------------------------------------------------------------------------------
def test_the_same_label_comes_first_then_its_beginning_then_the_rest_and_the_newest_within(county: County) -> None:
    keep(county, "修北环路", "北环路二期", "北环路", "拆北环路", "北环路三期")

    assert ranked("北环路") == ["北环路", "北环路三期", "北环路二期", "拆北环路", "修北环路"]


def test_initials_are_ranked_as_characters_are(county: County) -> None:
    keep(county, "新宏基", "宏基新", "城中")

    assert ranked("hj") == ["宏基新", "新宏基"]


def test_what_is_found_by_a_code_comes_after_what_is_called_so(county: County) -> None:
    keep(county, "路段", more="2212")
    add(county, 2, "2212 项目")
    add(county, 3, "别的", more="2212")

    assert ranked("2212") == ["2212 项目", "别的", "路段"]


def test_where_very_many_are_meant_those_that_begin_so_still_come_first(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "COUNTED", 3)
    keep(county, "北环路", *[f"修北环路{number}" for number in range(6)])

    near = closest(Subject.objects.all(), Sought.of("北环"), division_ids=everywhere(), column="label", first=3)

    assert (near.total, ranked("北环", 3)) == (4, ["北环路", "修北环路5", "修北环路4"])


def test_where_very_many_begin_so_the_newest_come_first(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "COUNTED", 3)
    keep(county, *[f"北环路{number}" for number in range(6)])

    assert ranked("北环", 3) == ["北环路5", "北环路4", "北环路3"]


def test_where_very_many_begin_so_and_are_old_they_are_found_all_the_same(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "COUNTED", 3)
    monkeypatch.setattr(search, "WALKED", 4)
    keep(county, *[f"北环路{number}" for number in range(6)], *["供水"] * 10)

    assert ranked("北环", 3) == ["北环路5", "北环路4", "北环路3"]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_closest_are_one_query_however_many_there_are(county: County, rows: int, django_assert_num_queries) -> None:
    keep(county, *[f"北环路{number}" for number in range(rows)])
    own = [county.county.pk]

    with django_assert_num_queries(1):
        closest(Subject.objects.all(), Sought.of("北环"), division_ids=own, column="label")


@pytest.mark.parametrize("text", ["北环", "bh", "环路工程"])
@pytest.mark.parametrize("places", [("county",), ("neighbor",), ("county", "neighbor"), ("city",)])
def test_only_what_lies_in_the_divisions_is_found(county: County, text: str, places: tuple[str, ...]) -> None:
    titles = ["北环路工程", "环路工程北", "南环路", "修北环路"]
    keep(county, *titles)
    for number, title in enumerate(titles, start=100):
        keep_subject("trial", Subject(pk=number), label=title, url="", division_id=county.neighbor.pk)
    own = [getattr(county, place).pk for place in places]

    found = search.holding(Subject.objects.all(), Sought.of(text).anywhere(), own)

    by_hand = Subject.objects.filter(search=search.query(text), division_id__in=own)
    assert sorted(found.values_list("pk", flat=True)) == sorted(by_hand.values_list("pk", flat=True))


def test_the_index_is_entered_by_words_and_division_at_once(county: County) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = search.holding(Subject.objects.all(), Sought.of("北环").anywhere(), [county.county.pk]).explain()

    entered = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert ("subject_search" in plan, "search @@" in entered, "ARRAY[division_id] &&" in entered) == (True, True, True)


def test_the_examples_of_the_document_are_true() -> None:
    document = Path(__file__).parents[2] / "docs" / "algorithms" / "search.md"

    results = doctest.testfile(str(document), module_relative=False, encoding="utf-8")

    assert results == doctest.TestResults(0, 5)
