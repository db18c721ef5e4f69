/** A record being mended: the form's own copy of its fields, and what in it is other than the record says. */

import type { Bounds } from '../../lib/format';
import type { Span } from '../../lib/marks';
import type { Claim, EventRecord } from '../../lib/records';

/** Somebody with a part in an event: words of the text, who that is, and who in the register. */
export interface Party {
  span: Span;
  name: string;
  id: string | null;
}

/** A place as it is chosen: an entry of the gazetteer, or a point on the map. */
export interface Spot {
  id: string | null;
  name: string;
  lat: number;
  lon: number;
}

export interface EventDraft {
  kind: 'event';
  type: string;
  status: string;
  trigger: Span;
  actors: Party[];
  targets: Party[];
  place: Span | null;
  place_is: Spot | null;
  time: Span | null;
  date: string;
  killed: Span | null;
  killed_n: [string, string];
  wounded: Span | null;
  wounded_n: [string, string];
  weapon: Span | null;
  claim: string;
}

export interface ClaimDraft {
  kind: 'claim';
  source: Span | null;
  source_is: string;
  source_id: string | null;
  cue: Span | null;
  content: Span[];
  via: string;
  stance: string;
  within: string;
}

export type Draft = EventDraft | ClaimDraft;
export type Mend = Record<string, unknown>;

export function draftOfEvent(event: EventRecord): EventDraft {
  const place = event.place_is;
  return {
    kind: 'event',
    type: event.type,
    status: event.status,
    trigger: event.trigger,
    actors: parties(event.actors, event.actors_are, event.actor_ids),
    targets: parties(event.targets, event.targets_are, event.target_ids),
    place: event.place,
    place_is: place && {
      id: place.id.startsWith('point:') ? null : place.id,
      name: place.name,
      lat: place.lat,
      lon: place.lon,
    },
    time: event.time,
    date: event.date ?? '',
    killed: event.killed,
    killed_n: written(event.killed_n),
    wounded: event.wounded,
    wounded_n: written(event.wounded_n),
    weapon: event.weapon,
    claim: event.claim ?? '',
  };
}

export function draftOfClaim(claim: Claim): ClaimDraft {
  return {
    kind: 'claim',
    source: claim.source,
    source_is: claim.source_is ?? '',
    source_id: claim.source_id,
    cue: claim.cue,
    content: claim.content,
    via: claim.via.join('; '),
    stance: claim.stance,
    within: claim.within ?? '',
  };
}

/** The fields in which a draft differs from the record as it was read, as the desk takes them. */
export function mendOf(draft: Draft, event: EventRecord | null, claim: Claim | null): Mend {
  if (draft.kind === 'event') return event ? different(asEvent(draft), asEvent(draftOfEvent(event))) : {};
  return claim ? different(asClaim(draft), asClaim(draftOfClaim(claim))) : {};
}

/** What is wrong with a draft as far as the page can tell: names of fields. */
export function faults(draft: Draft): string[] {
  if (draft.kind === 'claim') return draft.content.length ? [] : ['content'];
  const found: string[] = [];
  if (draft.date && !/^\d{4}(-\d\d(-\d\d)?)?(\/\d{4}(-\d\d(-\d\d)?)?)?$/.test(draft.date.trim())) found.push('date');
  for (const name of ['killed_n', 'wounded_n'] as const) if (bounds(draft[name]) === undefined) found.push(name);
  if (draft.actors.some(({ name }) => !name.trim())) found.push('actors');
  if (draft.targets.some(({ name }) => !name.trim())) found.push('targets');
  return found;
}

function asEvent(draft: EventDraft): Mend {
  const { type, status, trigger, place, time, killed, wounded, weapon } = draft;
  return {
    ...{ type, status, trigger, place, time, killed, wounded, weapon },
    ...sides('actor', draft.actors),
    ...sides('target', draft.targets),
    place_is: draft.place_is && (draft.place_is.id ? { id: draft.place_is.id } : point(draft.place_is)),
    date: draft.date.trim() || null,
    killed_n: bounds(draft.killed_n) ?? null,
    wounded_n: bounds(draft.wounded_n) ?? null,
    claim: draft.claim || null,
  };
}

const point = ({ name, lat, lon }: Spot) => ({ name, lat, lon });

function asClaim(draft: ClaimDraft): Mend {
  const { source, cue, content, stance } = draft;
  const source_is = draft.source_is.trim() || null;
  const via = draft.via
    .split(';')
    .map((name) => name.trim())
    .filter(Boolean);
  return {
    source,
    source_is,
    source_id: source_is && draft.source_id,
    cue,
    content,
    via,
    stance,
    within: draft.within || null,
  };
}

function sides(side: 'actor' | 'target', of: readonly Party[]): Mend {
  return {
    [`${side}s`]: of.map(({ span }) => span),
    [`${side}s_are`]: of.map(({ name }) => name.trim()),
    [`${side}_ids`]: of.map(({ id }) => id),
  };
}

const TOGETHER = [
  ['actors', 'actors_are', 'actor_ids'],
  ['targets', 'targets_are', 'target_ids'],
  ['source_is', 'source_id'],
];

function different(now: Mend, then: Mend): Mend {
  const changed = new Set(Object.keys(now).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(then[name])));
  for (const names of TOGETHER)
    if (names.some((name) => changed.has(name))) for (const name of names) if (name in now) changed.add(name);
  if (changed.has('via')) now = { ...now, via_ids: (now['via'] as string[]).map(() => null) };
  if (changed.has('via')) changed.add('via_ids');
  return Object.fromEntries([...changed].map((name) => [name, now[name]]));
}

function parties(spans: readonly Span[], names: readonly string[], ids: readonly (string | null)[]): Party[] {
  return spans.map((span, index) => ({ span, name: names[index] ?? '', id: ids[index] ?? null }));
}

const written = (of: Bounds | null): [string, string] => [String(of?.[0] ?? ''), String(of?.[1] ?? '')];

/** Two boxes as bounds; null: both are empty; undefined: no numbers, or the wrong way round. */
function bounds([low, high]: readonly [string, string]): Bounds | null | undefined {
  const [first, last] = [low, high].map((text) => (String(text).trim() === '' ? null : Number(text)));
  if (first === null && last === null) return null;
  for (const one of [first, last])
    if (one !== null && one !== undefined && (!Number.isInteger(one) || one < 0)) return undefined;
  if (first !== null && last !== null && (first as number) > (last as number)) return undefined;
  return [first ?? null, last ?? null];
}
