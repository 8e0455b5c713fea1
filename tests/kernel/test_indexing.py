"""Stored words of old rows, brought up to date."""

from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from sushui.kernel import indexing, jobs, search
from sushui.kernel.models import Subject
from sushui.kernel.subjects import keep_subject
from tests.cast import County


def old_rows(county: County, count: int) -> None:
    """Rows whose stored words another release wrote."""
    for number in range(count):
        keep_subject(
            "trial",
            Subject(pk=number + 1),
            label=f"北环路{number}",
            url="",
            division_id=county.county.pk,
            search_text="2212",
        )
    Subject.objects.update(search=Cast(Value("'old'", output_field=TextField()), SearchVectorField()))


def found(text: str) -> int:
    return Subject.objects.filter(search=search.query(text)).count()


def test_old_rows_are_written_anew_in_batches(county: County, monkeypatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    old_rows(county, 5)

    written = jobs.run("search.refresh")

    assert (written, found("bhl"), found("2212")) == (5, 5, 5)


def test_rows_that_are_right_are_left_alone(county: County) -> None:
    old_rows(county, 3)
    indexing.refresh()

    assert indexing.refresh() == 0
