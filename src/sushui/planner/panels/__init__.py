"""What the planner says: pools, scenarios, plans in words and pictures."""
