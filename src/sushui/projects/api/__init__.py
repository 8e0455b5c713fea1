"""The API of projects: the same reads and acts as its pages, by the same queries and services."""

from sushui.projects.api import (
    clusters,
    exchange,
    facts,
    figures,
    gates,
    imports,
    leads,
    monthly,
    needs,
    permits,
    portfolios,
    projects,
)
from sushui.projects.api.root import router

__all__ = [
    "clusters",
    "exchange",
    "facts",
    "figures",
    "gates",
    "imports",
    "leads",
    "monthly",
    "needs",
    "permits",
    "portfolios",
    "projects",
    "router",
]
