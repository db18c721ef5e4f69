import { describe, expect, it } from 'vitest';
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

  it('draws nothing where no day is known', () => {
    expect(chartOf([held('A', null, null, null)])).toBeNull();
  });
});
