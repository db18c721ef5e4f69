/** A report's lines as they were received, in order: its own words, and between them what was set aside. */

import { lengthOf, slicer } from '../../lib/marks';
import type { Part, Report } from '../../lib/records';

export interface Kept {
  aside: false;
  kind: string;
  start: number;
  end: number;
  text: string;
  doubt: boolean;
  score: number;
  why: string;
}

export interface AsideLine {
  kind: string;
  text: string;
  score: number;
  why: string;
}

/** Lines set aside that stood together. */
export interface Aside {
  aside: true;
  lines: AsideLine[];
}

export type Line = Kept | Aside;

const LONGEST = 10_000; // code points of a line: a page that came as one line is shown in pieces
const FIRST_LINES = 300; // the longest articles have a third of that
const FIRST_POINTS = 100_000; // and of that

/** How many lines are shown before the rest is asked for. */
export function firstLines(lines: readonly Line[]): number {
  let points = 0;
  const over = lines.findIndex((line, index) => {
    points += line.aside ? 0 : line.end - line.start;
    return index >= FIRST_LINES || points > FIRST_POINTS;
  });
  return over < 0 ? lines.length : Math.max(1, over);
}

/** A report that came as clean text has no parts: then its paragraphs are its lines. */
export function linesOf(report: Pick<Report, 'text' | 'parts' | 'set_aside'>): Line[] {
  const slice = slicer(report.text);
  const parts = report.parts.length ? report.parts : paragraphs(report.text);
  const found: Line[] = [];
  for (const part of parts) {
    const { kind, start, end, score = 1, why = '' } = part;
    if (part.aside !== null && part.aside !== undefined) {
      const line = { kind, text: report.set_aside[part.aside]?.text ?? '', score, why };
      const last = found.at(-1);
      if (last?.aside) last.lines.push(line);
      else found.push({ aside: true, lines: [line] });
    } else {
      const doubt = part.doubt ?? false;
      for (let from = start; from < end; from += LONGEST) {
        const to = Math.min(end, from + LONGEST);
        found.push({ aside: false, kind, start: from, end: to, text: slice(from, to), doubt, score, why });
      }
    }
  }
  return found;
}

function paragraphs(text: string): Part[] {
  let start = 0;
  return text.split(/(\n\s*\n)/u).flatMap((words, index) => {
    const end = start + lengthOf(words);
    const part: Part = { kind: 'paragraph', start, end };
    start = end;
    return index % 2 ? [] : [part];
  });
}
