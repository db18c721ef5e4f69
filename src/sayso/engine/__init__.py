"""How stages are run: in this process, or in a pool of processes. The stage itself does not know."""

from sayso.engine.run import map_as_it_pays, map_pages

__all__ = ["map_as_it_pays", "map_pages"]
