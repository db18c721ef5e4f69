"""Words that name a place -> the place of a gazetteer that is meant, how precisely, and why."""
