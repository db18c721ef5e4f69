/** What the desk answers for a record's page: the shapes of `src/sayso/desk/answers.py` and docs/reading.md. */

import type { Bounds } from '../../lib/format';
import type { Account, Dispute, Holding, Incident, Place, Side } from '../../lib/records';

export type Span = [start: number, end: number];
export type Codes = Record<string, string | number | null>;

export interface Claim {
  id: string;
  source: Span | null;
  source_is: string | null;
  source_id: string | null;
  cue: Span | null;
  content: Span[];
  via: string[];
  via_ids: (string | null)[];
  stance: string;
  within: string | null;
  score: number;
}

export interface EventRecord {
  id: string;
  type: string;
  trigger: Span;
  actors: Span[];
  actors_are: string[];
  actor_ids: (string | null)[];
  targets: Span[];
  targets_are: string[];
  target_ids: (string | null)[];
  place: Span | null;
  place_is: Place | null;
  time: Span | null;
  date: string | null;
  date_precision: number | null;
  date_bounds: [string | null, string | null] | null;
  date_why: string;
  killed: Span | null;
  killed_n: Bounds | null;
  wounded: Span | null;
  wounded_n: Bounds | null;
  weapon: Span | null;
  status: string;
  claim: string | null;
  incident: string | null;
  score: number;
  acled: Codes | null;
  plover: Codes | null;
  ucdp: Codes | null;
  codes_why: string;
}

export interface Toponym {
  span: Span;
  place: Place | null;
  why: string;
}

export interface Timex {
  span: Span;
  type: string;
  value: string | null;
  start: string | null;
  end: string | null;
  precision: number | null;
  anchor: string | null;
  why: string;
}

export interface Named {
  id: string;
  name: string;
  kind: string;
  why: string;
}

export interface Part {
  kind: string;
  start: number;
  end: number;
  score?: number;
  doubt?: boolean;
  why?: string;
  aside?: number | null;
}

export interface SetAside {
  kind: string;
  text: string;
}

export interface Received {
  where: string;
  how: string;
  media: string;
  digest: string;
  size: number;
  charset?: string | null;
  line?: number | null;
  entry?: string | null;
  record?: string | null;
  recorded?: string | null;
}

export interface Report {
  id: string;
  text: string;
  title: string | null;
  outlet: string | null;
  byline: string | null;
  published: string | null;
  language: string | null;
  url: string | null;
  parts: Part[];
  set_aside: SetAside[];
  known: Record<string, string>;
  notes: string[];
  received: Received | null;
}

export interface ReportHead {
  id: string;
  title: string | null;
  outlet: string | null;
  outlet_id: string | null;
  published: string | null;
  language: string | null;
  url: string | null;
}

export interface Passage {
  start: number;
  text: string;
}

export interface ReviewRow {
  id: string;
  decision: string;
  who: string;
  at: string;
  note: string;
  found: boolean;
}

export interface SharedPassage {
  here: Span;
  there: Span;
  here_words: string;
  there_words: string;
  words: number;
  kind: string;
  why: string;
}

export interface CopyOf {
  other: ReportHead;
  kind: string;
  how: string | null;
  first: 'this' | 'other' | 'common' | null;
  why: string;
  passages: SharedPassage[];
}

export interface CustodyLine {
  number: number;
  at: string;
  act: string;
  place: string | null;
  record: string | null;
  how: string | null;
  size: number | null;
  digest: string | null;
  reading: string | null;
  tool: string;
  note: string | null;
  previous: string;
  hash: string;
}

export interface ReportPage {
  id: string;
  state: 'read' | 'unreadable' | 'redacted';
  problem: string | null;
  report: Report | null;
  claims: Claim[];
  events: EventRecord[];
  toponyms: Toponym[];
  times: Timex[];
  actors: Named[];
  outlet_is: Named | null;
  notes: string[];
  incidents: Record<string, string>;
  copies: CopyOf[];
  copies_in_all: number;
  custody: CustodyLine[];
  reviews: ReviewRow[];
}

export interface ClaimRow {
  id: string;
  report: string;
  outlet: string | null;
  published: string | null;
  source: string | null;
  source_id: string | null;
  via: string;
  stance: string;
  content: string;
  within: string | null;
  score: number;
}

