/** Families of event types: each with a colour (Okabe and Ito 2008) and a shape, so that either is enough. */

export const FAMILIES = [
  {
    name: 'ground',
    shape: 'circle',
    types: ['clash', 'capture', 'advance', 'withdraw', 'siege', 'attack', 'deploy', 'disarm'],
  },
  {
    name: 'strikes',
    shape: 'triangle',
    types: ['air_strike', 'shelling', 'bombing', 'suicide_bombing', 'chemical_attack', 'destroy'],
  },
  {
    name: 'people',
    shape: 'diamond',
    types: ['casualties', 'abduct', 'sexual_violence', 'arrest', 'release'],
  },
  { name: 'moving', shape: 'cross', types: ['displace', 'aid'] },
  { name: 'street', shape: 'hexagon', types: ['protest', 'riot'] },
  {
    name: 'dealing',
    shape: 'drop',
    types: ['talk', 'agree', 'demand', 'threaten', 'accuse', 'reject', 'sanction', 'support', 'control'],
  },
] as const;

export type Family = (typeof FAMILIES)[number];
export type FamilyName = Family['name'];
export type Shape = Family['shape'];

export const EVENT_TYPES: readonly string[] = FAMILIES.flatMap((family) => [...family.types]);

/** Outlines in a box of 16 by 16, as an SVG path. */
export const OUTLINES: Record<Shape, string> = {
  circle: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z',
  triangle: 'M8 1.5L15 14H1z',
  diamond: 'M8 .8L15.2 8L8 15.2L.8 8z',
  cross: 'M5.6 1.5h4.8v4.1h4.1v4.8h-4.1v4.1H5.6v-4.1H1.5V5.6h4.1z',
  hexagon: 'M4.5 2h7L15 8l-3.5 6h-7L1 8z',
  drop: 'M8 1C10.5 5 13 7.5 13 10.2a5 5 0 0 1-10 0C3 7.5 5.5 5 8 1z',
};

const OF_TYPE = new Map<string, Family>(
  FAMILIES.flatMap((family) => family.types.map((type) => [type, family] as const)),
);

/** The family of an event type; types nobody knows are dealings. */
export function familyOf(type: string): Family {
  return OF_TYPE.get(type) ?? FAMILIES[5];
}
