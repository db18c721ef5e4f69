"""Counts of incidents a day as bars: told without dispute below, disputed above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from sayso.records.pool import Incident
from sayso.views.brief.markup import safe

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 960, 190, 40, 34, 14
MOST_BARS = 92  # a quarter of a year in days; a longer time is counted by week, month or year
TAIL = 0.05  # of the incidents at either end do not stretch the axis by more than half
DATE_LABELS = 12
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Bar(msgspec.Struct, frozen=True):
    """`start`: the first day counted; how many incidents are told without dispute, and how many with."""

    start: date
    told: int
    disputed: int


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """`unit`: day, week, month or year; `undated`: incidents whose day is not known; `outside`: far from the others."""

    unit: str
    bars: tuple[Bar, ...]
    undated: int
    outside: int


def timeline_of(incidents: Sequence[Incident]) -> Timeline:
    """The counts. An incident of some days counts on its first; one known only by month or year is undated."""
    dated = [(day, bool(i.disputes)) for i in incidents if (day := _day(i))]
    if not dated:
        return Timeline(unit="day", bars=(), undated=len(incidents), outside=0)
    low, high = _span(sorted(day for day, _ in dated))
    kept = [(day, disputed) for day, disputed in dated if low <= day <= high]
    first, last = min(day for day, _ in kept), max(day for day, _ in kept)
    unit = next((unit for unit in _STARTS if len(_starts(unit, first, last)) <= MOST_BARS), "year")
    counts = Counter((_STARTS[unit](day), disputed) for day, disputed in kept)
    bars = tuple(Bar(day, counts[day, False], counts[day, True]) for day in _starts(unit, first, last))
    return Timeline(unit=unit, bars=bars, undated=len(incidents) - len(dated), outside=len(dated) - len(kept))


_STARTS: dict[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


def _day(incident: Incident) -> date | None:
    if incident.first is None or incident.last is None:
        return None
    try:
        first, last = date.fromisoformat(incident.first[:10]), date.fromisoformat(incident.last[:10])
    except ValueError:
        return None
    return first if (last - first).days < 7 else None


def _span(days: Sequence[date]) -> tuple[date, date]:
    low, high = days[int(len(days) * TAIL)], days[-1 - int(len(days) * TAIL)]
    half = (high - low).days // 2 + 7
    return (
        date.fromordinal(max(low.toordinal() - half, date.min.toordinal())),
        date.fromordinal(min(high.toordinal() + half, date.max.toordinal())),
    )


def _starts(unit: str, first: date, last: date) -> list[date]:
    start = _STARTS[unit]
    days = range(first.toordinal(), last.toordinal() + 1)
    step = {"day": 1, "week": 7, "month": 28, "year": 365}[unit]
    return sorted({start(date.fromordinal(day)) for day in (*days[::step], last.toordinal())})


def in_svg(timeline: Timeline) -> str:
    """The drawing; its numbers are in `rows` too, for those who do not see it."""
    bars = timeline.bars
    most = max(bar.told + bar.disputed for bar in bars)
    step = (WIDTH - LEFT) / len(bars)
    scale = (HEIGHT - BOTTOM - TOP) / most
    body = [*_scale(most, scale)]
    for n, bar in enumerate(bars):
        x, wide = LEFT + n * step + step * 0.1, min(step * 0.8, 60)
        body.append(f"<g><title>{safe(_told(bar, timeline.unit))}</title>")
        body.append(_rect("told", x, HEIGHT - BOTTOM - bar.told * scale, wide, bar.told * scale))
        body.append(
            _rect("disputed", x, HEIGHT - BOTTOM - (bar.told + bar.disputed) * scale, wide, bar.disputed * scale)
        )
        body.append("</g>")
    body += _dates(timeline, step)
    total, disputed = sum(b.told + b.disputed for b in bars), sum(b.disputed for b in bars)
    return (
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="tl-t tl-d">'
        f'<title id="tl-t">Incidents by {timeline.unit}</title><desc id="tl-d">{total} incidents from {bars[0].start} '
        f"to {bars[-1].start}, {disputed} of them disputed; at most {most} in one {timeline.unit}.</desc>"
        '<defs><pattern id="stripes" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect class="stripe-back" width="5" height="5"/><rect class="stripe" width="2.2" height="5"/></pattern></defs>'
        f"{''.join(body)}</svg>"
    )


def rows(timeline: Timeline) -> Iterator[tuple[str, int, int]]:
    """The counts as a table's rows, without the empty ones."""
    for bar in timeline.bars:
        if bar.told or bar.disputed:
            yield _name(bar.start, timeline.unit), bar.told, bar.disputed


def _told(bar: Bar, unit: str) -> str:
    return f"{_name(bar.start, unit)}: {bar.told + bar.disputed} incidents, {bar.disputed} disputed"


def _name(start: date, unit: str) -> str:
    shown = {"year": start.isoformat()[:4], "month": start.isoformat()[:7]}.get(unit, start.isoformat())
    return f"week of {shown}" if unit == "week" else shown


def _rect(kind: str, x: float, y: float, wide: float, tall: float) -> str:
    if not tall:
        return ""
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"/>'


def _scale(most: int, scale: float) -> Iterator[str]:
    step = next(n for n in _round_numbers() if most / n <= 4)
    for count in range(0, most + 1, step):
        y = HEIGHT - BOTTOM - count * scale
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="tick" x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{count}</text>'


def _round_numbers() -> Iterator[int]:
    ten = 1
    while True:
        yield from (ten, 2 * ten, 5 * ten)
        ten *= 10


def _dates(timeline: Timeline, step: float) -> Iterable[str]:
    every = -(-len(timeline.bars) // DATE_LABELS)
    for n, bar in list(enumerate(timeline.bars))[::every]:
        shown = {"year": f"{bar.start.year}", "month": bar.start.isoformat()[:7]}.get(timeline.unit, _short(bar.start))
        x = LEFT + n * step + step * 0.1 + min(step * 0.8, 60) / 2
        yield f'<text class="tick" x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{shown}</text>'
        if n == 0 or timeline.bars[n].start.year != timeline.bars[max(n - every, 0)].start.year:
            yield f'<text class="tick" x="{x:.1f}" y="{HEIGHT - 4}" text-anchor="middle">{bar.start.year}</text>'


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
