"""A task's whole way by the API alone."""

from __future__ import annotations

from collections.abc import Callable

from tests.api.conftest import Program
from tests.cast import County


def test_a_task_goes_from_draft_to_closed_by_programs(county: County, program: Callable[[str], Program]) -> None:
    office, head = program("office"), program("works_head")
    order = office.post("/supervision/orders", {"title": "调度会", "source": "meeting", "issued_on": "2026-03-02"})
    draft = {"title": "修路", "lead_agency_id": county.agencies["works"].pk}
    drafted = office.post(f"/supervision/orders/{order.json()['id']}/tasks", {"tasks": [draft]}).json()["items"][0]

    office.post(f"/supervision/tasks/{drafted['id']}/assign", {"version": drafted["version"]})
    part = head.get("/supervision/parts/mine").json()["items"][0]
    head.post(f"/supervision/parts/{part['id']}/sign", {"arrangement": "今天安排"})
    head.post(f"/supervision/parts/{part['id']}/report", {"kind": "feedback", "text": "开工"})
    asked = head.post(f"/supervision/parts/{part['id']}/apply", {"text": "修好了"}).json()
    office.post(f"/supervision/requests/{asked['id']}/close", {"grade": "good"})

    task = office.get(f"/supervision/tasks/{drafted['id']}").json()
    assert (task["state"], task["grade"], task["light"]) == ("closed", "good", "none")
