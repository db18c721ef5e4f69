/** Two passages side by side: which words are the same and which differ. */

export interface Run {
  readonly text: string;
  readonly same: boolean;
}

export interface Beside {
  readonly a: readonly Run[];
  readonly b: readonly Run[];
}

/** Above this many pairs of words a passage is shown without its differences: comparing them would hold up the page. */
const MOST_PAIRS = 4_000_000;

/** Compares by words; case and marks at a word's edge do not make it another word. White space is kept as it is. */
export function beside(a: string, b: string): Beside {
  const left = words(a);
  const right = words(b);
  const keys = [left.map(key), right.map(key)] as const;
  const head = shared(keys[0], keys[1]);
  const tail = shared(keys[0].slice(head).reverse(), keys[1].slice(head).reverse());
  const middle = [keys[0].slice(head, keys[0].length - tail), keys[1].slice(head, keys[1].length - tail)] as const;
  const [inLeft, inRight] = common(middle[0], middle[1]);
  return {
    a: runs(left, (n) => n < head || n >= left.length - tail || inLeft.has(n - head)),
    b: runs(right, (n) => n < head || n >= right.length - tail || inRight.has(n - head)),
  };
}

/** Each word with the white space after it. */
function words(text: string): string[] {
  return text.match(/^\s+|\S+\s*/gu) ?? [];
}

function key(word: string): string {
  const letters = word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return letters || word.trim();
}

function shared(a: readonly string[], b: readonly string[]): number {
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n < most && a[n] === b[n]) n += 1;
  return n;
}

/** Positions in each that belong to a longest common subsequence. */
function common(a: readonly string[], b: readonly string[]): [Set<number>, Set<number>] {
  const found: [Set<number>, Set<number>] = [new Set(), new Set()];
  if (a.length * b.length > MOST_PAIRS || !a.length || !b.length) return found;
  const wide = b.length + 1;
  const best = new Uint16Array((a.length + 1) * wide);
  const length = (i: number, j: number) => best[i * wide + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      best[i * wide + j] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      found[0].add(i++);
      found[1].add(j++);
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
    else j += 1;
  }
  return found;
}

function runs(list: readonly string[], isSame: (n: number) => boolean): Run[] {
  const out: { text: string; same: boolean }[] = [];
  for (const [n, text] of list.entries()) {
    const same = isSame(n);
    const last = out.at(-1);
    if (last && last.same === same) last.text += text;
    else out.push({ text, same });
  }
  return out;
}
