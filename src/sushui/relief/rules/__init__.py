"""Decisions of relief over plain values: no Django, no clock."""
