"""Decisions of the planner over plain values: no Django, no clock."""
