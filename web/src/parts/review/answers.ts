/** What the review's addresses answer: the shapes of `src/sayso/desk/review_answers.py`. */

import type { components } from '../../lib/openapi';
import type { Account } from '../../lib/records';
import type { Claim, EventRecord, Passage, ReportHead } from '../record/answers';

export type IncidentRow = components['schemas']['IncidentRow'];
export type Kind = 'event' | 'claim' | 'incident';
export type Standing = 'open' | 'once' | 'agreed' | 'disagreed' | 'settled';
export type Decision = 'accept' | 'reject' | 'mend' | 'unsure' | 'skip' | 'note';
export type Reason = [name: string, n: number | null];

export const KINDS: readonly Kind[] = ['event', 'claim', 'incident'];
export const SHOWS = ['open', 'skipped', 'mine', 'decided', 'once', 'agreed', 'disagreed', 'settled', 'all'] as const;

export interface QueueItem {
  id: string;
  kind: Kind;
  weight: number;
  why: Reason[];
  standing: Standing;
  decision: string | null;
  mine: string | null;
  type: string | null;
  stance: string | null;
  record_status: string | null;
  words: string;
  actors: string;
  targets: string;
  place: string | null;
  first: string | null;
  last: string | null;
  source: string | null;
  outlet: string | null;
  published: string | null;
  reports: number;
}

export interface Decided {
  number: number;
  id: string;
  decision: string;
  who: string;
  at: string;
  note: string;
  mend: Record<string, unknown> | null;
  undoes: number | null;
  live: boolean;
  blind: boolean;
  found: boolean;
}

export interface ClaimHead {
  id: string;
  source: string | null;
  stance: string;
  words: string;
}

export interface Joined {
  number: number;
  kind: 'merge' | 'split' | 'undo';
  undoes: number | null;
  incidents: string[];
  who: string;
  at: string;
  note: string;
  live: boolean;
}

export interface ReviewItem {
  id: string;
  kind: Kind;
  weight: number;
  why: Reason[];
  standing: Standing;
  decision: string | null;
  mine: string | null;
  coders: number;
  decisions: Decided[];
  hidden: number;
  seen: number;
  report: ReportHead | null;
  passage: Passage | null;
  event: EventRecord | null;
  event_now: EventRecord | null;
  claim: Claim | null;
  claim_now: Claim | null;
  claims: ClaimHead[];
  incident: IncidentRow | null;
  accounts: Account[];
  near: IncidentRow[];
  joined: Joined[];
}

export type Counts = Record<'all' | 'once' | 'agreed' | 'disagreed' | 'settled', number>;

export interface Progress {
  coders: number;
  who: string | null;
  kinds: Record<Kind, Counts>;
  by: { who: string; decided: number; skipped: number; last: string }[];
  waiting: number;
}

export interface Agreement {
  field: string;
  n: number;
  percent: number | null;
  kappa: number | null;
  alpha: number | null;
}

export interface Agreements {
  coders: string[];
  records: number;
  fields: Agreement[];
  pairs: { coders: string[]; records: number; fields: Agreement[] }[];
}

export interface PlaceFound {
  id: string;
  name: string;
  country: string | null;
  admin1: string | null;
  lat: number;
  lon: number;
  level: string;
  population: number;
  km: number | null;
}

export interface ActorFound {
  id: string;
  name: string;
  kind: string;
  known_as: string;
  country: string | null;
}
