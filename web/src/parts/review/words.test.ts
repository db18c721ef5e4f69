import { expect, test } from 'vitest';
import { quoted } from '../../lib/marks';
import { Choice, wordsOf } from './words';

const TEXT = '😀 US-led jets hit Da’esh in منبج, 3 dead.';
const said = (choice: Choice | null) => choice && quoted(TEXT, choice.span);

test('words of any script, joined by hyphens and apostrophes, counted in code points', () => {
  expect(wordsOf(TEXT, 0).map(({ start, end }) => quoted(TEXT, [start, end]))).toEqual([
    'US-led',
    'jets',
    'hit',
    'Da’esh',
    'in',
    'منبج',
    '3',
    'dead',
  ]);
  expect(wordsOf('a b', 100)).toEqual([
    { start: 100, end: 101 },
    { start: 102, end: 103 },
  ]);
});

test('a choice moves by words, grows, and stays inside', () => {
  const begun = Choice.at(wordsOf(TEXT, 0), 9);
  expect(said(begun)).toBe('jets');
  const grown = begun?.move(1, true).move(1, true) ?? null;
  expect(said(grown)).toBe('jets hit Da’esh');
  expect(said(grown?.move(-1, true) ?? null)).toBe('jets hit');
  expect(said(grown?.move(1, false) ?? null)).toBe('in');
  expect(said(begun?.move(-9, true) ?? null)).toBe('US-led jets');
  expect(said(begun?.move(99, false) ?? null)).toBe('dead');
});

test('a choice begins with the words of a span, or not at all', () => {
  const words = wordsOf(TEXT, 0);
  expect(said(Choice.of(words, [9, 17]))).toBe('jets hit');
  expect(Choice.at([], 3)).toBeNull();
});
