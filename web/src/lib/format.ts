/** How days and numbers are written. Days are ISO days, as everywhere in sayso: no locale guesses at their order. */

import { number, t } from './i18n';

export type Bounds = readonly [low: number | null, high: number | null];

/** "2016-06-09", "2016-06-09 to 2016-06-12", or that it is not known. */
export function days(first: string | null | undefined, last: string | null | undefined): string {
  if (!first && !last) return t('day.unknown');
  if (!first || !last || first === last) return first || last || '';
  return t('day.range', { first, last });
}

/** "12", "12 to 15", "at least 12". Null: nothing is said. */
export function range(bounds: Bounds | null | undefined): string | null {
  if (!bounds) return null;
  const [low, high] = bounds;
  if (low === null && high === null) return null;
  if (low === high && low !== null) return number(low);
  if (high === null) return t('number.least', { low: low ?? 0 });
  if (low === null) return t('number.most', { high });
  return t('number.range', { low, high });
}

const DAY = 86_400_000;

/** Days since 1970 of an ISO day; null where it is none. */
export function dayNumber(day: string | null | undefined): number | null {
  const time = day ? Date.parse(`${day.slice(0, 10)}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / DAY);
}

export function isoDay(dayNumber: number): string {
  return new Date(dayNumber * DAY).toISOString().slice(0, 10);
}
