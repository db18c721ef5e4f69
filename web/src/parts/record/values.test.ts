import { describe, expect, it } from 'vitest';
import { coordinates, dayOf, inReport, moment, named, partsOf, placeName } from './values';

describe('values', () => {
  it('names a place within its province and country, each once', () => {
    expect(placeName({ name: 'Manbij', admin1: 'Aleppo', country: 'SY' })).toBe('Manbij, Aleppo, SY');
    expect(placeName({ name: 'Aleppo', admin1: 'Aleppo', country: null })).toBe('Aleppo');
  });

  it('writes degrees with their quarter', () => {
    expect(coordinates(36.52815, -1.5)).toBe('36.5281° N, 1.5000° W');
  });

  it('gives the date that is warranted, else the days possible', () => {
    expect(dayOf({ date: '2016-06-08', date_bounds: null })).toBe('2016-06-08');
    expect(dayOf({ date: '2016-06-08/2016-06-10', date_bounds: null })).toBe('2016-06-08 to 2016-06-10');
    expect(dayOf({ date: null, date_bounds: ['2016-06-01', '2016-06-08'] })).toBe('between 2016-06-01 and 2016-06-08');
    expect(dayOf({ date: null, date_bounds: [null, '2016-06-08'] })).toBe('until 2016-06-08');
    expect(dayOf({ date: null, date_bounds: null })).toBeNull();
  });

  it('keeps the zone of a moment', () => {
    expect(moment('2016-06-08T23:10:00+04:00')).toBe('2016-06-08 23:10 UTC+04:00');
    expect(moment('2016-06-08T17:42:00Z')).toBe('2016-06-08 17:42 UTC');
    expect(moment('2016-06')).toBe('2016-06');
  });

  it('leads from a record to its words in its report', () => {
    expect(partsOf('a/b#c#e3')).toEqual({ report: 'a/b#c', record: 'e3' });
    expect(inReport('sha256:ab', 'e3')).toBe('/report/sha256:ab#at-e3');
  });

  it('finds the reports that a reason names', () => {
    const why = 'the passage is also in fm-2016-06-03: 60% of both; see daily';
    expect(named(why, { 'fm-2016-06-03': 'Daily log' })).toEqual([
      { text: 'the passage is also in ', of: null, id: '' },
      { text: 'fm-2016-06-03', of: 'Daily log', id: 'fm-2016-06-03' },
      { text: ': 60% of both; see daily', of: null, id: '' },
    ]);
  });
});
