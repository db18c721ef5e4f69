/** The marks of a record in hand: roles by the colours that the page has for them. */

import type { Mark, Span } from '../../lib/marks';
import type { Claim, EventRecord } from '../../lib/records';
import { marksOfClaim, marksOfEvent } from '../report/marks';
import type { Draft } from './draft';

const KINDS: Record<string, string> = {
  content: 'claim',
  trigger: 'event',
  cue: 'time',
  actor: 'source',
  target: 'source',
};

export function marksOf(event: EventRecord | null, claim: Claim | null): Mark[] {
  return [...(claim ? marksOfClaim(claim) : []), ...(event ? marksOfEvent(event) : [])].map(coloured);
}

export function marksOfDraft(draft: Draft): Mark[] {
  const roles: [role: string, spans: readonly (Span | null)[]][] =
    draft.kind === 'claim'
      ? [
          ['source', [draft.source]],
          ['cue', [draft.cue]],
          ['content', draft.content],
        ]
      : [
          ['trigger', [draft.trigger]],
          ['actor', draft.actors.map(({ span }) => span)],
          ['target', draft.targets.map(({ span }) => span)],
          ['place', [draft.place]],
          ['time', [draft.time, draft.killed, draft.wounded, draft.weapon]],
        ];
  return roles
    .flatMap(([kind, spans]) => spans.map((span) => ({ kind, span })))
    .flatMap(({ kind, span }) => (span ? [coloured({ id: kind, kind, start: span[0], end: span[1] })] : []));
}

const coloured = (mark: Mark): Mark => ({
  ...mark,
  id: `${mark.kind} ${mark.start}`,
  kind: KINDS[mark.kind] ?? mark.kind,
});
