"""Pages of organizations: fetch by queries, act by services."""
