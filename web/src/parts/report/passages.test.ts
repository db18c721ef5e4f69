import { describe, expect, it } from 'vitest';
import { beside } from './passages';

const different = (runs: readonly { text: string; same: boolean }[]) => runs.filter((r) => !r.same).map((r) => r.text);

describe('beside', () => {
  it('says that equal passages are the same, whatever their marks and case', () => {
    const { a, b } = beside('Fighters broke in — on Wednesday.', 'Fighters broke in — on wednesday');
    expect(a).toEqual([{ text: 'Fighters broke in — on Wednesday.', same: true }]);
    expect(different(b)).toEqual([]);
  });

  it('shows the words that were changed on either side', () => {
    const { a, b } = beside('at least 24 people were killed', 'at least 27 people were killed there');
    expect(different(a)).toEqual(['24 ']);
    expect(different(b)).toEqual(['27 ', 'there']);
  });

  it('finds what was put in between', () => {
    const { a, b } = beside("the militants' last supply line", 'the last and longest supply line');
    expect(different(a)).toEqual(["militants' "]);
    expect(different(b)).toEqual(['and longest ']);
  });

  it('keeps every character of both', () => {
    const left = ' قصفت الطائرات\nحي الشعار ';
    const { a, b } = beside(left, '');
    expect(a.map((r) => r.text).join('')).toBe(left);
    expect(b).toEqual([]);
  });

  it('does not compare what is too long, and still shows it', () => {
    const many = (word: string) => Array.from({ length: 3000 }, (_, n) => `${word}${n}`).join(' ');
    expect(different(beside(many('a'), many('b')).a)).toEqual([many('a')]);
  });
});
