/** Who is said to hold what, as the map shows it: a colour for each actor, filling and age for how sure that is. */

import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { FilterSpecification, LayerSpecification, Map as GlMap } from 'maplibre-gl';
import { dayNumber } from '../lib/format';
import { ABOVE_CONTROL, token } from './base';
import { onScreen, type Taken, type View } from './draw';
import { unitSquare } from './points';

interface Held {
  place: string | null;
  place_id: string | null;
  actor: string | null;
  actor_id: string | null;
  status: string;
  since: string | null;
  until: string | null;
  said: string | null;
  why: string;
}

/** Land around places, as the desk draws it for a day: of one holder, or the band where two meet. */
interface Area {
  kind: 'held' | 'band';
  actors: string[];
  status: string;
  days: number;
}

export type ControlFeatures = FeatureCollection<Geometry | null, Held | Area>;

const isArea = (told: Held | Area): told is Area => 'kind' in told && (told.kind === 'held' || told.kind === 'band');

/** One holding at a point, ready to draw. */
export interface Hold {
  x: number;
  y: number;
  actor: number;
  status: string;
  strength: number;
  short: string;
  held: Held;
}

/** Paul Tol's bright colours (2021), told apart by people of all kinds of colour vision; the last is for the rest. */
export const ACTOR_COLOURS = ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377', '#8a8a8a'] as const;
const REST = ACTOR_COLOURS.length - 1;
const FADING = 45; // days after which the last word on a place weighs about a third
const FAINTEST = 0.25;

/** The actors that hold most, each with its colour's number; all others share the last colour. */
export function actorsOf(found: ControlFeatures): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { properties } of found.features) {
    if (!isArea(properties) && properties.actor) counts.set(properties.actor, (counts.get(properties.actor) ?? 0) + 1);
  }
  const most = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).map(([name]) => name);
  return new Map(most.map((name, i) => [name, Math.min(i, REST)]));
}

/** How strongly a holding is drawn, from 1 (said on the day) down: the older the last word, the fainter. */
function strengthOf(said: string | null, at: string | null): number {
  const [then, now] = [dayNumber(said), dayNumber(at)];
  if (then === null || now === null) return FAINTEST;
  return fading(now - then);
}

const fading = (days: number) => Math.max(FAINTEST, Math.exp(-Math.max(0, days) / FADING));

/** "Syrian Democratic Forces": "SDF". */
function shortOf(name: string | null): string {
  const words = (name ?? '').split(/[\s-]+/).filter((word) => /^\p{Lu}/u.test(word));
  if (words.length > 1)
    return words
      .map((word) => [...word][0])
      .join('')
      .slice(0, 4);
  return [...(name ?? '')].slice(0, 4).join('');
}

export function holdsOf(found: ControlFeatures, at: string | null, actors: Map<string, number>): Hold[] {
  return found.features.flatMap(({ geometry, properties }) => {
    if (isArea(properties) || geometry?.type !== 'Point' || (properties.status === 'unknown' && !properties.actor))
      return [];
    const [lon = 0, lat = 0] = geometry.coordinates;
    const [x, y] = unitSquare(lon, lat);
    const actor = actors.get(properties.actor ?? '') ?? REST;
    const strength = strengthOf(properties.said, at);
    return [{ x, y, actor, status: properties.status, strength, short: shortOf(properties.actor), held: properties }];
  });
}

const SIDE = 13; // pixels of a holding's square
const SHOWN_FROM = 5.5; // zoom from which on places can be told apart
const NAMED_FROM = 7; // zoom from which on the holder's letters stand beside it
const MOST_DRAWN = 300;

/** A holding and where its square came to stand. */
export interface Placed {
  hold: Hold;
  x: number;
  y: number;
  left: boolean;
}

/** Squares for holdings at points: full where held, hatched where one side claims it, crossed where contested.
 *  One that a cluster would hide stands beside it; where there is no room the fainter one is left out. */
export function drawHolds(
  brush: CanvasRenderingContext2D,
  view: View,
  holds: readonly Hold[],
  taken: Taken[],
): Placed[] {
  if (view.zoom < SHOWN_FROM) return [];
  brush.font = '600 10px system-ui, sans-serif';
  brush.textBaseline = 'middle';
  const [ground, ink] = [token('map-halo'), token('map-label')];
  const placed = placedOf(view, holds, taken);
  for (const { hold, x, y, left } of placed) {
    const beside = (left ? -1 : 1) * (SIDE / 2 + 5);
    brush.textAlign = left ? 'right' : 'left';
    brush.save();
    brush.translate(Math.round(x), Math.round(y));
    square(brush, hold, ground);
    if (view.zoom >= NAMED_FROM && hold.short) {
      brush.lineWidth = 3;
      brush.strokeStyle = ground;
      brush.strokeText(hold.short, beside, 0);
      brush.fillStyle = ink;
      brush.fillText(hold.short, beside, 0);
    }
    brush.restore();
  }
  return placed;
}

