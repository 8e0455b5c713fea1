"""The API of the planner: the same reads and acts as its pages, by the same queries and services."""

from sushui.planner.api import inquiries, pools, scenarios
from sushui.planner.api.root import router

__all__ = ["inquiries", "pools", "router", "scenarios"]
