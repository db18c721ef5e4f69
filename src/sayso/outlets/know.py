"""Which outlet published a report: by the outlet's name that it gives, and by its address."""

from __future__ import annotations

from sayso.outlets.outlet import Outlet
from sayso.outlets.register import Outlets
from sayso.records import Report
from sayso.records.resolved import Named

CARRIERS = frozenset({"aggregator", "wiki"})  # their address says who carries a report, not whose it is


def know_outlet(report: Report, outlets: Outlets | None = None) -> Named | None:
    """The report's outlet of record. Its name decides; where the address is another outlet's, the reason says so."""
    outlets = outlets or Outlets.installed()
    by_url = outlets.by_url(report.url) if report.url else None
    by_name = _by_name(report.outlet, by_url, outlets) if report.outlet else None
    if by_name is None:
        return by_url.named(_why_url(report, by_url)) if by_url else None
    why = f'outlet given as "{report.outlet}"'
    if by_url is None:
        return by_name.named(why)
    if by_url.id == by_name.id:
        return by_name.named(f"{why}, and the address is its own")
    if by_url.kind in CARRIERS:
        return by_name.named(f"{why}; carried by {by_url.name}")
    return by_name.named(f"{why}, but the address is of {by_url.name}")


def _by_name(name: str, by_url: Outlet | None, outlets: Outlets) -> Outlet | None:
    """The outlet of this name; the address decides between outlets of one name."""
    if by_url is not None and by_url in (outlet for outlet, _ in outlets.called(name)):
        return by_url
    return outlets.by_name(name, by_url.country if by_url else None)


def _why_url(report: Report, outlet: Outlet) -> str:
    given = f'; "{report.outlet}" is not in the register' if report.outlet else ""
    return f"the address is of {outlet.name}{given}"
