/** Values of records in the words people use for them. */

import { t, tOf } from '../../lib/i18n';
import { days } from '../../lib/format';
import type { EventRecord, Place } from '../../lib/records';
import { linkTo } from '../../lib/router';

/** "Manbij, Aleppo, SY"; a name that is also its province is said once. */
export function placeName(place: Pick<Place, 'name' | 'admin1' | 'country'>): string {
  return [...new Set([place.name, place.admin1, place.country].filter(Boolean))].join(', ');
}

export function coordinates(lat: number, lon: number): string {
  const of = (degrees: number, positive: string, negative: string) =>
    `${Math.abs(degrees).toFixed(4)}° ${degrees < 0 ? negative : positive}`;
  return `${of(lat, 'N', 'S')}, ${of(lon, 'E', 'W')}`;
}

/** The days of an event: its date, or the first and last day possible. */
export function dayOf({ date, date_bounds: bounds }: Pick<EventRecord, 'date' | 'date_bounds'>): string | null {
  if (date) return date.includes('/') ? days(...(date.split('/', 2) as [string, string])) : date;
  const [first, last] = bounds ?? [null, null];
  if (first && last) return t('record.between', { first, last });
  return first ? t('record.from', { day: first }) : last ? t('record.until', { day: last }) : null;
}

/** The codes of a codebook in one line: "Explosions/Remote violence / Air/drone strike". */
export function codes(of: Record<string, string | number | null> | null): string | null {
  const said = Object.values(of ?? {}).filter((code) => code !== null && code !== '');
  return said.length ? said.join(' / ') : null;
}

/** The address of a record's words in its report. */
export function inReport(report: string, record: string): string {
  return `${linkTo('report', report)}#at-${record}`;
}

/** The report and the record of a whole id, "REPORT#e3". */
export function partsOf(id: string): { report: string; record: string } {
  const at = id.lastIndexOf('#');
  return at < 0 ? { report: id, record: '' } : { report: id.slice(0, at), record: id.slice(at + 1) };
}

/** A moment as it is read: "2016-06-08 17:42 UTC+04:00"; a day stays a day. */
export function moment(iso: string | null): string {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/.exec(iso ?? '');
  if (!found) return iso ?? t('day.unknown');
  const zone = found[3] === undefined ? '' : ['Z', '+00:00'].includes(found[3]) ? ' UTC' : ` UTC${found[3]}`;
  return `${found[1]} ${found[2]}${zone}`;
}

/** "air strike", from `air_strike`. */
export const typeName = (type: string): string => tOf('type', type);

/** Names of known ids inside a reason, so that they can be links. */
export function named<T>(why: string, known: Record<string, T>): { text: string; of: T | null; id: string }[] {
  return why
    .split(/(sha256:[0-9a-f]{64}|[^\s()|;,]+)/u)
    .filter((text) => text !== '')
    .reduce<{ text: string; of: T | null; id: string }[]>((found, text) => {
      const bare = text.replace(/[:.]+$/, '');
      const of = Object.hasOwn(known, bare) ? (known[bare] ?? null) : null;
      const last = found.at(-1);
      if (of !== null) {
        found.push({ text: bare, of, id: bare });
        if (bare.length < text.length) found.push({ text: text.slice(bare.length), of: null, id: '' });
      } else if (last && last.of === null) last.text += text;
      else found.push({ text, of: null, id: '' });
      return found;
    }, []);
}
