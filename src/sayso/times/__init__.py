"""Words that name a time -> the days that are meant, how precisely, reckoned from what, and why."""
