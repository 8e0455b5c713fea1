"""What relief says about its records."""
