"""Projects on a day as an office writes them down, worked by hand: what may be filed, the limits, the forecast."""

from __future__ import annotations

import pytest

from sushui.engines.network import schedule, select, slip
from tests.engines.network.permits import CALENDAR, CASES, packaged, read_case, read_facts


class Case:
    """One file: what goes in, what is expected, and what the engine says."""

    def __init__(self, path):
        written = read_case(path)
        self.expect = written["expect"]
        self.network = select(packaged(f"{written['path']}_{written['variant']}"), written["flags"])
        self.facts, self.on = read_facts(written["facts"]), written["today"]
        self.schedule = schedule(self.network, self.facts, self.on, CALENDAR)

    def standing(self, key):
        return self.schedule.steps[key].standing


@pytest.fixture(params=CASES, ids=lambda path: path.stem, scope="module")
def case(request):
    return Case(request.param)


def test_what_may_be_filed_today(case):
    assert sorted(case.schedule.fileable) == sorted(case.expect["may_be_filed"])


def test_where_the_steps_stand(case):
    expected = case.expect.get("states", {})

    assert {key: str(case.standing(key).state) for key in expected} == expected


def test_the_limits(case):
    expected = case.expect.get("limits", {})

    found = {key: {name: getattr(case.standing(key), name) for name in fields} for key, fields in expected.items()}

    assert found == expected


def test_by_when_an_application_is_answered(case):
    expected = case.expect.get("answer_by", {})

    assert {key: case.standing(key).answer_by for key in expected} == expected


def test_what_runs_out(case):
    expected = case.expect.get("expiry", {})

    found = {
        key: {
            "expires_on": case.standing(key).expires_on,
            "renew_by": case.standing(key).renew_by,
            "too_early": case.schedule.steps[key].expires_too_early,
        }
        for key in expected
    }

    assert found == expected


def test_the_forecast(case):
    expected = {"provisional": False, "reached": False, **case.expect["forecast"]}

    found = {
        "start": case.schedule.goal_on,
        "not_before": case.schedule.is_not_before,
        "unknown": sorted(case.schedule.unknown),
        "provisional": case.schedule.is_provisional,
        "reached": case.schedule.is_reached,
    }

    assert found == {**expected, "unknown": sorted(expected["unknown"])}


def test_the_critical_path(case):
    expected = case.expect.get("critical_path", list(case.schedule.critical_path))

    assert list(case.schedule.critical_path) == expected


def test_the_slack(case):
    expected = case.expect.get("slack", {})

    assert {key: case.schedule.steps[key].slack_days for key in expected} == expected


def test_what_a_slip_moves(case):
    for expected in case.expect.get("slips", []):
        found = slip(case.network, case.facts, case.on, CALENDAR, expected["step"], expected["days"])

        assert (found.goal.to_on if found.goal else None) == expected["start_moves_to"]


def test_what_is_not_decided(case):
    expected = case.expect.get("undecided", [])

    assert [list(choice) for choice in case.schedule.undecided] == expected
