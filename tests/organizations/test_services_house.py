"""What administrators keep for the house: settings, the calendar, the proof of the chain."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from sushui.kernel import clock
from sushui.kernel.days import working_calendar
from sushui.kernel.errors import Forbidden
from sushui.kernel.settings_registry import setting
from sushui.organizations import services
from tests.cast import County

OUTSIDERS = ["office", "leader", "city_leader", "works_head", "statistics", "township", "enterprise"]
NOTICE = json.dumps({"year": 2031, "days": [{"date": "2031-01-01", "isOffDay": True}]})
KEY = "supervision.general_days"


def test_administrator_sets_a_value_for_the_own_county(county: County) -> None:
    services.change_setting(county.viewer("administrator"), KEY, 9, from_on=clock.today(), source="a paper")

    assert [setting(KEY, division.pk) for division in (county.county, county.neighbor)] == [9, 7]


def test_administrator_sets_no_value_for_another_division(county: County) -> None:
    for division in (county.neighbor, county.city):
        with pytest.raises(Forbidden):
            services.change_setting(
                county.viewer("administrator"), KEY, 9, from_on=clock.today(), division_id=division.pk
            )


def test_administrator_loads_a_notice_and_changes_a_day(county: County) -> None:
    administrator = county.viewer("administrator")
    assert services.load_calendar(administrator, NOTICE) == (2031,)

    first = clock.today().replace(year=2031, month=1, day=1)
    services.change_calendar_day(administrator, first + timedelta(days=1), is_working=False)

    assert working_calendar().add_working_days(first, 1) == first + timedelta(days=2)


def test_administrator_proves_the_chain(county: County, tmp_path, settings) -> None:
    settings.SUSHUI_AUDIT_HEADS = str(tmp_path / "heads.jsonl")

    assert services.prove_chain(county.viewer("administrator")).findings == ()


@pytest.mark.parametrize("by", OUTSIDERS)
def test_nobody_else_keeps_the_house(county: County, by: str) -> None:
    viewer, today = county.viewer(by), clock.today()

    acts = [
        lambda: services.change_setting(viewer, KEY, 9, from_on=today),
        lambda: services.load_calendar(viewer, NOTICE),
        lambda: services.change_calendar_day(viewer, today, is_working=False),
        lambda: services.prove_chain(viewer),
    ]

    for act in acts:
        with pytest.raises(Forbidden):
            act()
