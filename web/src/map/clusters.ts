/** What is drawn of many points at a zoom: those near each other as one cluster.
 *
 *  Cells lie fast on the earth, so that a cluster stays where it is while time slides; ten thousand points take a few
 *  milliseconds, so that they can be gathered anew for every frame. Places known only by province or country are
 *  gathered apart: their points are not where it happened. */

import { FAMILIES } from '../lib/families';
import { DISPUTED, NEW, WIDE, within, type Days, type Points } from './points';

export interface Cluster {
  x: number;
  y: number;
  members: number[];
  /** How many of each family. */
  families: Uint32Array;
  disputed: number;
  fresh: number;
  wide: boolean;
  /** Whether all its members stand on one spot: no zoom parts them. */
  oneSpot: boolean;
}

const CELL = 56; // pixels: two marks with their numbers side by side
const TOO_NEAR = 0.62; // of a cell: marks would touch

/** `zoom` of MapLibre: the world is 512 · 2^zoom pixels wide. Taken by half steps. */
export function clustersOf(points: Points, days: Days | null, zoom: number): Cluster[] {
  const side = CELL / (512 * 2 ** (Math.round(zoom * 2) / 2));
  const cells = new Map<number, Cluster>();
  for (let i = 0; i < points.ids.length; i += 1) {
    if (!within(points, i, days)) continue;
    const wide = ((points.flags[i] as number) & WIDE) > 0;
    const key = cellOf(Math.floor((points.x[i] as number) / side), Math.floor((points.y[i] as number) / side), wide);
    const cluster = cells.get(key);
    if (cluster) join(cluster, points, i);
    else cells.set(key, alone(points, i, wide));
  }
  return apart(cells, side);
}

const cellOf = (column: number, row: number, wide: boolean) => (row * 2 ** 25 + column) * 2 + Number(wide);

function alone(points: Points, i: number, wide: boolean): Cluster {
  const families = new Uint32Array(FAMILIES.length);
  const cluster = { x: 0, y: 0, members: [], families, disputed: 0, fresh: 0, wide, oneSpot: true };
  join(cluster, points, i);
  return cluster;
}

function join(cluster: Cluster, points: Points, i: number): void {
  const [x, y, n] = [points.x[i] as number, points.y[i] as number, cluster.members.length];
  if (n > 0 && (x !== cluster.x || y !== cluster.y)) cluster.oneSpot = false;
  cluster.x = cluster.oneSpot ? x : (cluster.x * n + x) / (n + 1);
  cluster.y = cluster.oneSpot ? y : (cluster.y * n + y) / (n + 1);
  cluster.members.push(i);
  const family = points.family[i] as number;
  cluster.families[family] = (cluster.families[family] as number) + 1;
  if ((points.flags[i] as number) & DISPUTED) cluster.disputed += 1;
  if ((points.flags[i] as number) & NEW) cluster.fresh += 1;
}

/** Clusters that would touch across the edge of their cells become one: the smaller goes to the greater. */
function apart(cells: Map<number, Cluster>, side: number): Cluster[] {
  const gone = new Set<Cluster>();
  const greatest = [...cells.values()].sort((a, b) => b.members.length - a.members.length);
  for (const cluster of greatest) {
    if (gone.has(cluster)) continue;
    for (const other of around(cells, cluster, side)) {
      if (other === cluster || gone.has(other) || other.members.length > cluster.members.length) continue;
      if (Math.hypot(other.x - cluster.x, other.y - cluster.y) > TOO_NEAR * side) continue;
      merge(cluster, other);
      gone.add(other);
    }
  }
  return greatest.filter((cluster) => !gone.has(cluster));
}

function* around(cells: Map<number, Cluster>, { x, y, wide }: Cluster, side: number): Generator<Cluster> {
  const [column, row] = [Math.floor(x / side), Math.floor(y / side)];
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      const found = cells.get(cellOf(column + dx, row + dy, wide));
      if (found) yield found;
    }
  }
}

function merge(into: Cluster, from: Cluster): void {
  const [n, m] = [into.members.length, from.members.length];
  if (into.x !== from.x || into.y !== from.y || !from.oneSpot) into.oneSpot = false;
  into.x = (into.x * n + from.x * m) / (n + m);
  into.y = (into.y * n + from.y * m) / (n + m);
  for (const member of from.members) into.members.push(member);
  from.families.forEach((count, family) => (into.families[family] = (into.families[family] as number) + count));
  into.disputed += from.disputed;
  into.fresh += from.fresh;
}
