"""What the room says about its records."""
