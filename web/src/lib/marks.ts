/** Spans in text. The desk counts in code points, JavaScript in UTF-16 units: all counting is done here. */

export type Span = readonly [start: number, end: number];

export interface Mark {
  id: string;
  kind: string;
  start: number;
  end: number;
}

/** A stretch of text under the same marks. `start`, `end`: code points of the whole text. */
export interface Piece {
  start: number;
  end: number;
  text: string;
  marks: readonly Mark[];
  control: boolean;
}

// Characters that turn the direction of what stands around them, or hide: shown as what they are, never obeyed.
const CONTROLS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u200b\u2028\u2029]/u;
const CONTROL_RUNS = new RegExp(`(${CONTROLS.source})`, 'u');

/** The words a span points at. */
export function quoted(text: string, [start, end]: Span): string {
  return slicer(text)(start, end);
}

/** How many code points a text has. */
export function lengthOf(text: string): number {
  let length = 0;
  for (let unit = 0; unit < text.length; unit += widthAt(text, unit)) length += 1;
  return length;
}

/** Cuts a text by code points; one whose pieces are asked for in order is walked once. */
export function slicer(text: string): (start: number, end: number) => string {
  let [walk, at] = [walker(text), 0];
  return (start, end) => {
    if (start < at) walk = walker(text);
    at = end;
    const from = walk(start);
    return text.slice(from, walk(end));
  };
}

/** A text cut after so many code points, with an ellipsis. */
export function clipped(text: string, most: number): string {
  const unit = unitsAt(text, most);
  return unit < text.length ? `${text.slice(0, unit)}…` : text;
}

/** A text without characters that turn or hide: for titles, labels and attributes. */
export function plain(text: string): string {
  return text.replace(new RegExp(CONTROLS, 'gu'), '');
}

/** The name shown for a character that turns or hides, as "U+202E". */
export function nameOfControl(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A text in pieces, cut where a mark begins or ends and around each control character; together they are the text.
 *  `from`: the code point the text begins at in its whole. Marks outside are left out; marks may overlap. */
export function pieces(text: string, marks: readonly Mark[], from = 0): Piece[] {
  const length = lengthOf(text);
  const inside = marks.filter((mark) => mark.end > from && mark.start < from + length && mark.end > mark.start);
  const cuts = new Set([from, from + length]);
  for (const mark of inside) {
    cuts.add(Math.max(mark.start, from));
    cuts.add(Math.min(mark.end, from + length));
  }
  const found: Piece[] = [];
  const slice = slicer(text);
  const sorted = [...cuts].sort((a, b) => a - b);
  for (let i = 0; i + 1 < sorted.length; i += 1) {
    const [start, end] = [sorted[i] as number, sorted[i + 1] as number];
    const words = slice(start - from, end - from);
    found.push(
      ...split(
        words,
        start,
        inside.filter((mark) => mark.start <= start && mark.end >= end),
      ),
    );
  }
  return found;
}

function split(words: string, from: number, marks: readonly Mark[]): Piece[] {
  let start = from;
  return words
    .split(CONTROL_RUNS)
    .filter((text) => text !== '')
    .map((text) => {
      const piece = { start, end: start + lengthOf(text), text, marks, control: CONTROLS.test(text) };
      start = piece.end;
      return piece;
    });
}

/** The span a reader selected inside an element made of pieces (each with `data-start`), or null. */
export function selectedSpan(root: Element, selection: Selection | null = getSelection()): Span | null {
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (!range || range.collapsed || !root.contains(range.commonAncestorContainer)) return null;
  const [start, end] = [pointOf(range.startContainer, range.startOffset), pointOf(range.endContainer, range.endOffset)];
  return start !== null && end !== null && start < end ? [start, end] : null;
}

function pointOf(node: Node, offset: number): number | null {
  if (node instanceof Text) {
    const piece = node.parentElement?.closest<HTMLElement>('[data-start]');
    if (!piece) return null;
    return (
      Number(piece.dataset['start']) +
      (piece.dataset['control'] ? Math.min(offset, 1) : lengthOf(node.data.slice(0, offset)))
    );
  }
  const next = node.childNodes[offset];
  const piece =
    next instanceof HTMLElement ? (next.closest('[data-start]') ?? next.querySelector('[data-start]')) : null;
  if (piece instanceof HTMLElement) return Number(piece.dataset['start']);
  const all = node instanceof Element ? node.querySelectorAll<HTMLElement>('[data-start]') : [];
  const last = all[all.length - 1];
  return last ? Number(last.dataset['start']) + lengthOf(last.textContent ?? '') : null;
}

/** UTF-16 units before a code point. */
function unitsAt(text: string, point: number): number {
  return walker(text)(point);
}

/** A reader of rising code points, so that a long text is walked once. */
function walker(text: string): (point: number) => number {
  let [points, unit] = [0, 0];
  return (point) => {
    for (; points < point && unit < text.length; points += 1) unit += widthAt(text, unit);
    return unit;
  };
}

function widthAt(text: string, unit: number): 1 | 2 {
  const high = text.charCodeAt(unit);
  const low = high >= 0xd800 && high < 0xdc00 ? text.charCodeAt(unit + 1) : 0;
  return low >= 0xdc00 && low < 0xe000 ? 2 : 1;
}
