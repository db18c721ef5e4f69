/** What a reading's claims and events rest on, as marks over the report's text. */

import type { Mark, Span } from '../../lib/marks';
import type { Claim, EventRecord } from '../../lib/records';

type Role =
  'content' | 'source' | 'cue' | 'trigger' | 'actor' | 'target' | 'place' | 'time' | 'killed' | 'wounded' | 'weapon';

// The colours of passages; roles that are not here have one by their own name.
const COLOURS: Partial<Record<string, string>> = {
  content: 'claim',
  trigger: 'event',
  cue: 'time',
  actor: 'source',
  target: 'source',
};

export type ClaimSpans = Pick<Claim, 'id' | 'source' | 'cue' | 'content'>;
export type EventSpans = Pick<
  EventRecord,
  'id' | 'trigger' | 'actors' | 'targets' | 'place' | 'time' | 'killed' | 'wounded' | 'weapon'
>;

/** A claim's marks: its source, its cue, and all of what is said. */
export function marksOfClaim({ id, source, cue, content }: ClaimSpans): Mark[] {
  return [...of(id, 'source', source), ...of(id, 'cue', cue), ...of(id, 'content', ...content)];
}

/** An event's marks: its trigger and whatever fills its roles. */
export function marksOfEvent(event: EventSpans): Mark[] {
  const { id } = event;
  return [
    ...of(id, 'trigger', event.trigger),
    ...of(id, 'actor', ...event.actors),
    ...of(id, 'target', ...event.targets),
    ...of(id, 'place', event.place),
    ...of(id, 'time', event.time),
    ...of(id, 'killed', event.killed),
    ...of(id, 'wounded', event.wounded),
    ...of(id, 'weapon', event.weapon),
  ];
}

/** The span by which a claim is found in the text: its cue, or where it has none its first words. */
export function anchorOfClaim({ cue, content }: ClaimSpans): Span | null {
  return cue ?? content[0] ?? null;
}

/** A role's mark in the colour that passages have for it. */
export function coloured(mark: Mark): Mark {
  return { ...mark, kind: COLOURS[mark.kind] ?? mark.kind };
}

function of(id: string, kind: Role, ...spans: (Span | null)[]): Mark[] {
  return spans.flatMap((span) => (span ? [{ id, kind, start: span[0], end: span[1] }] : []));
}
