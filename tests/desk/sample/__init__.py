"""Tests that look at the sample county; a package, so that it is taken down when they end."""
