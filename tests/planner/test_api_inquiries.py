"""What programs may ask of runs: the same as pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from sushui.planner.models import Run
from tests.cast import County
from tests.planner.play import Planning
from tests.supervision.pages.reading import reader

pytestmark = pytest.mark.usefixtures("_in_january")


@pytest.fixture
def run(plan: Planning) -> Run:
    """A run that leaves one of two projects out."""
    for name in ("甲", "乙"):
        plan.candidate(name)
    plan.land(30)
    return plan.run(plan.scenario())


def send(client: Client, path: str, **said: Any) -> Any:
    return client.post(f"/api/planner/runs/{path}", json.dumps(said), content_type="application/json")


def test_what_was_asked_of_a_run_is_read(county: County, run: Run) -> None:
    answer = reader(county, "leader").client.get(f"/api/planner/runs/{run.pk}/inquiries")

    assert [(each["kind"], each["state"], each["answers"]) for each in answer.json()] == [("left_out", "queued", {})]


def test_a_program_asks_and_is_refused_what_makes_no_sense(county: County, run: Run) -> None:
    client = reader(county, "project_office").client

    asked, refused = (
        send(client, f"{run.pk}/inquiries", kind="worth"),
        send(client, f"{run.pk}/inquiries", kind="conflict"),
    )

    assert (asked.status_code, asked.json()["kind"], refused.json()["code"]) == (201, "worth", "has_a_plan")


def test_a_program_plans_anew(county: County, run: Run) -> None:
    answer = send(reader(county, "project_office").client, f"{run.pk}/replan", firmness="weighed", seconds=10)

    assert (answer.status_code, Run.objects.get(pk=answer.json()["id"]).replans_id) == (201, run.pk)
