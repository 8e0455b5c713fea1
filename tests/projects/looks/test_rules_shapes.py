"""Files of shapes: what is taken out of them, and what is refused with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sushui.projects.rules.shapes import MOST_FEATURES, ShapeFlaw, read_shapes, thin

TOWNS = {1: ("140826100", "古绛镇"), 2: ("140826101", "横水镇")}
SQUARE = [[111.5, 35.4], [111.6, 35.4], [111.6, 35.5], [111.5, 35.5], [111.5, 35.4]]


def feature(ring: Any = None, kind: str = "Polygon", **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": [SQUARE if ring is None else ring]},
    }


def file(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.mark.parametrize(
    "properties",
    [
        {"name": "古绛镇"},
        {"code": "140826100"},
        {"adcode": 140826100},
        {"id": "140826100000"},
        {"a": None, "b": "古绛镇"},
    ],
)
def test_a_township_is_known_by_its_name_or_its_code(properties: dict[str, Any]) -> None:
    found = read_shapes(file(feature(**properties)), TOWNS)

    assert found.shapes == {1: [[[111.5, 35.4], [111.6, 35.4], [111.6, 35.5], [111.5, 35.5]]]}


def test_features_of_nobody_are_left_out_by_name() -> None:
    found = read_shapes(file(feature(name="古绛镇"), feature(name="东镇镇"), feature(code=7)), TOWNS)

    assert (list(found.shapes), found.left_out) == ([1], ("东镇镇", "3"))


def test_a_township_in_two_pieces_keeps_both() -> None:
    island = [[111.7, 35.4], [111.8, 35.4], [111.8, 35.5]]
    one = {"type": "MultiPolygon", "coordinates": [[SQUARE], [island]]}
    found = read_shapes(file({"properties": {"name": "古绛镇"}, "geometry": one}), TOWNS)

    assert [len(ring) for ring in found.shapes[1]] == [4, 3]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\x89PNG", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"features": [{"geometry": NaN}]}', "not_json"),
        (b'{"type": "FeatureCollection"}', "not_features"),
        (b'{"features": [1, 2]}', "not_features"),
        (b"[]", "not_features"),
        (file(), "not_features"),
        (file(*[feature(name="x")] * (MOST_FEATURES + 1)), "too_many"),
        (file(feature(kind="Point", name="古绛镇")), "no_polygon"),
        (file({"properties": {}, "geometry": None}), "no_polygon"),
        (file(feature(ring=[[111.5, 35.4], [111.6, 35.4]], name="古绛镇")), "no_polygon"),
        (file(feature(ring=[["east", 35.4]] * 4, name="古绛镇")), "no_number"),
        (file(feature(ring=7, name="古绛镇")), "no_number"),
        (file(feature(ring=[[35.4, 111.5], [35.5, 111.5], [35.5, 111.6]], name="古绛镇")), "outside"),
        (file(feature(ring=[[500000.0, 3900000.0]] * 4, name="古绛镇")), "outside"),
        (file(feature(ring=[[100.0, 35.4], [111.6, 35.4], [111.6, 35.5]], name="古绛镇")), "too_wide"),
        (file(feature(name="东镇镇")), "nothing_matches"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(data: bytes, why: str) -> None:
    with pytest.raises(ShapeFlaw) as refused:
        read_shapes(data, TOWNS)

    assert refused.value.why == why


def test_a_flaw_names_the_feature_and_the_corner() -> None:
    good, turned = feature(name="古绛镇"), feature(ring=[[35.4, 111.5]] * 4, name="横水镇")
    with pytest.raises(ShapeFlaw) as refused:
        read_shapes(file(good, turned), TOWNS)

    assert refused.value.numbers == {"place": 2, "longitude": 35.4, "latitude": 111.5}


def test_a_huge_number_is_no_place() -> None:
    text = file(feature(name="古绛镇")).replace(b"111.5,", b"1e999,")

    with pytest.raises(ShapeFlaw, match="no_number"):
        read_shapes(text, TOWNS)


def test_thinning_leaves_out_what_lies_on_the_line() -> None:
    ring = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 2.0], [1.0, 2.001], [0.0, 2.0]]

    assert thin(ring, 0.01) == [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]


CORNERS = st.lists(
    st.tuples(st.floats(111, 112), st.floats(35, 36)).map(list),
    min_size=3,
    max_size=40,
    unique_by=lambda each: (*each,),
)


@given(CORNERS, st.floats(0, 1))
def test_a_thinned_ring_is_a_ring_of_its_own_corners(ring: list[list[float]], off: float) -> None:
    thinned = thin(ring, off)

    assert len(thinned) >= 3
    assert all(corner in [[round(x, 6), round(y, 6)] for x, y in ring] for corner in thinned)
