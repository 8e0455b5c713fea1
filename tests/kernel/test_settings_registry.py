"""Dated settings: a value by division and day, its kind, its history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sushui.kernel import clock, settings_registry
from sushui.kernel.errors import DomainError, NotFound
from sushui.kernel.models import AuditLine, DatedSetting
from sushui.kernel.settings_registry import (
    SettingDefinition,
    SettingKind,
    register_setting,
    set_setting,
    setting,
    settings_of,
    settings_of_many,
    states,
)
from sushui.kernel.words import Word, msg
from tests.cast import County

TODAY = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MONDAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)


class Shade(Word):
    """Words for a setting that chooses."""

    DARK = "dark", msg("Murky")
    LIGHT = "light", msg("Bright")


DEFINITIONS = {
    SettingKind.NUMBER: SettingDefinition("trial.days", 7, "Days"),
    SettingKind.YES_OR_NO: SettingDefinition("trial.is_on", True, "Whether it is on"),
    SettingKind.TIME: SettingDefinition("trial.from", "20:00", "From when"),
    SettingKind.CHOICE: SettingDefinition("trial.shade", Shade.DARK, "Which shade", source="a standard"),
    SettingKind.TEXT: SettingDefinition("trial.title", "title", "Which title"),
}


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    """The settings above, for one test; the hands stand on a Monday."""
    known = dict(settings_registry._definitions)
    for definition in DEFINITIONS.values():
        register_setting(definition)
    with clock.frozen(TODAY):
        yield
    settings_registry._definitions.clear()
    settings_registry._definitions.update(known)


def give(county: County, value: object, *, on: date = MONDAY, division: str = "county") -> DatedSetting:
    """Set the number of days."""
    return set_setting(
        county.viewer("administrator"), "trial.days", value, division_id=getattr(county, division).pk, from_on=on
    )


# --- which value holds -----------------------------------------------------------------------------------------------
def test_default_holds_where_nothing_was_set(county: County) -> None:
    assert setting("trial.days", county.county.pk) == 7


def test_value_holds_from_its_day_on(county: County) -> None:
    give(county, 9, on=TOMORROW)

    values = [setting("trial.days", county.county.pk, on) for on in (MONDAY, TOMORROW, date(2030, 1, 1))]

    assert values == [7, 9, 9]


def test_newest_value_holds(county: County) -> None:
    give(county, 9)
    give(county, 11, on=TOMORROW)

    assert [setting("trial.days", county.county.pk, on) for on in (MONDAY, TOMORROW)] == [9, 11]


def test_value_of_the_city_holds_in_its_counties(county: County) -> None:
    give(county, 5, division="city")

    held = [setting("trial.days", division.pk) for division in (county.city, county.county, county.neighbor)]

    assert held == [5, 5, 5]


def test_county_goes_before_the_city_even_when_the_city_spoke_later(county: County) -> None:
    give(county, 9)
    give(county, 5, on=TOMORROW, division="city")

    assert setting("trial.days", county.county.pk, TOMORROW) == 9


def test_value_of_a_county_is_not_the_citys_or_the_neighbors(county: County) -> None:
    give(county, 9)

    assert [setting("trial.days", division.pk) for division in (county.city, county.neighbor)] == [7, 7]


def test_house_without_division_has_the_defaults(county: County) -> None:
    give(county, 9)

    assert setting("trial.days", None) == 7


def test_settings_of_a_room_come_in_two_queries(county: County, django_assert_num_queries) -> None:
    give(county, 9)

    with django_assert_num_queries(2):
        values = settings_of("trial", county.county.pk)

    assert values == {"days": 9, "is_on": True, "from": "20:00", "shade": "dark", "title": "title"}


def test_settings_of_many_are_what_each_has_alone_in_two_queries(county: County, django_assert_num_queries) -> None:
    numbers = [county.county.pk, county.neighbor.pk, county.city.pk]
    give(county, 9)
    set_setting(county.viewer("city_leader"), "trial.is_on", False, division_id=county.city.pk, from_on=MONDAY)

    with django_assert_num_queries(2):
        found = settings_of_many("trial", numbers)

    assert [found[number]["days"] for number in numbers] == [9, 7, 7]
    assert found == {number: settings_of("trial", number) for number in numbers}


def test_choice_that_was_set_is_its_word(county: County) -> None:
    set_setting(county.viewer("administrator"), "trial.shade", "light", division_id=county.county.pk, from_on=MONDAY)

    assert setting("trial.shade", county.county.pk) is Shade.LIGHT


def test_setting_that_nobody_registered_is_a_mistake_in_the_code(county: County) -> None:
    with pytest.raises(KeyError):
        setting("trial.unheard", county.county.pk)


# --- kinds -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", SettingKind)
def test_default_says_what_kind_a_setting_is(kind: SettingKind) -> None:
    assert DEFINITIONS[kind].kind == kind


@pytest.mark.parametrize(
    ("kind", "fit", "unfit"),
    [
        (SettingKind.NUMBER, [0, 1, 3650], [-1, 3651, 1.5, "7", True, None]),
        (SettingKind.YES_OR_NO, [True, False], [0, 1, "yes", None]),
        (SettingKind.TIME, ["00:00", "23:59"], ["24:00", "8:00", "20:00:00", "noon", 8, None]),
        (SettingKind.CHOICE, ["dark", "light", Shade.LIGHT], ["grey", "", None, 1]),
        (SettingKind.TEXT, ["", "x" * 255], ["x" * 256, 1, None]),
    ],
)
def test_value_is_of_its_settings_kind(kind: SettingKind, fit: list[object], unfit: list[object]) -> None:
    definition = DEFINITIONS[kind]

    assert [definition.accepts(value) for value in fit] == [True] * len(fit)
    assert [definition.accepts(value) for value in unfit] == [False] * len(unfit)


def test_number_may_have_bounds_of_its_own() -> None:
    definition = SettingDefinition("trial.months", 1, "Months", least=1, most=240)

    assert [definition.accepts(value) for value in (0, 1, 240, 241)] == [False, True, True, False]


def test_value_reads_as_a_word_of_the_readers_language() -> None:
    said = [
        DEFINITIONS[SettingKind.CHOICE].said("light"),
        DEFINITIONS[SettingKind.YES_OR_NO].said(False),
        DEFINITIONS[SettingKind.NUMBER].said(7),
    ]

    assert said == ["Bright", "否", "7"]


def test_choices_are_offered_for_a_choice_only() -> None:
    assert DEFINITIONS[SettingKind.CHOICE].choices == (Shade.DARK, Shade.LIGHT)
    assert DEFINITIONS[SettingKind.NUMBER].choices == ()


def test_source_that_states_nothing_is_marked() -> None:
    assert [DEFINITIONS[kind].is_stated for kind in (SettingKind.CHOICE, SettingKind.NUMBER)] == [True, False]


# --- setting ---------------------------------------------------------------------------------------------------------
def test_setting_writes_a_line_with_the_value_before_and_after(county: County) -> None:
    row = give(county, 9)

    line = AuditLine.objects.get()
    assert (line.verb, line.target) == ("set_setting", f"kernel.datedsetting:{row.pk}")
    assert (line.before, line.after["value"], line.after["from_on"]) == (
        {"key": "trial.days", "value": 7},
        9,
        "2026-03-02",
    )


def test_setting_again_for_the_same_day_replaces(county: County) -> None:
    give(county, 9)
    give(county, 10)

    assert list(DatedSetting.objects.values_list("value", flat=True)) == [10]


@pytest.mark.parametrize(
    ("value", "on", "code"),
    [("seven", MONDAY, "setting_value"), (7, date(2026, 3, 1), "setting_in_the_past")],
)
def test_unfit_value_or_day_is_refused_and_leaves_nothing(county: County, value: object, on: date, code: str) -> None:
    with pytest.raises(DomainError) as refusal:
        give(county, value, on=on)

    assert (refusal.value.code, DatedSetting.objects.count(), AuditLine.objects.count()) == (code, 0, 0)


def test_refusal_says_what_the_value_must_be(county: County) -> None:
    with pytest.raises(DomainError) as refusal:
        give(county, "seven")

    assert str(refusal.value) == "“seven”不能作为“trial.days”的取值。请填 0 至 3650 之间的整数。"


def test_unknown_setting_is_not_found(county: County) -> None:
    with pytest.raises(NotFound):
        set_setting(county.viewer("administrator"), "trial.unheard", 1, division_id=1, from_on=TOMORROW)


# --- what the page shows ---------------------------------------------------------------------------------------------
def test_state_says_the_row_in_force_and_what_is_to_come(county: County) -> None:
    now, later = give(county, 9), give(county, 11, on=TOMORROW)

    state = next(state for state in states(county.county.pk) if state.definition.key == "trial.days")

    assert (state.value, state.row, state.coming, state.history) == (9, now, (later,), [(later, "11"), (now, "9")])


def test_state_without_a_row_is_the_default(county: County) -> None:
    state = next(state for state in states(county.county.pk) if state.definition.key == "trial.shade")

    assert (state.value, state.said, state.row, state.rows) == ("dark", "Murky", None, ())


def test_state_keeps_the_history_of_the_city_too(county: County) -> None:
    city, own = give(county, 5, division="city"), give(county, 9, on=TOMORROW)

    state = next(state for state in states(county.county.pk) if state.definition.key == "trial.days")

    assert (state.rows, state.row) == ((own, city), city)


def test_states_cost_two_queries_whatever_was_set(county: County, django_assert_num_queries) -> None:
    for day in range(2, 20):
        give(county, day, on=date(2026, 3, day))

    with django_assert_num_queries(2):
        states(county.county.pk)
