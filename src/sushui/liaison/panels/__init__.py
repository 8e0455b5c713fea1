"""What the room says about its records: stories in words."""
