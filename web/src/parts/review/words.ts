/** Words of a passage, for choosing them by keyboard: all counting is in code points of the whole text. */

import { lengthOf, type Span } from '../../lib/marks';

export interface Word {
  start: number;
  end: number;
}

const JOINTS = new Set(['-', '‑', "'", '’']); // what stands inside a word: "US-led", "Da'esh"

/** The words of a text that begins at the code point `from` of its whole. */
export function wordsOf(text: string, from: number, locale = 'en'): Word[] {
  const found: Word[] = [];
  let [at, joined] = [from, false];
  for (const { segment, isWordLike } of new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)) {
    const end = at + lengthOf(segment);
    const last = found.at(-1);
    if (isWordLike && joined && last) last.end = end;
    else if (isWordLike) found.push({ start: at, end });
    joined = last?.end === at && JOINTS.has(segment);
    at = end;
  }
  return found;
}

/** The words that are chosen: from the one where choosing began to the one it has come to. */
export class Choice {
  private constructor(
    readonly words: readonly Word[],
    readonly anchor: number,
    readonly head: number,
  ) {}

  /** Begin at the word at a code point, or the next after it. Null: there are no words. */
  static at(words: readonly Word[], point: number): Choice | null {
    if (!words.length) return null;
    const index = words.findIndex(({ end }) => end > point);
    const found = index < 0 ? words.length - 1 : index;
    return new Choice(words, found, found);
  }

  /** Begin with the words of a span. */
  static of(words: readonly Word[], [start, end]: Span): Choice | null {
    const begun = Choice.at(words, start);
    const last = words.findLastIndex((word) => word.start < end);
    return begun && new Choice(words, begun.anchor, Math.max(begun.anchor, last));
  }

  get span(): Span {
    const [first, last] = [Math.min(this.anchor, this.head), Math.max(this.anchor, this.head)];
    return [(this.words[first] as Word).start, (this.words[last] as Word).end];
  }

  /** So many words on (or back): one word is chosen; `extend`: what was chosen grows or shrinks. */
  move(by: number, extend: boolean): Choice {
    const head = Math.min(Math.max(this.head + by, 0), this.words.length - 1);
    return new Choice(this.words, extend ? this.anchor : head, head);
  }
}
