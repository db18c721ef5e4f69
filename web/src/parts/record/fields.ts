/** The fields of an event or claim, each with the words it rests on, what they are taken to mean, and why. */

import { range, type Bounds } from '../../lib/format';
import { t, tOf, type MessageKey } from '../../lib/i18n';
import type { Span } from '../../lib/marks';
import type { Claim, EventRecord, Place } from '../../lib/records';
import type { RecordKind } from '../../lib/router';
import { codes, coordinates, dayOf, placeName, typeName } from './values';

export interface Field {
  label: MessageKey;
  /** The words as published. */
  written: readonly string[];
  /** What they stand for; `id` of a record of that kind. */
  means: readonly { name: string; kind?: RecordKind; id?: string | null }[];
  /** A value that is told in our own words. */
  value?: string | null;
  note?: string | null;
  why?: string | null;
}

/** The words of a span; null where they are not at hand. */
type Quote = (span: Span) => string | null;

/** What an event says, in the order people ask: what, who, whom, where, when, how many, with what, how sure. */
export function eventFields(event: Omit<EventRecord, 'incident'>, quote: Quote): Field[] {
  const written = (...spans: (Span | null)[]) => wordsOf(spans, quote);
  const fields: Field[] = [
    {
      label: 'field.what',
      written: written(event.trigger),
      means: [],
      value: `${typeName(event.type)}, ${tOf('status', event.status)}`,
    },
    { label: 'field.who', written: written(...event.actors), means: actors(event.actors_are, event.actor_ids) },
    { label: 'field.whom', written: written(...event.targets), means: actors(event.targets_are, event.target_ids) },
    placeField(written(event.place), event.place_is),
    {
      label: 'field.when',
      written: written(event.time),
      means: [],
      value: dayOf(event),
      note: datePrecision(event.date_precision),
      why: event.date_why,
    },
    numberField('field.killed', written(event.killed), event.killed_n),
    numberField('field.wounded', written(event.wounded), event.wounded_n),
    { label: 'field.weapon', written: written(event.weapon), means: [] },
    ...codeFields(event),
  ];
  return fields.filter(isSaid);
}

/** What a claim is made of: who says it, through whom, by which words. */
export function claimFields(claim: Claim, quote: Quote): Field[] {
  const source = claim.source_is
    ? [{ name: claim.source_is, kind: 'source' as const, id: claim.source_id ?? claim.source_is }]
    : [];
  const fields: Field[] = [
    {
      label: 'field.source',
      written: wordsOf([claim.source], quote),
      means: source,
      value: claim.source_is ? null : t('record.unsaid'),
    },
    {
      label: 'field.via',
      written: [],
      means: claim.via.map((name, index) => ({ name, kind: 'source' as const, id: claim.via_ids[index] ?? name })),
    },
    { label: 'field.cue', written: wordsOf([claim.cue], quote), means: [] },
    { label: 'field.stance', written: [], means: [], value: tOf('stance', claim.stance) },
    { label: 'field.content', written: wordsOf(claim.content, quote), means: [] },
  ];
  return fields.filter(isSaid);
}

function codeFields(event: Pick<EventRecord, 'acled' | 'plover' | 'ucdp' | 'codes_why'>): Field[] {
  const kind = event.ucdp?.['type_of_violence'];
  const said = [
    ['field.acled', codes(event.acled)],
    ['field.plover', codes(event.plover)],
    ['field.ucdp', kind ? t('field.violence', { kind }) : null],
  ] as const;
  return said.map(([label, value], index) => ({
    label,
    written: [],
    means: [],
    value,
    why: index === 0 ? event.codes_why : null,
  }));
}

function placeField(written: string[], place: Place | null): Field {
  const field: Field = { label: 'field.where', written, means: [] };
  if (!place) return field;
  return {
    ...field,
    means: [{ name: placeName(place), kind: 'place', id: place.id }],
    note: `${coordinates(place.lat, place.lon)}; ${placePrecision(place.precision)}`,
    why: place.why,
  };
}

function numberField(label: MessageKey, written: string[], bounds: Bounds | null): Field {
  return { label, written, means: [], value: range(bounds) };
}

const actors = (names: readonly string[], ids: readonly (string | null)[]) =>
  names.map((name, index) => ({ name, kind: 'actor' as const, id: ids[index] ?? name }));

const wordsOf = (spans: readonly (Span | null)[], quote: Quote): string[] =>
  spans.flatMap((span) => (span ? (quote(span) ?? []) : []));

const isSaid = (field: Field) => field.written.length > 0 || field.means.length > 0 || Boolean(field.value);

/** How surely a place is known, in UCDP's terms. */
export const placePrecision = (precision: number): string => tOf('where_prec', String(precision));

/** How surely a day is known, in UCDP's terms. */
export const datePrecision = (precision: number | null): string | null =>
  precision === null ? null : tOf('date_prec', String(precision));
