import { expect, test } from 'vitest';
import type { Claim, EventRecord } from '../../lib/records';
import { draftOfClaim, draftOfEvent, faults, mendOf } from './draft';

const EVENT = {
  id: 'e1', type: 'shelling', status: 'happened', trigger: [9, 16], actors: [[4, 8]], actors_are: ['army'],
  actor_ids: ['syrian-arab-army'], targets: [], targets_are: [], target_ids: [], place: [17, 23],
  place_is: { id: 'geonames:1', name: 'Manbij', lat: 36.5, lon: 37.9 }, time: null, date: '2016-06-08', killed: null,
  killed_n: [3, null], wounded: null, wounded_n: null, weapon: null, claim: 'c1',
} as unknown as EventRecord; // prettier-ignore
const CLAIM = {
  id: 'c1', source: [50, 58], source_is: 'Abu Omar', source_id: null, cue: [59, 63], content: [[0, 48]], via: ['SANA'],
  via_ids: ['sana'], stance: 'affirms', within: null,
} as unknown as Claim; // prettier-ignore

test('a draft that nobody touched mends nothing', () => {
  expect(mendOf(draftOfEvent(EVENT), EVENT, null)).toEqual({});
  expect(mendOf(draftOfClaim(CLAIM), null, CLAIM)).toEqual({});
});

test('only what was changed is sent, and what belongs together with it', () => {
  const draft = {
    ...draftOfEvent(EVENT),
    status: 'possible',
    date: ' 2016-06 ',
    killed_n: ['3', '5'] as [string, string],
  };
  expect(mendOf(draft, EVENT, null)).toEqual({ status: 'possible', date: '2016-06', killed_n: [3, 5] });
  const other = { ...draftOfEvent(EVENT), actors: [{ span: [4, 8] as [number, number], name: 'rebels', id: null }] };
  expect(mendOf(other, EVENT, null)).toEqual({ actors: [[4, 8]], actors_are: ['rebels'], actor_ids: [null] });
});

test('a place is an entry or a point', () => {
  const draft = draftOfEvent(EVENT);
  const spot = { id: null, name: 'the mill', lat: 1, lon: 2 };
  expect(mendOf({ ...draft, place_is: spot }, EVENT, null)).toEqual({ place_is: { name: 'the mill', lat: 1, lon: 2 } });
  expect(mendOf({ ...draft, place_is: null, place: null }, EVENT, null)).toEqual({ place_is: null, place: null });
});

test('a claim may lose its source and get other relays', () => {
  const draft = { ...draftOfClaim(CLAIM), source: null, source_is: ' ', via: 'Reuters; AFP' };
  expect(mendOf(draft, null, CLAIM)).toEqual({
    source: null,
    source_is: null,
    source_id: null,
    via: ['Reuters', 'AFP'],
    via_ids: [null, null],
  });
});

test('what cannot be is told before it is sent', () => {
  const draft = draftOfEvent(EVENT);
  expect(faults(draft)).toEqual([]);
  expect(faults({ ...draft, date: 'June', killed_n: ['5', '3'], wounded_n: ['x', ''] })).toEqual([
    'date',
    'killed_n',
    'wounded_n',
  ]);
  expect(faults({ ...draftOfClaim(CLAIM), content: [] })).toEqual(['content']);
});
