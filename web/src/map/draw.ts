/** Drawing clusters, and who holds what, on the canvas that lies over the map. */

import { FAMILIES, OUTLINES } from '../lib/families';
import { token } from './base';
import type { Cluster } from './clusters';
import { DISPUTED, NEW, UNSURE, WIDE, type Points } from './points';

/** Where on the screen the unit square lies. */
export interface View {
  zoom: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Ink {
  families: string[];
  halo: string;
  ground: string;
  text: string;
  disputed: string;
  fresh: string;
  active: string;
}

export const inkNow = (): Ink => ({
  families: FAMILIES.map((family) => token(`${family.name}-family`)),
  halo: token('map-halo'),
  ground: token('ground'),
  text: token('ink'),
  disputed: token('bad'),
  fresh: token('new'),
  active: token('focus'),
});

const PATHS = FAMILIES.map((family) => OUTLINES[family.shape]);
const MARK = 15; // pixels of a single mark
const LEAST = 0.12; // of a ring, for one disputed of many to be seen
let paths: Path2D[] | null = null;

/** Where a point of the square is on the screen, in the copy of the world nearest to its middle. */
export function onScreen(view: View, x: number, y: number): [number, number] {
  const size = 512 * 2 ** view.zoom;
  const across = x - view.x - Math.round(x - view.x);
  return [across * size + view.width / 2, (y - view.y) * size + view.height / 2];
}

/** How far the mark of a cluster reaches, in pixels. */
export function reach(cluster: Cluster): number {
  const n = cluster.members.length;
  return n === 1 ? MARK / 2 : Math.min(25, 10.5 + 2.2 * Math.log2(n));
}

/** A round place on the screen where something is drawn. */
export interface Taken {
  x: number;
  y: number;
  radius: number;
}

/** Draw clusters; `active`: a point that is lit. Answers what room they take. */
export function drawClusters(
  brush: CanvasRenderingContext2D,
  view: View,
  ink: Ink,
  points: Points,
  clusters: readonly Cluster[],
  active: number,
): Taken[] {
  const taken: Taken[] = [];
  for (let i = clusters.length - 1; i >= 0; i -= 1) {
    const cluster = clusters[i] as Cluster;
    const [x, y] = onScreen(view, cluster.x, cluster.y);
    if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
    taken.push({ x, y, radius: reach(cluster) });
    brush.save();
    brush.translate(x, y);
    if (cluster.members.length === 1) drawOne(brush, ink, points, cluster.members[0] as number);
    else drawMany(brush, ink, cluster);
    if (active >= 0 && cluster.members.includes(active)) ring(brush, reach(cluster) + 4, ink.active, 3);
    brush.restore();
  }
  return taken;
}

function drawOne(brush: CanvasRenderingContext2D, ink: Ink, points: Points, i: number): void {
  const flags = points.flags[i] as number;
  const family = points.family[i] as number;
  const colour = ink.families[family] as string;
  paths ??= PATHS.map((path) => new Path2D(path));
  if (flags & WIDE) around(brush, ink, colour);
  if (flags & DISPUTED) ring(brush, MARK / 2 + 3.5, ink.disputed, 2, [3, 2]);
  brush.save();
  brush.scale(MARK / 16, MARK / 16);
  brush.translate(-8, -8);
  const path = paths[family] as Path2D;
  brush.lineJoin = 'round';
  brush.lineWidth = 3;
  brush.strokeStyle = ink.halo;
  brush.stroke(path);
  brush.fillStyle = flags & UNSURE ? ink.ground : colour;
  brush.fill(path);
  brush.lineWidth = flags & UNSURE ? 2 : 0.8;
  brush.strokeStyle = colour;
  brush.stroke(path);
  brush.restore();
  if (flags & NEW) badge(brush, ink, MARK / 2);
}

/** A ring in the shares of the families, the number in it; around it, dashed, the share that is disputed. */
function drawMany(brush: CanvasRenderingContext2D, ink: Ink, cluster: Cluster): void {
  const n = cluster.members.length;
  const radius = reach(cluster);
  if (cluster.wide) around(brush, ink, ink.text, radius + 4);
  if (cluster.disputed) ring(brush, radius + 3, ink.disputed, 2, [3, 2], Math.max(LEAST, cluster.disputed / n));
  brush.beginPath();
  brush.arc(0, 0, radius, 0, 2 * Math.PI);
  brush.fillStyle = ink.ground;
  brush.fill();
  let angle = -Math.PI / 2;
  brush.lineWidth = 4.5;
  cluster.families.forEach((count, family) => {
    if (count === 0) return;
    const next = angle + (count / n) * 2 * Math.PI;
    brush.beginPath();
    brush.arc(0, 0, radius - 2.5, angle, next);
    brush.strokeStyle = ink.families[family] as string;
    brush.stroke();
    angle = next;
  });
  brush.fillStyle = ink.text;
  brush.font = `600 ${n < 1000 ? 11 : 10}px system-ui, sans-serif`;
  brush.textAlign = 'center';
  brush.textBaseline = 'middle';
  brush.fillText(n < 10_000 ? String(n) : `${Math.round(n / 1000)}k`, 0, 0.5);
  if (cluster.fresh) badge(brush, ink, radius * 0.9);
}

/** Somewhere around here: known only by province or country. */
function around(brush: CanvasRenderingContext2D, ink: Ink, colour: string, radius = MARK / 2 + 4): void {
  brush.globalAlpha = 0.55;
  brush.beginPath();
  brush.arc(0, 0, radius, 0, 2 * Math.PI);
  brush.fillStyle = ink.halo;
  brush.fill();
  brush.globalAlpha = 1;
  ring(brush, radius, colour, 1, [1, 3]);
}

function ring(
  brush: CanvasRenderingContext2D,
  radius: number,
  colour: string,
  width: number,
  dash: number[] = [],
  share = 1,
): void {
  brush.beginPath();
  brush.arc(0, 0, radius, -Math.PI / 2, (2 * share - 0.5) * Math.PI);
  brush.setLineDash(dash);
  brush.lineWidth = width;
  brush.strokeStyle = colour;
  brush.stroke();
  brush.setLineDash([]);
}

function badge(brush: CanvasRenderingContext2D, ink: Ink, at: number): void {
  brush.beginPath();
  brush.arc(at * 0.8, -at * 0.8, 3.6, 0, 2 * Math.PI);
  brush.fillStyle = ink.fresh;
  brush.fill();
  brush.lineWidth = 1.2;
  brush.strokeStyle = ink.halo;
  brush.stroke();
}
