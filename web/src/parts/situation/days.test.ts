import { expect, test } from 'vitest';
import { dayNumber, isoDay } from '../../lib/format';
import { binsOf, bulkOf, daysOf, endOfBin, filtersOf, finest, moved, played, stretched } from './days';

const day = (iso: string) => dayNumber(iso) as number;
const june = { from: day('2016-06-01'), to: day('2016-06-30') };
const shown = (days: { from: number; to: number } | null) => days && [isoDay(days.from), isoDay(days.to)];

test('the query string names the days, by month and year too', () => {
  expect(shown(daysOf('2016-06-08', '2016-06-10', june))).toEqual(['2016-06-08', '2016-06-10']);
  expect(shown(daysOf('2016-06', null, june))).toEqual(['2016-06-01', '2016-06-30']);
  expect(shown(daysOf('2015', '2016-02', june))).toEqual(['2015-01-01', '2016-02-29']);
  expect(daysOf(null, null, june)).toBeNull();
});

test('all days are no filter', () => {
  expect(filtersOf(june, june)).toEqual({ since: undefined, until: undefined });
  expect(filtersOf({ from: june.from, to: june.from + 6 }, june)).toEqual({ since: '2016-06-01', until: '2016-06-07' });
});

test('a stretch moves whole, and stops at the ends', () => {
  const week = { from: june.from, to: june.from + 6 };
  expect(shown(moved(week, 7, june))).toEqual(['2016-06-08', '2016-06-14']);
  expect(shown(moved(week, 90, june))).toEqual(['2016-06-24', '2016-06-30']);
  expect(shown(moved(week, -1, june))).toEqual(['2016-06-01', '2016-06-07']);
});

test('playing begins again after the last day', () => {
  const last = { from: june.to - 6, to: june.to };
  expect(shown(played(last, 1, june))).toEqual(['2016-06-01', '2016-06-07']);
});

test('one end does not pass the other', () => {
  const week = { from: june.from + 7, to: june.from + 13 };
  expect(shown(stretched(week, 'from', june.to, june))).toEqual(['2016-06-14', '2016-06-14']);
  expect(shown(stretched(week, 'to', june.from - 5, june))).toEqual(['2016-06-08', '2016-06-08']);
});

test('bars are as wide as can be told apart', () => {
  expect(finest(june)).toBe('day');
  expect(finest({ from: 0, to: 5_000 })).toBe('month');
  expect(isoDay(endOfBin(day('2016-02-01'), 'month'))).toBe('2016-03-01');
});

test('a stray date of years ago does not stretch the chart', () => {
  const bins = [
    { start: '2014-01-01', n: 1 },
    { start: '2016-05-01', n: 40 },
    { start: '2016-06-01', n: 60 },
  ];
  const bulk = bulkOf(bins, 'month');
  expect(shown(bulk?.days ?? null)).toEqual(['2016-05-01', '2016-06-30']);
  expect(bulk?.outside).toBe(1);
  expect(bulkOf(bins.slice(1), 'month')).toBeNull();
});

test('what is dated only by month is counted by month and not by day', () => {
  const found = [
    { first: day('2016-06-09'), last: day('2016-06-09'), type: 'clash' },
    { first: day('2016-06-12'), last: day('2016-06-12'), type: 'aid' },
    { first: day('2016-06-01'), last: day('2016-06-30'), type: 'clash' },
    { first: 2_000_000, last: -2_000_000, type: 'clash' },
  ];
  expect(binsOf(found, 'month')).toEqual({
    rows: [{ start: '2016-06-01', n: 3, types: { clash: 2, aid: 1 } }],
    wider: 1,
  });
  expect(binsOf(found, 'week').rows).toEqual([{ start: '2016-06-06', n: 2, types: { clash: 1, aid: 1 } }]);
  expect(binsOf(found, 'day', { from: day('2016-06-10'), to: day('2016-06-20') })).toEqual({
    rows: [{ start: '2016-06-12', n: 1, types: { aid: 1 } }],
    wider: 2,
  });
});
