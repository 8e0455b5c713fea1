"""The API of supervision: the same reads and acts as its pages, by the same queries and services."""

from sushui.supervision.api import conclusions, orders, parts, requests, tasks
from sushui.supervision.api.router import router

__all__ = ["conclusions", "orders", "parts", "requests", "router", "tasks"]
