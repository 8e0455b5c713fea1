"""Subject rows: how lower rooms know what they hang on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sushui.kernel import subjects
from sushui.kernel.models import Subject
from sushui.kernel.subjects import SubjectKind, keep_subject, kind_of, register_kind, visible_subjects
from tests.cast import County


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """A kind that everybody in the division sees, and one that only its agency sees."""
    known = dict(subjects._kinds)
    register_kind(SubjectKind("road", "Road", lambda viewer: Subject.objects.all()))
    register_kind(SubjectKind("till", "Till", lambda viewer: Subject.objects.filter(agency_id__in=viewer.agency_ids)))
    yield
    subjects._kinds.clear()
    subjects._kinds.update(known)


def keep(county: County, kind: str, number: int, agency: str, label: str = "某事") -> Subject:
    row = county.agencies[agency]
    return keep_subject(kind, Subject(pk=number), label=label, url="/x/", division_id=row.division_id, agency_id=row.pk)


def seen(county: County, viewer: str) -> list[tuple[str, int]]:
    return sorted(visible_subjects(county.viewer(viewer)).values_list("kind", "object_id"))


def test_subject_is_kept_once_for_each_thing(county: County) -> None:
    first = keep(county, "road", 1, "works", "北环路")
    again = keep(county, "road", 1, "works", "北环路（二期）")

    assert (first.pk, Subject.objects.get().label) == (again.pk, "北环路（二期）")


def test_same_number_of_another_kind_is_another_thing(county: County) -> None:
    assert keep(county, "road", 1, "works").pk != keep(county, "till", 1, "works").pk


def test_viewer_sees_what_each_kind_lets_them_see(county: County) -> None:
    keep(county, "road", 1, "works")
    keep(county, "till", 2, "works")
    keep(county, "till", 3, "finance")

    assert seen(county, "works_head") == [("road", 1), ("till", 2)]
    assert seen(county, "finance_head") == [("road", 1), ("till", 3)]


def test_division_is_a_wall_whatever_the_kind_says(county: County) -> None:
    keep(county, "road", 1, "works")
    keep(county, "road", 2, "neighbor_head")

    assert [seen(county, viewer) for viewer in ("works_head", "neighbor_head", "city_leader")] == [
        [("road", 1)],
        [("road", 2)],
        [("road", 1), ("road", 2)],
    ]


def test_kind_that_nobody_registered_is_seen_by_nobody(county: County) -> None:
    keep(county, "ghost", 1, "works")

    assert seen(county, "works_head") == []


def test_subject_knows_its_kind(county: County) -> None:
    assert kind_of(keep(county, "road", 1, "works")).label == "Road"
