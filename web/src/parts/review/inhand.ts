/** The marks of a record in hand, or of its draft, each under a name of its own. */

import type { Mark, Span } from '../../lib/marks';
import type { Claim, EventRecord } from '../../lib/records';
import { coloured, marksOfClaim, marksOfEvent } from '../report/roles';
import type { Draft } from './draft';

export function marksOf(event: EventRecord | null, claim: Claim | null): Mark[] {
  return [...(claim ? marksOfClaim(claim) : []), ...(event ? marksOfEvent(event) : [])].map(named);
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
    .flatMap(({ kind, span }) => (span ? [named({ id: kind, kind, start: span[0], end: span[1] })] : []));
}

const named = (mark: Mark): Mark => ({ ...coloured(mark), id: `${mark.kind} ${mark.start}` });
