"""Pure computation beside the web house: no Django, no database, nothing else of sushui."""
