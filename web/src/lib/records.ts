/** Records and pages as the desk sends them: the schemas of `web/openapi.json`, by the names the page has for them. */

import type { components } from './openapi';

export type Schemas = components['schemas'];

export type EventRecord = Schemas['Event'];
export type ReviewRow = Schemas['Review'];
export type Side = Schemas['Voice']['side'];

export type About = Schemas['About'];
export type Account = Schemas['Account'];
export type ActorPage = Schemas['ActorPage'];
export type Claim = Schemas['Claim'];
export type ClaimPage = Schemas['ClaimPage'];
export type ClaimRow = Schemas['ClaimRow'];
export type CopyOf = Schemas['CopyOf'];
export type CustodyLine = Schemas['CustodyLine'];
export type Dispute = Schemas['Dispute'];
export type DisputeSide = Schemas['DisputeSide'];
export type EventPage = Schemas['EventPage'];
export type EventRow = Schemas['EventRow'];
export type Holding = Schemas['Holding'];
export type Incident = Schemas['Incident'];
export type IncidentPage = Schemas['IncidentPage'];
export type IncidentRow = Schemas['IncidentRow'];
export type Named = Schemas['Named'];
export type Origin = Schemas['Origin'];
export type OutletPage = Schemas['OutletPage'];
export type Part = Schemas['Part'];
export type Passage = Schemas['Passage'];
export type Place = Schemas['Place'];
export type PlacePage = Schemas['PlacePage'];
export type Report = Schemas['Report'];
export type ReportHead = Schemas['ReportHead'];
export type ReportPage = Schemas['ReportPage'];
export type ReportRow = Schemas['ReportRow'];
export type SearchRow = Schemas['SearchRow'];
export type SourcePage = Schemas['SourcePage'];
export type Table = Schemas['Table'];
export type Timex = Schemas['Timex'];
export type Toponym = Schemas['Toponym'];
