/** A report's claims and events in one list, in the order of its text, and where each is found there. */

import type { Mark } from '../../lib/marks';
import { t } from '../../lib/i18n';
import type { Claim, EventRecord, ReportPage } from '../../lib/records';
import { typeName } from '../record/values';
import { anchorOfClaim, marksOfClaim, marksOfEvent } from './roles';

export type Entry = { id: string; at: number; name: string } & (
  { event: EventRecord; claim?: undefined } | { claim: Claim; event?: undefined }
);

/** In the order of the text; `at` is the code point that a record's number stands after. */
export function entriesOf({ claims, events }: Pick<ReportPage, 'claims' | 'events'>): Entry[] {
  const found: Entry[] = [];
  for (const claim of claims) {
    const span = anchorOfClaim(claim);
    const name = t('report.ref_claim', { id: claim.id, who: claim.source_is ?? t('record.unsaid') });
    if (span) found.push({ id: claim.id, at: span[1], name, claim });
  }
  for (const event of events) {
    const name = t('report.ref_event', { id: event.id, what: typeName(event.type) });
    found.push({ id: event.id, at: event.trigger[1], name, event });
  }
  return found.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

export interface Shown {
  claims: boolean;
  events: boolean;
  places: boolean;
  times: boolean;
}

/** The marks over the text, of the sorts that are to be seen. */
export function marksOf(page: ReportPage, shown: Shown): Mark[] {
  return [
    ...(shown.claims ? page.claims.flatMap(marksOfClaim) : []),
    ...(shown.events ? page.events.flatMap(marksOfEvent) : []),
    ...(shown.places ? spans('toponym', page.toponyms) : []),
    ...(shown.times ? spans('timex', page.times) : []),
  ];
}

const spans = (kind: string, list: readonly { span: [number, number] }[]): Mark[] =>
  list.map(({ span: [start, end] }, index) => ({ id: `${kind} ${index}`, kind, start, end }));
