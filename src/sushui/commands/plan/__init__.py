"""`sushui plan FILE`: a problem out of a file, planned, printed and drawn, without a database."""

from .command import Options, PlanRefused, run

__all__ = ["Options", "PlanRefused", "run"]
