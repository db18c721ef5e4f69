import { expect, test } from 'vitest';
import { clustersOf } from './clusters';
import { boundsOf, counted, degrees, pointsOf, unitSquare, type Told } from './points';

const RAQQA = [39.008, 35.953] as const;
const TABQA = [38.548, 35.836] as const;

function incident(id: string, [lon, lat]: readonly [number, number], told: Partial<Told> = {}) {
  const properties: Told = {
    type: 'clash',
    status: 'happened',
    place: 'Raqqa',
    place_id: null,
    first_day: '2016-06-09',
    last_day: '2016-06-09',
    ...told,
  };
  return { type: 'Feature' as const, id, geometry: { type: 'Point' as const, coordinates: [lon, lat] }, properties };
}

const points = (...features: ReturnType<typeof incident>[]) =>
  pointsOf({ type: 'FeatureCollection', features }, '2026-11-22');
const day = (n: number) => ({ from: 16961 + n, to: 16961 + n }); // 16961: 2016-06-09

test('two towns are one cluster from afar, and two marks from near', () => {
  const found = points(incident('a', RAQQA), incident('b', TABQA));
  expect(clustersOf(found, null, 4).map((cluster) => cluster.members)).toEqual([[0, 1]]);
  expect(clustersOf(found, null, 9)).toHaveLength(2);
});

test('what happened on one spot stays one cluster however near', () => {
  const [cluster] = clustersOf(points(incident('a', RAQQA), incident('b', RAQQA, { type: 'aid' })), null, 16);
  expect(cluster).toMatchObject({ members: [0, 1], oneSpot: true });
});

test('time takes in what may have happened then; what has no day is in no stretch of days', () => {
  const found = points(
    incident('day', RAQQA),
    incident('month', RAQQA, { first_day: '2016-06-01', last_day: '2016-06-30' }),
    incident('unknown', RAQQA, { first_day: null, last_day: null }),
  );
  const ids = (n: number) => clustersOf(found, day(n), 5).flatMap(({ members }) => members.map((i) => found.ids[i]));
  expect(ids(0)).toEqual(['day', 'month']);
  expect(ids(3)).toEqual(['month']);
  expect(clustersOf(found, null, 5)[0]?.members).toHaveLength(3);
});

test('a province’s middle is not taken for the town beside it', () => {
  const found = points(incident('town', RAQQA), incident('province', RAQQA, { level: 'province' }));
  expect(clustersOf(found, null, 5).map((cluster) => cluster.wide)).toEqual([false, true]);
});

test('disputed and new are counted', () => {
  const [cluster] = clustersOf(
    points(incident('a', RAQQA, { disputes: 2, added: '2026-11-22T05:00:00Z' }), incident('b', RAQQA)),
    null,
    5,
  );
  expect(cluster).toMatchObject({ disputed: 1, fresh: 1 });
});

test('degrees go to the square and back', () => {
  const [x, y] = unitSquare(...RAQQA);
  expect(degrees(x, y)).toEqual([expect.closeTo(39.008), expect.closeTo(35.953)]);
  expect(boundsOf(points(incident('a', RAQQA)))?.map((edge) => Number(edge.toFixed(3)))).toEqual([
    39.008, 35.953, 39.008, 35.953,
  ]);
});

test('families are counted with those that have no place, but not in a section of the map', () => {
  const found = points(incident('a', RAQQA), { ...incident('b', TABQA, { type: 'aid' }), geometry: null as never });
  expect(counted(found, null, null)).toEqual([1, 0, 0, 1, 0, 0]);
  expect(counted(found, day(0), [39, 35.5, 39.5, 36.5])).toEqual([1, 0, 0, 0, 0, 0]);
  expect(counted(found, day(0), [38, 35.5, 38.9, 36.5])).toEqual([0, 0, 0, 0, 0, 0]);
});
