"""What the tests of resources say in one line each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sushui.projects import services
from sushui.projects.enums import ResourceFactor
from sushui.projects.enums.doubts import ActDoubt
from sushui.projects.models import Project, ResourceCommitment, ResourceDelivery, ResourceNeed
from sushui.projects.services import NeedDraft
from tests.projects.play import Play, on

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Supply:
    """A project of the works bureau; the finance bureau is the one that promises."""

    play: Play
    project: Project

    def need(
        self, amount: Decimal | int | None = 100, factor: ResourceFactor = ResourceFactor.LAND, **more: Any
    ) -> ResourceNeed:
        draft = NeedDraft(factor, amount=None if amount is None else Decimal(amount), **more)
        return services.add_need(self.play.office, self.project, draft)

    def commit(
        self,
        need: ResourceNeed,
        amount: Decimal | int,
        until: str = "2026-06-30",
        by: str = "project_office",
        agency: str = "finance",
        confirmed: Collection[ActDoubt] = tuple(ActDoubt),
    ) -> ResourceCommitment:
        return services.commit_resource(
            self.play.viewer(by),
            need,
            agency_id=self.play.agency_id(agency),
            amount=Decimal(amount),
            until=date.fromisoformat(until),
            confirmed=confirmed,
        )

    def deliver(
        self,
        commitment: ResourceCommitment,
        amount: Decimal | int,
        by: str = "finance_handler",
        confirmed: Collection[ActDoubt] = tuple(ActDoubt),
    ) -> ResourceDelivery:
        """What is odd is confirmed unless a test says otherwise."""
        viewer, quantity = self.play.viewer(by), Decimal(amount)
        return services.deliver_resource(viewer, commitment, amount=quantity, on=TODAY, confirmed=confirmed)

    def sums(self, need: ResourceNeed) -> tuple[int, int, date | None]:
        """Committed, delivered, and since when something is due and not there, as the need says now."""
        now = ResourceNeed.objects.get(pk=need.pk)
        return int(now.committed), int(now.delivered), now.overdue_on


@pytest.fixture
def supply(play: Play) -> Iterator[Supply]:
    with on("2026-03-02"):
        yield Supply(play, play.building())
