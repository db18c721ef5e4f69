/** PMTiles: the packaged base, and files of the reader's own, which are read from disk and sent nowhere. */

import { addProtocol, type LayerSpecification, type Map as GlMap } from 'maplibre-gl';
import { FileSource, PMTiles, Protocol, TileType } from 'pmtiles';
import { ABOVE_CONTROL, token } from './base';

let protocol: Protocol | null = null;

/** Teach MapLibre to read PMTiles. */
export function knowPmtiles(): Protocol {
  if (!protocol) {
    protocol = new Protocol();
    addProtocol('pmtiles', protocol.tile);
  }
  return protocol;
}

const PREFIX = 'own-';

/** Lay a reader's own map over the base. The name of the file stands for its source; an error says why it cannot be. */
export async function layOver(map: GlMap, file: File): Promise<string> {
  const tiles = new PMTiles(new FileSource(file));
  const header = await tiles.getHeader();
  knowPmtiles().add(tiles);
  const id = PREFIX + file.name;
  takeOff(map, id);
  const url = `pmtiles://${file.name}`;
  if (header.tileType === TileType.Mvt) {
    map.addSource(id, { type: 'vector', url });
    const about = (await tiles.getMetadata()) as { vector_layers?: { id: string }[] };
    for (const { id: name } of about.vector_layers ?? []) {
      for (const layer of layersOf(id, name)) map.addLayer(layer, ABOVE_CONTROL);
    }
  } else {
    map.addSource(id, { type: 'raster', url, tileSize: 256 });
    map.addLayer({ id, type: 'raster', source: id }, ABOVE_CONTROL);
  }
  return id;
}

/** Take a reader's own map off again. */
export function takeOff(map: GlMap, id: string): void {
  if (!map.getSource(id)) return;
  for (const layer of map.getStyle().layers) if ('source' in layer && layer.source === id) map.removeLayer(layer.id);
  map.removeSource(id);
}

/** Nothing is known of the file's layers but their names: shapes are tinted, lines drawn, points dotted. */
function layersOf(source: string, name: string): LayerSpecification[] {
  const common = { source, 'source-layer': name };
  const kind = (type: string): ['==', ['geometry-type'], string] => ['==', ['geometry-type'], type];
  return [
    {
      ...common,
      id: `${source}/${name}/fill`,
      type: 'fill',
      filter: kind('Polygon'),
      paint: { 'fill-color': token('map-label'), 'fill-opacity': 0.06 },
    },
    {
      ...common,
      id: `${source}/${name}/line`,
      type: 'line',
      filter: ['!=', ['geometry-type'], 'Point'],
      paint: { 'line-color': token('map-border'), 'line-width': 0.7 },
    },
    {
      ...common,
      id: `${source}/${name}/point`,
      type: 'circle',
      filter: kind('Point'),
      paint: { 'circle-radius': 1.5, 'circle-color': token('map-border') },
    },
  ];
}
