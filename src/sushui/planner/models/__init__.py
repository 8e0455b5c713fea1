"""Pools, scenarios and runs."""

from sushui.planner.models.pools import MoneyPool, ResourcePool
from sushui.planner.models.scenarios import Run, Scenario, ScenarioChange

__all__ = ["MoneyPool", "ResourcePool", "Run", "Scenario", "ScenarioChange"]
