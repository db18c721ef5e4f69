/** Who is said to hold a place over time, as bars: a row for each holder, by days. */

import { dayNumber } from '../../lib/format';
import type { Holding } from '../../lib/records';

export interface Bar {
  holding: Holding;
  /** Of the whole width, 0 to 1. */
  x: number;
  width: number;
  /** The end of it is not told: it goes on as far as anything is told. */
  openStart: boolean;
  openEnd: boolean;
}

export interface Row {
  /** Null: nobody, or nobody known. */
  actor: string | null;
  bars: Bar[];
}

export interface Chart {
  /** First and last day shown, as days since 1970. */
  first: number;
  last: number;
  rows: Row[];
}

/** Rows in the order in which holders first hold. Days told of reach from the first to the last of all holdings. */
export function chartOf(holdings: readonly Holding[]): Chart | null {
  const told = holdings
    .flatMap(({ since, until, said }) => [since, until, said])
    .map(dayNumber)
    .filter((day) => day !== null);
  if (!told.length) return null;
  const last = Math.max(...told) + 1; // a day is as wide as a day
  const first = firstShown(holdings, Math.min(...told), last);
  const rows = new Map<string | null, Bar[]>();
  for (const holding of [...holdings].sort((a, b) => startOf(a, first) - startOf(b, first))) {
    const end = dayNumber(holding.until) ?? dayNumber(holding.said) ?? last - 1;
    const start = Math.max(first, Math.min(startOf(holding, first), end));
    const bar = {
      holding,
      x: (start - first) / (last - first),
      width: Math.max(0, end + 1 - start) / (last - first),
      openStart: holding.since === null,
      openEnd: holding.until === null,
    };
    rows.set(holding.actor, [...(rows.get(holding.actor) ?? []), bar]);
  }
  return { first, last: last - 1, rows: [...rows].map(([actor, bars]) => ({ actor, bars })) };
}

/** A few holdings of long ago do not press all others into a corner: they reach in from the left, or are not drawn. */
function firstShown(holdings: readonly Holding[], first: number, last: number): number {
  const starts = holdings.map((holding) => startOf(holding, first)).sort((a, b) => a - b);
  const usual = starts[Math.floor(starts.length / 5)] ?? first;
  if ((last - first) / (last - usual) <= 4) return first;
  return Math.max(first, usual - Math.ceil((last - usual) / 5));
}

/** Without a beginning that is told, it is known from the day it was said. */
const startOf = ({ since, said }: Holding, first: number) => dayNumber(since) ?? dayNumber(said) ?? first;
