/** Records as the desk sends them: the same fields as `src/sayso/records/`. */

import type { Bounds } from './format';

export type Side = 'state' | 'party' | 'monitor' | 'agency' | 'outlet' | 'witness' | 'unnamed' | 'other';

export interface Place {
  id: string;
  name: string;
  country: string | null;
  admin1: string | null;
  lat: number;
  lon: number;
  level: 'site' | 'town' | 'district' | 'province' | 'country' | 'region';
  precision: number;
  candidates: number;
  geonameid: number | null;
  why: string;
}

export interface Voice {
  name: string;
  id: string | null;
  side: Side;
  named: boolean;
}

export interface Account {
  key: string;
  report: string;
  event: string;
  incident: string;
  type: string;
  status: string;
  stance: string | null;
  actors: string[];
  actor_ids: (string | null)[];
  targets: string[];
  target_ids: (string | null)[];
  place: Place | null;
  place_words: string | null;
  first: string | null;
  last: string | null;
  date_precision: number | null;
  killed: Bounds | null;
  wounded: Bounds | null;
  weapon: string | null;
  words: string;
  start: number;
  end: number;
  trigger: [number, number];
  chain: Voice[];
  published: string | null;
  title: string | null;
  url: string | null;
  score: number;
}

export interface Origin {
  voice: Voice;
  accounts: string[];
  chains: string[][];
  independent: boolean;
  why: string;
  denies: boolean;
}

export interface DisputeSide {
  says: string;
  accounts: string[];
  words: string[];
  voices: string[];
}

export interface Dispute {
  id: string;
  kind: 'happened' | 'number' | 'actor' | 'holder';
  about: string;
  sides: DisputeSide[];
  why: string;
}

export interface Incident {
  id: string;
  type: string;
  status: string;
  actors: string[];
  actor_ids: (string | null)[];
  targets: string[];
  target_ids: (string | null)[];
  place: Place | null;
  first: string | null;
  last: string | null;
  date_precision: number | null;
  killed: Bounds | null;
  wounded: Bounds | null;
  accounts: string[];
  reports: string[];
  outlets: string[];
  origins: Origin[];
  independent: number;
  by_side: Partial<Record<Side, number>>;
  disputes: Dispute[];
  how: Record<string, string>;
  why: string;
  acled: Record<string, string> | null;
  plover: Record<string, string> | null;
  ucdp: Record<string, number | null> | null;
}

export interface Holding {
  place: Place;
  actor: string | null;
  actor_id: string | null;
  status: 'holds' | 'contested' | 'besieged' | 'claimed by one side' | 'unknown';
  since: string | null;
  until: string | null;
  said: string | null;
  accounts: string[];
  why: string;
}
