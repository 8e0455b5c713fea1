"""Compare-and-set: of two people on one record the second is told."""

from __future__ import annotations

import pytest

from sushui.kernel.errors import StaleRecord
from sushui.kernel.versions import check_version, save_changes
from sushui.organizations.models import Agency
from tests.cast import County


def test_record_of_the_version_that_was_seen_passes(county: County) -> None:
    check_version(county.agencies["works"], county.agencies["works"].version)


def test_act_that_depends_on_nothing_read_passes(county: County) -> None:
    check_version(county.agencies["works"], None)


@pytest.mark.parametrize("seen", [0, 2])
def test_record_of_another_version_is_refused(county: County, seen: int) -> None:
    with pytest.raises(StaleRecord):
        check_version(county.agencies["works"], seen)


def test_saving_counts_the_version_up_and_writes_only_what_is_named(county: County) -> None:
    agency = county.agencies["works"]
    agency.name, agency.short_name = "新名", "不写"

    save_changes(agency, "name")

    stored = Agency.objects.get(pk=agency.pk)
    assert (stored.name, stored.short_name, stored.version, agency.version) == ("新名", "县住建局", 2, 2)


def test_saving_says_when(county: County) -> None:
    agency = county.agencies["works"]
    before = agency.updated_at

    save_changes(agency, "name")

    assert before < agency.updated_at == Agency.objects.get(pk=agency.pk).updated_at


def test_second_of_two_writers_is_told_and_changes_nothing(county: County) -> None:
    first, second = (Agency.objects.get(pk=county.agencies["works"].pk) for _writer in range(2))
    first.name, second.name = "甲", "乙"
    save_changes(first, "name")

    with pytest.raises(StaleRecord) as refusal:
        save_changes(second, "name")

    assert (refusal.value.status, Agency.objects.get(pk=first.pk).name) == (409, "甲")
