import { describe, expect, it } from 'vitest';
import { filled } from './months';

describe('filled', () => {
  it('gives the months in between a place', () => {
    const counts = [
      { month: '2015-11', n: 2 },
      { month: '2016-02', n: 1 },
      { month: '', n: 4 },
    ];
    expect(filled(counts)).toEqual({
      bars: [
        { month: '2015-11', n: 2 },
        { month: '2015-12', n: 0 },
        { month: '2016-01', n: 0 },
        { month: '2016-02', n: 1 },
      ],
      unknown: 4,
      by: 'month',
    });
  });

  it('tells a long time by year', () => {
    const { bars, by } = filled([
      { month: '1990-03', n: 1 },
      { month: '1990-07', n: 1 },
      { month: '2016-06', n: 5 },
    ]);
    expect([by, bars]).toEqual([
      'year',
      [
        { month: '1990', n: 2 },
        { month: '2016', n: 5 },
      ],
    ]);
  });

  it('is empty of nothing', () => {
    expect(filled([])).toEqual({ bars: [], unknown: 0, by: 'month' });
  });
});
