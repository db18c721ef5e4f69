"""Pages: what was received, as clean reports."""
