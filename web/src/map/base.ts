/** The base map: packaged vector tiles, drawn in the page's own colours with the machine's own fonts. */

import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import baseUrl from './base.pmtiles?url';
import townsUrl from './towns.pmtiles?url';

export const CREDIT = 'Natural Earth · GeoNames (CC BY 4.0)';

// Text is drawn by the browser from the machine's fonts: no glyphs are fetched, and every script it can show is shown.
const FONT = ['Noto Sans', 'Noto Sans Arabic', 'system-ui', 'sans-serif'];
const BOLD = ['Noto Sans Bold', ...FONT]; // the first name of a stack sets its weight

/** A colour of the page's theme. */
export function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The style in the colours that the page has now. */
export function baseStyle(): StyleSpecification {
  return {
    version: 8,
    sources: {
      base: { type: 'vector', url: `pmtiles://${absolute(baseUrl)}` },
      towns: { type: 'vector', url: `pmtiles://${absolute(townsUrl)}` },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': token('map-sea') } },
      ...shapes(),
      ...names(),
    ],
  };
}

const absolute = (url: string) => new URL(url, location.href).href;

/** The layer that areas of control are drawn under: lines and names stay readable above them. */
export const ABOVE_CONTROL = 'rivers';

/** The new style with what was laid over the old one: areas of control, a reader's own map. */
export function withLaidOver(before: StyleSpecification | undefined, style: StyleSpecification): StyleSpecification {
  const kept = Object.entries(before?.sources ?? {}).filter(([name]) => !(name in style.sources));
  const names = new Set(kept.map(([name]) => name));
  const layers = (before?.layers ?? []).filter((layer) => 'source' in layer && names.has(layer.source));
  const at = style.layers.findIndex((layer) => layer.id === ABOVE_CONTROL);
  return {
    ...style,
    sources: { ...style.sources, ...Object.fromEntries(kept) },
    layers: [...style.layers.slice(0, at), ...layers, ...style.layers.slice(at)],
  };
}

function shapes(): LayerSpecification[] {
  const [border, province, water] = [token('map-border'), token('map-province'), token('map-water')];
  return [
    fill('land', token('map-land')),
    fill('lakes', water),
    line('rivers', water, [3, 0.4, 8, 1.6, 12, 3]),
    line('provinces', province, [3, 0.4, 8, 1]),
    {
      ...line('borders', border, [0, 0.5, 5, 1, 10, 1.8]),
      filter: ['!=', ['get', 'disputed'], true],
    } as LayerSpecification,
    {
      ...line('borders', border, [0, 0.5, 5, 1, 10, 1.8], { 'line-dasharray': [3, 2] }),
      id: 'disputed-borders',
      filter: ['==', ['get', 'disputed'], true],
    } as LayerSpecification,
  ];
}

function names(): LayerSpecification[] {
  const own: ExpressionSpecification = [
    'format',
    ['get', 'name'],
    {},
    ['case', ['has', 'own'], '\n', ''],
    {},
    ['coalesce', ['get', 'own'], ''],
    { 'font-scale': 0.9 },
  ];
  return [
    {
      ...dots('towns'),
      id: 'town-dots',
      minzoom: 4,
    } as LayerSpecification,
    {
      ...label('towns', FONT, [4, 10, 8, 12, 12, 14]),
      minzoom: 4,
      layout: {
        'text-field': ['get', 'name'],
        'text-font': FONT,
        'text-size': [
          'interpolate',
          ['linear'],
          ['zoom'],
          4,
          ['match', ['get', 'seat'], 3, 12, 10.5],
          10,
          ['match', ['get', 'seat'], 0, 11.5, 14],
        ],
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.45,
        'text-justify': 'auto',
        'text-max-width': 8,
      },
    } as LayerSpecification,
    {
      ...label('province_names', FONT, [5, 10, 8, 12]),
      source: 'base',
      minzoom: 5.5,
      maxzoom: 9,
      paint: { ...halo(), 'text-color': token('map-border') },
    } as LayerSpecification,
    {
      ...label('countries', BOLD, [2, 10.5, 6, 15]),
      source: 'base',
      maxzoom: 7.5,
      layout: {
        'text-field': own,
        'text-font': BOLD,
        'text-size': ['interpolate', ['linear'], ['zoom'], 2, 10.5, 6, 15],
        'text-max-width': 8,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { ...halo(), 'text-color': token('map-label') },
    } as LayerSpecification,
  ];
}

const halo = () => ({ 'text-halo-color': token('map-halo'), 'text-halo-width': 1.3, 'text-color': token('map-label') });

const stops = (pairs: number[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...pairs] as unknown as ExpressionSpecification;

function fill(layer: string, color: string): LayerSpecification {
  return { id: layer, type: 'fill', source: 'base', 'source-layer': layer, paint: { 'fill-color': color } };
}

function line(layer: string, color: string, widths: number[], paint = {}): LayerSpecification {
  return {
    id: layer,
    type: 'line',
    source: 'base',
    'source-layer': layer,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': stops(widths), ...paint },
  };
}

function dots(layer: string): LayerSpecification {
  return {
    id: `${layer}-dots`,
    type: 'circle',
    source: layer,
    'source-layer': layer,
    paint: {
      'circle-radius': ['match', ['get', 'seat'], 3, 2.6, 2, 2.1, 1.5],
      'circle-color': token('map-land'),
      'circle-stroke-color': token('map-label'),
      'circle-stroke-width': 1,
    },
  };
}

function label(layer: string, font: string[], sizes: number[]): LayerSpecification {
  return {
    id: layer,
    type: 'symbol',
    source: layer,
    'source-layer': layer,
    layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': stops(sizes), 'text-max-width': 8 },
    paint: halo(),
  };
}
