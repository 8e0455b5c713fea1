"""Pools, scenarios and runs."""

from sushui.planner.models.pools import MoneyPool, ResourcePool
from sushui.planner.models.scenarios import Inquiry, Run, Scenario, ScenarioChange

__all__ = ["Inquiry", "MoneyPool", "ResourcePool", "Run", "Scenario", "ScenarioChange"]