function placedOf(view: View, holds: readonly Hold[], taken: Taken[]): Placed[] {
  const found: Placed[] = [];
  for (const hold of [...holds].sort((a, b) => b.strength - a.strength)) {
    const [x, y] = onScreen(view, hold.x, hold.y);
    if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
    const hidden = taken.find((one) => Math.hypot(one.x - x, one.y - y) < one.radius + SIDE / 2);
    const away = hidden ? hidden.radius + SIDE / 2 + 5 : 0;
    const [cx, cy] = hidden ? [hidden.x, hidden.y] : [x, y];
    const ways = hidden ? WAYS : WAYS.slice(0, 1);
    const free = ways
      .map(([dx, dy]) => ({ x: cx + dx * away, y: cy + dy * away, radius: SIDE / 2 + 2 }))
      .find((at) => !taken.some((one) => Math.hypot(one.x - at.x, one.y - at.y) < one.radius + at.radius));
    if (!free) continue;
    taken.push(free);
    found.push({ hold, x: free.x, y: free.y, left: free.x < cx });
    if (found.length === MOST_DRAWN) break;
  }
  return found;
}

const WAYS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0.75, 0.75],
  [-0.75, 0.75],
  [0.75, -0.75],
  [-0.75, -0.75],
] as const;

function square(brush: CanvasRenderingContext2D, { actor, status, strength }: Hold, ground: string): void {
  const colour = ACTOR_COLOURS[actor] as string;
  const half = SIDE / 2;
  brush.fillStyle = ground;
  brush.fillRect(-half - 2, -half - 2, SIDE + 4, SIDE + 4);
  brush.globalAlpha = strength;
  brush.strokeStyle = brush.fillStyle = colour;
  brush.lineWidth = 1.6;
  if (status === 'holds' || status === 'besieged') brush.fillRect(-half, -half, SIDE, SIDE);
  if (status === 'contested' || status === 'claimed by one side') hatch(brush, half);
  if (status === 'contested') {
    brush.scale(-1, 1);
    hatch(brush, half);
    brush.scale(-1, 1); // back: letters follow
  }
  brush.globalAlpha = 1;
  if (status === 'besieged') brush.setLineDash([3, 2]);
  const grow = status === 'besieged' ? 3 : 0;
  brush.strokeRect(-half - grow, -half - grow, SIDE + 2 * grow, SIDE + 2 * grow);
  brush.setLineDash([]);
}

function hatch(brush: CanvasRenderingContext2D, half: number): void {
  brush.beginPath();
  for (let at = -half; at < 3 * half; at += 4) {
    brush.moveTo(Math.max(-half, at - 2 * half), Math.min(half, at));
    brush.lineTo(Math.min(half, at), Math.max(-half, at - 2 * half));
  }
  brush.lineWidth = 1.3;
  brush.stroke();
}

const AREAS = 'control';

/** Lay areas of control under the base map's lines and names: full, hatched or crossed, fading with age. */
export function layAreas(map: GlMap, found: ControlFeatures, actors: Map<string, number>): void {
  const features = found.features.flatMap(({ geometry, properties }) =>
    geometry && isArea(properties) ? [shown(geometry, properties, actors)] : [],
  );
  const data: FeatureCollection = { type: 'FeatureCollection', features };
  const source = map.getSource(AREAS);
  if (source && 'setData' in source) {
    (source as { setData: (data: FeatureCollection) => void }).setData(data);
    return;
  }
  if (features.length === 0) return;
  ACTOR_COLOURS.forEach((colour, i) => {
    if (!map.hasImage(`hatch-${i}`)) map.addImage(`hatch-${i}`, pattern(colour, false), { pixelRatio: 2 });
    if (!map.hasImage(`cross-${i}`)) map.addImage(`cross-${i}`, pattern(colour, true), { pixelRatio: 2 });
  });
  map.addSource(AREAS, { type: 'geojson', data });
  for (const layer of layers()) map.addLayer(layer, ABOVE_CONTROL);
}

function shown(geometry: Geometry, area: Area, actors: Map<string, number>): Feature {
  const actor = area.kind === 'band' ? REST : (actors.get(area.actors[0] ?? '') ?? REST);
  const status = area.kind === 'band' ? 'contested' : area.status;
  const how = { contested: 'cross', holds: 'solid', besieged: 'solid' }[status] ?? 'hatch';
  const told = { how, colour: ACTOR_COLOURS[actor], image: `${how}-${actor}`, strength: fading(area.days) };
  return { type: 'Feature', geometry, properties: told };
}

function layers(): LayerSpecification[] {
  const solid: FilterSpecification = ['==', ['get', 'how'], 'solid'];
  return [
    {
      id: 'control-solid',
      type: 'fill',
      source: AREAS,
      filter: solid,
      paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': ['*', 0.4, ['get', 'strength']] },
    },
    {
      id: 'control-hatched',
      type: 'fill',
      source: AREAS,
      filter: ['!', solid],
      paint: { 'fill-pattern': ['get', 'image'], 'fill-opacity': ['*', 0.8, ['get', 'strength']] },
    },
    {
      id: 'control-edge',
      type: 'line',
      source: AREAS,
      paint: { 'line-color': ['get', 'colour'], 'line-opacity': ['*', 0.8, ['get', 'strength']], 'line-width': 1 },
    },
  ];
}

/** A tile of slanted lines, or of crossed ones, as an image. */
function pattern(colour: string, crossed: boolean): ImageData {
  const side = 16;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const brush = canvas.getContext('2d') as CanvasRenderingContext2D;
  brush.strokeStyle = colour;
  brush.lineWidth = 3;
  for (const slant of crossed ? [1, -1] : [1]) {
    for (const shift of [-side, 0, side]) {
      brush.beginPath();
      brush.moveTo(shift, slant > 0 ? side : 0);
      brush.lineTo(shift + side, slant > 0 ? 0 : side);
      brush.stroke();
    }
  }
  return brush.getImageData(0, 0, side, side);
}
