/** The stretch of days that is shown, and how it moves. Pure: day numbers are days since 1970. */

import { dayNumber, isoDay } from '../../lib/format';
import type { Schemas } from '../../lib/records';
import type { Days } from '../../map/points';

/** The days of a query string, within what there is; null: all days. Dates may be months and years too. */
export function daysOf(since: string | null, until: string | null, all: Days): Days | null {
  if (!since && !until) return null;
  const from = since ? firstOf(since) : all.from;
  const to = until ? lastOf(until) : all.to;
  if (from === null || to === null) return null;
  return { from: Math.min(from, to), to: Math.max(from, to) };
}

const firstOf = (date: string) => dayNumber((date + '-01-01').slice(0, 10));

function lastOf(date: string): number | null {
  if (date.length >= 10) return dayNumber(date);
  const [year, month] = date.split('-').map(Number);
  const next = Date.UTC(year as number, month ?? 12, 1);
  return Number.isNaN(next) ? null : Math.round(next / 86_400_000) - 1;
}

/** The filters that a stretch of days stands for; all days stand for none. */
export function filtersOf(days: Days | null, all: Days): { since: string | undefined; until: string | undefined } {
  if (days === null || (days.from <= all.from && days.to >= all.to)) return { since: undefined, until: undefined };
  return { since: isoDay(days.from), until: isoDay(days.to) };
}

/** The stretch moved by some days, kept whole within what there is. */
export function moved(days: Days, by: number, all: Days): Days {
  const length = days.to - days.from;
  const from = Math.max(all.from, Math.min(days.from + by, all.to - length));
  return { from, to: Math.max(from, Math.min(from + length, Math.max(all.to, from))) };
}

/** The next stretch while playing; from the end it begins again. */
export function played(days: Days, step: number, all: Days): Days {
  if (days.to + 1 > all.to) return { from: all.from, to: all.from + (days.to - days.from) };
  return moved(days, step, all);
}

/** One end of a stretch moved: it does not pass the other. */
export function stretched(days: Days, end: 'from' | 'to', to: number, all: Days): Days {
  const day = Math.max(all.from, Math.min(Math.round(to), all.to));
  return end === 'from'
    ? { from: Math.min(day, days.to), to: days.to }
    : { from: days.from, to: Math.max(day, days.from) };
}

export type By = Schemas['Timeline']['by'];

/** How finely a span of days is counted, so that its bars can be told apart. */
export function finest(all: Days | null): By {
  const length = all ? all.to - all.from + 1 : 0;
  return length <= 120 ? 'day' : length <= 1_100 ? 'week' : 'month';
}

/** The day after the last of a bin that begins on a day. */
export function endOfBin(start: number, by: By): number {
  if (by === 'day') return start + 1;
  if (by === 'week') return start + 7;
  const day = new Date(start * 86_400_000);
  return Math.round(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1) / 86_400_000);
}

const NEARLY_ALL = 0.97; // of what happened
const MUCH = 0.5; // of the days: a chart is cut only where it gains that much

/** Where nearly all of it happened, if that is much less than the days from first to last; else null. `outside`: how
 *  many happened before and after. A stray date of years ago then does not press a month into a few bars. */
export function bulkOf(bins: readonly { start: string; n: number }[], by: By): { days: Days; outside: number } | null {
  const total = bins.reduce((sum, bin) => sum + bin.n, 0);
  const starts = bins.map((bin) => dayNumber(bin.start) ?? 0);
  const ends = starts.map((start) => endOfBin(start, by) - 1);
  let best: { days: Days; outside: number } | null = null;
  for (let from = 0, to = 0, n = 0; from < bins.length; n -= bins[from]?.n ?? 0, from += 1) {
    while (to < bins.length && n < NEARLY_ALL * total) n += bins[to++]?.n ?? 0;
    if (n < NEARLY_ALL * total) break;
    const days = { from: starts[from] as number, to: ends[to - 1] as number };
    if (!best || days.to - days.from < best.days.to - best.days.from) best = { days, outside: total - n };
  }
  const whole = (ends.at(-1) ?? 0) - (starts[0] ?? 0) + 1;
  return best && best.outside > 0 && best.days.to - best.days.from + 1 <= MUCH * whole ? best : null;
}

/** A bar of the chart: a stretch of days and what happened in it. */
export type Bin = Schemas['Bin'];

/** What happened, counted by day, week (from Monday) or month; `wider`: what is not dated that closely. */
export function binsOf(
  found: Iterable<{ first: number; last: number; type: string }>,
  by: By,
  within: Days | null = null,
): { rows: Bin[]; wider: number } {
  const bins = new Map<number, Bin>();
  let wider = 0;
  for (const { first, last, type } of found) {
    const start = last < first ? null : startOfBin(first, by);
    if (start === null || startOfBin(last, by) !== start) wider += 1;
    else if (within === null || (start <= within.to && endOfBin(start, by) > within.from)) {
      const bin = bins.get(start) ?? { start: isoDay(start), n: 0, types: {} };
      bin.n += 1;
      bin.types[type] = (bin.types[type] ?? 0) + 1;
      bins.set(start, bin);
    }
  }
  return { rows: [...bins.entries()].sort(([a], [b]) => a - b).map(([, bin]) => bin), wider };
}

function startOfBin(day: number, by: By): number {
  if (by === 'day') return day;
  if (by === 'week') return day - ((((day + 3) % 7) + 7) % 7); // day 0 was a Thursday
  const date = new Date(day * 86_400_000);
  return Math.round(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / 86_400_000);
}
