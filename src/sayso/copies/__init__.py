"""Which report repeats which, and which passages they share."""
