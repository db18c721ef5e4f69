/** What the review's addresses answer: the schemas of `web/openapi.json`, and the orders the page asks in. */

import type { Schemas } from '../../lib/records';

export type ActorFound = Schemas['ActorFound'];
export type Agreement = Schemas['Agreement'];
export type Agreements = Schemas['Agreements'];
export type ClaimHead = Schemas['ClaimHead'];
export type Decided = Schemas['Decided'];
export type PlaceFound = Schemas['PlaceFound'];
export type QueueItem = Schemas['QueueItem'];
export type ReviewItem = Schemas['ReviewItem'];
export type Kind = QueueItem['kind'];
export type Decision = Schemas['Deciding']['decision'];
export type Reason = QueueItem['why'][number];
export type Progress = Omit<Schemas['Progress'], 'kinds'> & { kinds: Record<Kind, Schemas['KindCounts']> };

export const KINDS: readonly Kind[] = ['event', 'claim', 'incident'];
export const SHOWS = ['open', 'skipped', 'mine', 'decided', 'once', 'agreed', 'disagreed', 'settled', 'all'] as const;
