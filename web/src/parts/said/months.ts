/** Counts by month as bars: every month between the first and the last has its place, empty ones too. */

export interface Month {
  month: string;
  n: number;
}

const MOST = 240; // months: twenty years; more are told by year

/** The months in order, those in between with 0. `unknown`: what has no month. Over twenty years: by year. */
export function filled(counts: readonly Month[]): { bars: Month[]; unknown: number; by: 'month' | 'year' } {
  const dated = counts.filter(({ month }) => /^\d{4}-\d\d$/.test(month));
  const unknown = sum(counts) - sum(dated);
  const ordinals = dated.map(({ month }) => ordinal(month));
  const [first, last] = [Math.min(...ordinals), Math.max(...ordinals)];
  if (!dated.length) return { bars: [], unknown, by: 'month' };
  if (last - first >= MOST) return { bars: years(dated), unknown, by: 'year' };
  const known = new Map(dated.map(({ month, n }) => [ordinal(month), n]));
  const bars = Array.from({ length: last - first + 1 }, (_, step) => ({
    month: named(first + step),
    n: known.get(first + step) ?? 0,
  }));
  return { bars, unknown, by: 'month' };
}

function years(dated: readonly Month[]): Month[] {
  const known = new Map<number, number>();
  for (const { month, n } of dated) {
    const year = Number(month.slice(0, 4));
    known.set(year, (known.get(year) ?? 0) + n);
  }
  return [...known].sort(([a], [b]) => a - b).map(([year, n]) => ({ month: String(year), n }));
}

const sum = (counts: readonly Month[]) => counts.reduce((total, { n }) => total + n, 0);
const ordinal = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const named = (at: number) =>
  `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
