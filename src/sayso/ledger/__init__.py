"""The store: everything received, what was read in it, who decided what; one SQLite file."""
