"""Over the whole pool: incidents, where accounts of them come from, what they dispute, who is said to hold what."""