export interface EventRow {
  id: string;
  report: string;
  outlet: string | null;
  published: string | null;
  type: string;
  words: string;
  actors: string;
  targets: string;
  place: string | null;
  place_id: string | null;
  date: string | null;
  first_day: string | null;
  last_day: string | null;
  killed_low: number | null;
  killed_high: number | null;
  status: string;
  source: string | null;
}

export interface IncidentRow {
  id: string;
  type: string;
  status: string;
  actors: string[];
  targets: string[];
  place: Place | null;
  first: string | null;
  last: string | null;
  killed: Bounds | null;
  wounded: Bounds | null;
  accounts: number;
  reports: number;
  outlets: number;
  origins: number;
  independent: number;
  by_side: Partial<Record<Side, number>>;
  disputed: string[];
}

export interface ClaimPage extends Claim {
  report: ReportHead;
  passage: Passage;
  within_row: ClaimRow | null;
  event_rows: EventRow[];
  incidents: Record<string, string>;
  reviews: ReviewRow[];
}

export interface EventPage extends EventRecord {
  report: ReportHead;
  passage: Passage;
  claim_row: ClaimRow | null;
  incident_row: IncidentRow | null;
  reviews: ReviewRow[];
}

export interface CopyBetween {
  a: string;
  b: string;
  kind: string;
  first: string | null;
  why: string;
}

export interface IncidentPage extends Incident {
  asked: string;
  account_records: Account[];
  report_heads: Record<string, ReportHead>;
  copies: CopyBetween[];
  added: string | null;
  changed: string | null;
}

export interface PlacePage {
  id: string | null;
  name: string;
  country: string | null;
  admin1: string | null;
  lat: number | null;
  lon: number | null;
  level: string | null;
  events: number;
  names: string[];
  types: Record<string, number>;
  first: string | null;
  last: string | null;
  holdings: Holding[];
  at: string | null;
  held: Holding[];
  incident_rows: IncidentRow[];
  more_incidents: boolean;
}

export interface MonthSaid {
  month: string;
  claims: number;
}

export interface SourceSaid {
  name: string;
  id: string | null;
  claims: number;
  reports: number;
}

export interface SourcePage {
  id: string;
  name: string;
  source_id: string | null;
  kind: string | null;
  names: string[];
  claims: number;
  reports: number;
  outlets: number;
  first: string | null;
  last: string | null;
  months: MonthSaid[];
  stances: Record<string, number>;
  relayed: Record<string, number>;
  by_outlet: SourceSaid[];
  incidents: number;
  disputed: number;
  claim_rows: ClaimRow[];
  next: string | null;
}

export interface ActorPage {
  id: string | null;
  name: string;
  kind: string | null;
  names: string[];
  parents: Named[];
  as_actor: number;
  as_target: number;
  types: Record<string, number>;
  claims: number;
  first: string | null;
  last: string | null;
  incident_rows: IncidentRow[];
  more_incidents: boolean;
}

export interface ReportRow {
  id: string;
  title: string | null;
  outlet: string | null;
  published: string | null;
  language: string | null;
  words: number;
  claims: number;
  events: number;
}

export interface OutletPage {
  id: string | null;
  name: string;
  kind: string | null;
  country: string | null;
  names: string[];
  reports: number;
  claims: number;
  unnamed: number;
  first: string | null;
  last: string | null;
  months: MonthSaid[];
  sources: SourceSaid[];
  copied_from: Record<string, number>;
  copied_by: Record<string, number>;
  incidents: number;
  disputed: number;
  report_rows: ReportRow[];
  next: string | null;
}

export interface SearchRow {
  id: string;
  title: string | null;
  outlet: string | null;
  published: string | null;
  language: string | null;
  snippet: string;
  found: Span[];
}

export interface Table {
  heading: string[];
  rows: string[][];
}

export interface CardPart {
  title: string;
  blocks: (string | string[] | Table)[];
}

export interface About {
  version: string;
  reader: string;
  python: string;
  sqlite: string;
  ledger: string;
  licence: string;
  counts: Record<string, number>;
  card: CardPart[];
}

export type { Account, Dispute, Holding, Place };
