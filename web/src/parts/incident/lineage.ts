/** Who had an incident from whom: the chains of its origins as trees, and where each voice stands on the drawing. */

export interface OriginLike {
  readonly voice: { readonly name: string; readonly named?: boolean };
  readonly accounts: readonly string[];
  readonly chains: readonly (readonly string[])[];
  readonly independent: boolean;
  readonly denies?: boolean;
}

/** A voice, and those who have it from there. `accounts`: keys of the accounts that this voice itself gives. */
export interface Voice {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly next: readonly Voice[];
}

export interface Node {
  readonly name: string;
  readonly accounts: readonly string[];
  readonly depth: number;
  readonly x: number;
  readonly y: number;
  /** Index of its origin. */
  readonly origin: number;
}

export interface Edge {
  readonly from: Node;
  readonly to: Node;
}

export interface Drawing {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
  readonly width: number;
  readonly height: number;
}

export interface Sizes {
  readonly box: number;
  readonly line: number;
  readonly gap: number;
  readonly row: number;
}

interface Growing {
  name: string;
  accounts: string[];
  next: Growing[];
}

/** An origin's chains grown together from its first voice. A voice met again further down a chain is not told twice. */
export function treeOf(origin: OriginLike): Voice {
  const root: Growing = { name: origin.chains[0]?.[0] ?? origin.voice.name, accounts: [], next: [] };
  origin.chains.forEach((chain, index) => {
    let at = root;
    const met = new Set([root.name]);
    for (const name of chain) {
      if (met.has(name)) continue;
      met.add(name);
      let below = at.next.find((voice) => voice.name === name);
      if (!below) at.next.push((below = { name, accounts: [], next: [] }));
      at = below;
    }
    const key = origin.accounts[index];
    if (key !== undefined) at.accounts.push(key);
  });
  return root;
}

/** Trees from left to right, one below the other: each voice a box, its relays in the next column. */
export function draw(trees: readonly Voice[], sizes: Sizes): Drawing {
  const nodes: Node[] = [];
  const edges: Edge[] = [];
  let row = 0;
  let deepest = 0;
  const place = (voice: Voice, depth: number, origin: number): Node => {
    deepest = Math.max(deepest, depth);
    const below = voice.next.map((next) => place(next, depth + 1, origin));
    const first = below[0];
    const last = below.at(-1);
    const y = first && last ? (first.y + last.y) / 2 : row++ * sizes.row;
    const x = depth * (sizes.box + sizes.gap);
    const node = { name: voice.name, accounts: voice.accounts, depth, x, y, origin };
    nodes.push(node);
    for (const to of below) edges.push({ from: node, to });
    return node;
  };
  trees.forEach((tree, origin) => place(tree, 0, origin));
  return {
    nodes,
    edges,
    width: trees.length ? deepest * (sizes.box + sizes.gap) + sizes.box : 0,
    height: row ? (row - 1) * sizes.row + sizes.line : 0,
  };
}

/** The line from one box to the next: out, over, in, with no curve that a dense tree would tangle. */
export function pathOf(edge: Edge, sizes: Sizes): string {
  const from = edge.from.x + sizes.box;
  const half = sizes.line / 2;
  const turn = from + sizes.gap / 2;
  return `M${from} ${edge.from.y + half}H${turn}V${edge.to.y + half}H${edge.to.x}`;
}
