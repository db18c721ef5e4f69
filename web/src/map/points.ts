/** Incidents as columns of numbers, so that ten thousand can be looked through for every frame. */

import type { FeatureCollection, Point } from 'geojson';
import { FAMILIES, familyOf, type FamilyName } from '../lib/families';
import { dayNumber } from '../lib/format';

export const DISPUTED = 1;
export const NEW = 2;
export const WIDE = 4; // known only by province or country: the point is the middle of it
export const UNSURE = 8; // planned, possible, denied: not said to have happened

/** What the map is told of an incident, or of an event. */
export interface Told {
  type: string;
  status: string;
  place: string | null;
  place_id: string | null;
  first_day: string | null;
  last_day: string | null;
  level?: string | null;
  place_precision?: number | null;
  disputes?: number;
  independent?: number;
  added?: string | null;
}

export interface Points {
  ids: readonly string[];
  told: readonly Told[];
  /** On the unit square (web Mercator, y down). */
  x: Float64Array;
  y: Float64Array;
  /** Days since 1970; where the day is not known none is within the span. */
  first: Int32Array;
  last: Int32Array;
  family: Uint8Array;
  flags: Uint8Array;
  /** Those that have no place to be drawn at. */
  placeless: readonly Told[];
}

const UNKNOWN = 2_000_000; // a first day later than all days
const DISTRICT = 3; // UCDP's where_prec: more than that is a province, a line, a country

const FAMILY_NUMBER = new Map<FamilyName, number>(FAMILIES.map((family, i) => [family.name, i]));

export const NO_POINTS: Points = pointsOf({ type: 'FeatureCollection', features: [] }, null);

/** `newSince`: what was added on or after it is new. */
export function pointsOf(found: FeatureCollection<Point | null, Told>, newSince: string | null): Points {
  const placed = found.features.filter((feature) => feature.geometry);
  const n = placed.length;
  const points = {
    ids: placed.map((feature) => String(feature.id)),
    told: placed.map((feature) => feature.properties),
    x: new Float64Array(n),
    y: new Float64Array(n),
    first: new Int32Array(n),
    last: new Int32Array(n),
    family: new Uint8Array(n),
    flags: new Uint8Array(n),
    placeless: found.features.filter((feature) => !feature.geometry).map((feature) => feature.properties),
  };
  placed.forEach(({ geometry, properties }, i) => {
    const [lon = 0, lat = 0] = geometry?.coordinates ?? [];
    [points.x[i], points.y[i]] = unitSquare(lon, lat);
    [points.first[i], points.last[i]] = spanOf(properties);
    points.family[i] = FAMILY_NUMBER.get(familyOf(properties.type).name) ?? 0;
    points.flags[i] = flagsOf(properties, newSince);
  });
  return points;
}

/** The days it may have happened on. Where they are not known, as with the desk's filters, it is in no stretch of days. */
function spanOf(told: Told): [first: number, last: number] {
  const [first, last] = [dayNumber(told.first_day), dayNumber(told.last_day)];
  return first === null || last === null ? [UNKNOWN, -UNKNOWN] : [first, last];
}

function flagsOf(told: Told, newSince: string | null): number {
  const wide = ['province', 'country', 'region'].includes(told.level ?? '') || (told.place_precision ?? 0) > DISTRICT;
  const sure = told.status === 'happened' || told.status === 'ongoing';
  const fresh = newSince !== null && Boolean(told.added) && (told.added as string) >= newSince;
  return ((told.disputes ?? 0) > 0 ? DISPUTED : 0) | (fresh ? NEW : 0) | (wide ? WIDE : 0) | (sure ? 0 : UNSURE);
}

const MOST_LATITUDE = 85.05;

/** Degrees to the unit square of web Mercator. */
export function unitSquare(lon: number, lat: number): [x: number, y: number] {
  const sine = Math.sin((Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, lat)) * Math.PI) / 180);
  return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** The way back. */
export function degrees(x: number, y: number): [lon: number, lat: number] {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

/** A stretch of days, both ends within it. */
export interface Days {
  from: number;
  to: number;
}

/** Whether an incident may have happened in the days. */
export function within(points: Points, i: number, days: Days | null): boolean {
  return days === null || ((points.first[i] as number) <= days.to && (points.last[i] as number) >= days.from);
}

/** First and last day and type of each, those without a place too. */
export function* dated(points: Points): Generator<{ first: number; last: number; type: string }> {
  for (let i = 0; i < points.ids.length; i += 1) {
    yield { first: points.first[i] as number, last: points.last[i] as number, type: (points.told[i] as Told).type };
  }
  for (const told of points.placeless) {
    const [first, last] = spanOf(told);
    yield { first, last, type: told.type };
  }
}

/** How many of each family may have happened in the days, and in a section of the map (then only those on it). */
export function counted(
  points: Points,
  days: Days | null,
  box: readonly [number, number, number, number] | null,
): number[] {
  const counts = FAMILIES.map(() => 0);
  const [left, bottom] = box ? unitSquare(box[0], box[1]) : [-Infinity, Infinity];
  const [right, top] = box ? unitSquare(box[2], box[3]) : [Infinity, -Infinity];
  for (let i = 0; i < points.ids.length; i += 1) {
    const [x, y, family] = [points.x[i] as number, points.y[i] as number, points.family[i] as number];
    if (x < left || x > right || y < top || y > bottom || !within(points, i, days)) continue;
    counts[family] = (counts[family] as number) + 1;
  }
  if (box) return counts;
  for (const told of points.placeless) {
    const [first, last] = spanOf(told);
    const family = FAMILY_NUMBER.get(familyOf(told.type).name) ?? 0;
    if (days === null || (first <= days.to && last >= days.from)) counts[family] = (counts[family] as number) + 1;
  }
  return counts;
}

const STRAY = 0.03; // of the points, on each side: one report on a far country does not make the map a world map
const FEW = 20;

/** West, south, east, north of where nearly all points are, in degrees; null without any. */
export function boundsOf(points: Points): [number, number, number, number] | null {
  const near = points.ids.flatMap((_, i) => ((points.flags[i] as number) & WIDE ? [] : [i]));
  const which = near.length ? near : points.ids.map((_, i) => i);
  if (which.length === 0) return null;
  const skip = which.length < FEW ? 0 : Math.ceil(which.length * STRAY);
  const edges = (values: Float64Array): [number, number] => {
    const sorted = which.map((i) => values[i] as number).sort((a, b) => a - b);
    return [sorted[skip] as number, sorted[sorted.length - 1 - skip] as number];
  };
  const [[left, right], [top, bottom]] = [edges(points.x), edges(points.y)];
  const [west, north] = degrees(left, top);
  const [east, south] = degrees(right, bottom);
  return [west, south, east, north];
}
