"""By what a task is found."""

from __future__ import annotations

from django.db.models import QuerySet

from sushui.supervision.models import SupervisedTask


def search_texts(task: SupervisedTask) -> tuple[str, str]:
    """What the task is called, and what else it is found by: its section, its order and its number (2026-12-3)."""
    order = task.order
    return task.title, " ".join([task.section, order.title, f"{order.year}-{order.number}-{task.number}"])


def tasks_to_index() -> QuerySet[SupervisedTask]:
    """Every task with what `search_texts` needs."""
    return SupervisedTask.objects.select_related("order").only(
        "title", "section", "number", "order__title", "order__year", "order__number"
    )
