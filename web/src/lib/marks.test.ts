import { describe, expect, test } from 'vitest';
import { clipped, lengthOf, nameOfControl, pieces, plain, quoted } from './marks';

describe('spans count code points', () => {
  test('a span after an emoji points at the words that the ledger means', () => {
    expect(quoted('🚨 Shelling of Marea', [2, 10])).toBe('Shelling');
    expect(lengthOf('🚨 قصف')).toBe(5);
    expect(clipped('🚨🚨🚨', 2)).toBe('🚨🚨…');
  });

  test('overlapping marks cut the text, and the pieces together are the text', () => {
    const claim = { id: 'c1', kind: 'claim', start: 0, end: 14 };
    const event = { id: 'e1', kind: 'event', start: 5, end: 18 };
    const found = pieces('SANA said 🚨 jets', [claim, event]);
    expect(found.map((piece) => piece.text).join('')).toBe('SANA said 🚨 jets');
    expect(found.map((piece) => [piece.text, piece.marks.map((mark) => mark.id)])).toEqual([
      ['SANA ', ['c1']],
      ['said 🚨 je', ['c1', 'e1']],
      ['ts', ['e1']],
    ]);
  });

  test('a paragraph of a longer text keeps the whole text’s numbers', () => {
    const [before, marked] = pieces('in Raqqa', [{ id: 'e1', kind: 'place', start: 103, end: 108 }], 100);
    expect(before).toMatchObject({ start: 100, end: 103, text: 'in ' });
    expect(marked).toMatchObject({ start: 103, end: 108, text: 'Raqqa' });
  });
});

describe('characters that turn text around', () => {
  test('stand as pieces of their own, to be shown and not obeyed', () => {
    const found = pieces('held\u202eyb', []);
    expect(found.map((piece) => [piece.text, piece.control])).toEqual([
      ['held', false],
      ['\u202e', true],
      ['yb', false],
    ]);
    expect(nameOfControl('\u202e')).toBe('U+202E');
    expect(plain('held\u202eyb')).toBe('heldyb');
  });
});
