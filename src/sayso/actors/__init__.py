"""Names of states, armed groups, offices and bodies -> the actor of record that is meant, and why."""

from sayso.actors.register import Register
from sayso.actors.resolve import resolve_actors

__all__ = ["Register", "resolve_actors"]
