"""When the tests build the sample county, and what a build amounts to."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from sushui.kernel import clock
from sushui.kernel.models import AuditLine
from sushui.notices.models import Notice
from sushui.supervision import queries
from sushui.supervision.models import SupervisedTask, TaskRequest

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


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
