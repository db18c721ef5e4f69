import { describe, expect, it } from 'vitest';
import { isoDay } from '../../lib/format';
import type { Holding } from '../../lib/records';
import { chartOf } from './bars';

const held = (actor: string | null, since: string | null, until: string | null, said: string | null): Holding =>
  ({ actor, since, until, said, status: 'holds', accounts: [], why: '' }) as unknown as Holding;

describe('chartOf', () => {
  it('gives each holder a row and each holding its days', () => {
    const chart = chartOf([
      held('Islamic State', '2016-06-06', null, '2016-06-09'),
      held('Syrian insurgents', '2016-06-01', '2016-06-05', '2016-06-05'),
      held('Syrian insurgents', '2016-06-10', '2016-06-10', '2016-06-10'),
    ]);
    expect(chart?.rows.map(({ actor, bars }) => [actor, bars.map(({ x, width }) => [x, width])])).toEqual([
      [
        'Syrian insurgents',
        [
          [0, 0.5],
          [0.9, 0.1],
        ],
      ],
      ['Islamic State', [[0.5, 0.4]]],
    ]);
  });

  it('knows a holding whose beginning is not told from the day it was said', () => {
    const chart = chartOf([held('A', '2016-06-01', '2016-06-10', null), held('B', null, null, '2016-06-10')]);
    expect(chart?.rows[1]?.bars[0]).toMatchObject({ x: 0.9, width: 0.1, openStart: true, openEnd: true });
  });

  it('begins where most is told when something is told of long ago', () => {
    const days = ['2016-06-06', '2016-06-07', '2016-06-08', '2016-06-09', '2016-06-10'];
    const chart = chartOf([
      held('A', '2014-01-01', '2014-01-01', null),
      ...days.map((day) => held('B', day, day, day)),
    ]);
    expect([chart?.first, chart?.last].map((day) => isoDay(day ?? 0))).toEqual(['2016-06-05', '2016-06-10']);
    expect(chart?.rows[0]?.bars[0]?.width).toBe(0);
  });

  it('draws nothing where no day is known', () => {
    expect(chartOf([held('A', null, null, null)])).toBeNull();
  });
});
