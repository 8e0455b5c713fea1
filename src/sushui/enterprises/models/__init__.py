"""Enterprises, their clusters and people, their raw figures, and sheets of them that are being read in."""

from sushui.enterprises.models.figures import EnterpriseFigure
from sushui.enterprises.models.register import Cluster, Enterprise, EnterprisePerson
from sushui.enterprises.models.sheets import EnterpriseSheet

__all__ = [
    "Cluster",
    "Enterprise",
    "EnterpriseFigure",
    "EnterprisePerson",
    "EnterpriseSheet",
]
