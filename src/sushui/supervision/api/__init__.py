"""The API of supervision: the same reads and acts as its pages, by the same queries and services."""

from sushui.supervision.api import conclusions, lists, orders, parts, requests, tasks
from sushui.supervision.api.root import router

__all__ = ["conclusions", "lists", "orders", "parts", "requests", "router", "tasks"]
