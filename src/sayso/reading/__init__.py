"""Reading: one report in, its claims and events out."""
