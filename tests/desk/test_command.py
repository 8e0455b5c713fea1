"""``sample_county``: loads into an empty database, says the accounts again where it is, refuses any other."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from sushui.desk.sample import load_sample
from sushui.desk.sample.plan import CountyPlan, read_plan
from sushui.desk.sample.portfolio import read_portfolio
from sushui.desk.sample.projects import WITH_TASK
from sushui.desk.sample.relief import read_requests
from sushui.kernel import clock
from sushui.kernel.audit_check import verify_chain
from sushui.kernel.errors import DomainError
from sushui.kernel.models import AuditLine, User
from sushui.supervision.models import SupervisedTask
from tests.cast import County
from tests.desk.sample.build import NOW, counts


@pytest.fixture
def heads(settings, tmp_path: Path) -> Path:
    """A file of heads of the test's own."""
    settings.SUSHUI_AUDIT_HEADS = str(tmp_path / "heads.jsonl")
    return tmp_path / "heads.jsonl"


def small_plan() -> CountyPlan:
    """The county with a few of its orders, so that it is there at once."""
    plan = read_plan()
    few = [order for order in plan.orders if order.key in {"inspection", "statistics_second", "morning"}]
    return replace(plan, orders=tuple(replace(order, tasks=order.tasks[-3:]) for order in few), neighbor_orders=())


def beside_the_orders() -> int:
    """How many tasks visits to projects, bottlenecks, requests of enterprises and their common issue raise."""
    found = sum(len(visit.findings) for visit in read_portfolio().visits)
    asked = sum(plan.is_given_out for plan in read_requests())
    return found + len(WITH_TASK) + asked + 1


def middle_plan() -> CountyPlan:
    """Orders of all ages with tasks of every kind."""
    plan = read_plan()
    keys = {"relief_first", "projects_second", "statistics_second", "inspection", "morning"}
    few = [order for order in plan.orders if order.key in keys]
    return replace(plan, orders=tuple(few), neighbor_orders=())


def printed() -> str:
    out = StringIO()
    call_command("sample_county", stdout=out)
    return out.getvalue()


def test_a_database_with_other_data_is_refused_in_a_sentence(county: County) -> None:
    with pytest.raises(CommandError, match="数据库中已有数据，样例县不会装入。"):
        printed()


def test_a_refused_database_stays_as_it_was(county: County) -> None:
    users = User.objects.count()

    with pytest.raises(DomainError, match="数据库中已有数据"):
        load_sample()

    assert User.objects.count() == users


@pytest.mark.parametrize("moment", ["2026-11-22T03:00", "2027-01-04T06:30", "2024-02-29T23:59"])
def test_it_can_be_loaded_at_any_moment(db: None, heads: Path, moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=NOW.tzinfo)

    with clock.frozen(now):
        load_sample(plan=small_plan())

    assert verify_chain().findings == ()
    assert not AuditLine.objects.filter(at__gt=now).exists()
    assert SupervisedTask.objects.count() == 9 + beside_the_orders()


def test_two_builds_of_a_moment_amount_to_the_same(db: None, heads: Path) -> None:
    built = [build(middle_plan(), heads) for _time in range(2)]

    assert built[0] == built[1]
    given_out = sum(len(order.tasks) for order in middle_plan().orders)
    assert sum(built[0]["tasks"].values()) == given_out + beside_the_orders()


def build(plan: CountyPlan, heads: Path) -> dict[str, Counter[object]]:
    """What a build amounts to; it is taken back."""
    heads.unlink(missing_ok=True)
    with transaction.atomic(), clock.frozen(NOW):
        load_sample(plan=plan)
        built = counts()
        transaction.set_rollback(True)
    return built


def test_progress_tells_every_day(db: None, heads: Path) -> None:
    told: list[tuple[int, int]] = []

    with clock.frozen(NOW):
        load_sample(lambda done, total: told.append((done, total)), plan=small_plan())

    assert told == [(day, 76) for day in range(1, 77)]  # the oldest bottleneck was found 75 working days ago
