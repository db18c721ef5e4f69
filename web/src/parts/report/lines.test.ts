import { describe, expect, it } from 'vitest';
import type { Report } from '../../lib/records';
import { firstLines, linesOf } from './lines';

type Lines = Pick<Report, 'text' | 'parts' | 'set_aside'>;

describe('linesOf', () => {
  it('gives each kept part its words, by code points', () => {
    const report: Lines = {
      text: '🕌 Raqqa\n\nJets hit it.',
      parts: [
        { kind: 'title', start: 0, end: 7 },
        { kind: 'paragraph', start: 9, end: 21, doubt: true, score: 0.4, why: 'short' },
      ],
      set_aside: [],
    };
    expect(linesOf(report).map((line) => (line.aside ? [] : [line.kind, line.text, line.doubt]))).toEqual([
      ['title', '🕌 Raqqa', false],
      ['paragraph', 'Jets hit it.', true],
    ]);
  });

  it('folds lines that were set aside together, where they stood', () => {
    const report: Lines = {
      text: 'Title',
      parts: [
        { kind: 'furniture', start: 0, end: 0, aside: 0, why: 'cookie box' },
        { kind: 'title', start: 0, end: 5 },
        { kind: 'caption', start: 5, end: 5, aside: 1 },
        { kind: 'teaser', start: 5, end: 5, aside: 2 },
      ],
      set_aside: [
        { kind: 'furniture', text: 'Accept cookies' },
        { kind: 'caption', text: 'A street' },
        { kind: 'teaser', text: 'Read more' },
      ],
    };
    const lines = linesOf(report);
    expect(lines.map((line) => (line.aside ? line.lines.map((one) => one.text) : line.text))).toEqual([
      ['Accept cookies'],
      'Title',
      ['A street', 'Read more'],
    ]);
    expect(lines[0]).toMatchObject({ lines: [{ why: 'cookie box', score: 1 }] });
  });

  it('takes the paragraphs of a text that came clean', () => {
    const lines = linesOf({ text: 'One.\n\nTwo 🕌.\n \nThree.', parts: [], set_aside: [] });
    expect(lines.map((line) => (line.aside ? null : [line.start, line.end, line.text]))).toEqual([
      [0, 4, 'One.'],
      [6, 12, 'Two 🕌.'],
      [15, 21, 'Three.'],
    ]);
  });

  it('cuts a page that came as one line', () => {
    const lines = linesOf({ text: 'x'.repeat(25_000), parts: [], set_aside: [] });
    expect(lines.map((line) => (line.aside ? 0 : line.end - line.start))).toEqual([10_000, 10_000, 5_000]);
  });
});

describe('firstLines', () => {
  const lines = (count: number, length: number) =>
    linesOf({ text: Array.from({ length: count }, () => 'x'.repeat(length)).join('\n\n'), parts: [], set_aside: [] });

  it('shows an article whole, of a book the beginning', () => {
    expect([firstLines(lines(40, 400)), firstLines(lines(1000, 10)), firstLines(lines(50, 9000))]).toEqual([
      40, 300, 11,
    ]);
  });
});
