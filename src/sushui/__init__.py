"""Sushui 涑水: a county's work as registers, clocks, plans and proofs."""

__version__ = "0.1.0"
