"""Words that name a time -> the days that are meant, how precisely, reckoned from what, and why."""

from sayso.times.events import date_events
from sayso.times.finder import Times, find_times

__all__ = ["Times", "date_events", "find_times"]
