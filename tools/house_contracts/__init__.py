"""Contracts of the house that import-linter does not bring along."""
