"""Views: what was read, as people and programs want it."""
