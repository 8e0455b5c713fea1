"""Decisions over plain values: size, thresholds, names that are the same, what is masked."""
