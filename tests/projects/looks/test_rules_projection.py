"""From degrees to the picture."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.rules.projection import Frame, center, heaps, to_gcj02
from sushui.projects.rules.tiles import tiles_of

PLACES = st.tuples(st.floats(111.2, 111.8), st.floats(35.3, 35.7))


def test_online_maps_stand_some_hundred_meters_off() -> None:
    # Tiananmen, a pair of coordinates that is published in both datums.
    east, north = to_gcj02((116.391349, 39.907375))

    assert (round(east, 4), round(north, 4)) == (116.3976, 39.9088)


@given(PLACES)
def test_the_shift_is_never_large_in_the_county(place: tuple[float, float]) -> None:
    east, north = to_gcj02(place)

    assert 0.001 < hypot(east - place[0], north - place[1]) < 0.02


@given(st.lists(PLACES, min_size=1, max_size=30))
def test_everything_lies_within_the_frame(places: list[tuple[float, float]]) -> None:
    frame = Frame.around(places, 800, 560)
    drawn = [frame.place(each) for each in places]

    assert all(11.9 <= x <= 788.1 and 11.9 <= y <= 548.1 for x, y in drawn)


def test_north_is_up_and_east_is_right() -> None:
    frame = Frame.around([(111.0, 35.0), (112.0, 36.0)], 800, 560)
    (west, south), (east, north) = frame.place((111.0, 35.0)), frame.place((112.0, 36.0))

    assert (west < east, north < south) == (True, True)


def test_a_degree_east_is_shorter_than_one_north() -> None:
    frame = Frame.around([(111.0, 35.0), (112.0, 36.0)], 800, 560)
    (x, y), (right, _y), (_x, up) = (frame.place(each) for each in ((111, 35), (112, 35), (111, 36)))

    assert round((right - x) / (y - up), 3) == 0.814  # the cosine of 35.5 degrees


def test_a_shape_is_drawn_as_a_closed_path() -> None:
    frame = Frame.around([(0.0, 0.0), (1.0, 1.0)], 124, 124)

    assert frame.path([[(0.0, 0.0), (0.0, 1.0)]]) == "M12.0 112.0L12.0 12.0Z"


def test_a_name_stands_in_the_middle_of_the_largest_piece() -> None:
    large = [(0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0)]

    assert center([[(9.0, 9.0), (9.5, 9.0), (9.0, 9.5)], large]) == (2.0, 1.0)


def test_a_piece_without_any_width_is_named_at_its_first_corner() -> None:
    assert center([[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0)]]) == (1.0, 1.0)


def test_marks_that_would_cover_each_other_stand_in_one_heap() -> None:
    placed = {"a": (1.0, 1.0), "b": (3.0, 2.0), "c": (40.0, 1.0)}

    assert heaps(placed, 16) == [["a", "b"], ["c"]]


# --- tiles -----------------------------------------------------------------------------------------------------------
def test_the_sample_county_has_tiles_of_its_own() -> None:
    assert tiles_of("140826", ["140826100", "140826107"]) == {"140826107": (0, 0), "140826100": (2, 2)}


def test_an_unknown_county_stands_row_by_row() -> None:
    assert tiles_of("1", ["a", "b", "c", "d"]) == {"a": (0, 0), "b": (1, 0), "c": (2, 0), "d": (0, 1)}


def test_a_township_that_is_new_stands_behind_the_others() -> None:
    assert tiles_of("140826", ["140826100", "140826999"])["140826999"] == (0, 3)


@pytest.mark.parametrize("count", [0, 1, 2, 13, 200])
def test_no_two_townships_share_a_tile(count: int) -> None:
    tiles = tiles_of("1", [str(number) for number in range(count)])

    assert len(set(tiles.values())) == count
