"""The sample county, built once for every test of the desk that looks at it; its transaction stays open meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

from sushui.desk.sample import load_sample
from sushui.desk.sample.county import SampleCounty
from sushui.kernel import clock
from sushui.kernel.models import AuditLine
from sushui.notices.models import Notice
from sushui.supervision import queries
from sushui.supervision.models import SupervisedTask, TaskRequest

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Sample:
    """The county that stands, and what an earlier build of the same moment, since taken back, had counted."""

    county: SampleCounty
    earlier: dict[str, Counter[object]]


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Sample]:
    """Tests that use it may not use the fixture ``db``, which would close the connection under it."""
    heads = tmp_path_factory.mktemp("sample") / "heads.jsonl"
    with django_db_blocker.unblock(), override_settings(SUSHUI_AUDIT_HEADS=str(heads)), clock.frozen(NOW):
        with transaction.atomic():
            load_sample()
            earlier = counts()
            transaction.set_rollback(True)
        heads.unlink()
        with transaction.atomic():
            yield Sample(load_sample(), earlier)
            transaction.set_rollback(True)


def counts() -> dict[str, Counter[object]]:
    """What a build amounts to, for comparing two."""
    tasks = queries.with_light(SupervisedTask.objects.all(), clock.today())
    return {
        "tasks": Counter(tasks.values_list("state", "kind", "light_today", "is_late", "is_provisional")),
        "titles": Counter(tasks.values_list("title", "state", "due_on")),
        "requests": Counter(TaskRequest.objects.values_list("kind", "state")),
        "acts": Counter(AuditLine.objects.values_list("verb", "post_name")),
        "notices": Counter(Notice.objects.values_list("tone", "msgid")),
    }
