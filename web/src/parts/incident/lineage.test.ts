import { describe, expect, it } from 'vitest';
import { draw, pathOf, treeOf, type OriginLike } from './lineage';

const SIZES = { box: 100, line: 20, gap: 40, row: 30 };

const monitor: OriginLike = {
  voice: { name: 'Furat Monitor' },
  independent: true,
  accounts: ['a#e1', 'b#e4', 'c#e2', 'd#e1'],
  chains: [
    ['Furat Monitor', 'Meridian Wire'],
    ['Furat Monitor', 'Meridian Wire', 'Gulf Ledger'],
    ['Furat Monitor', 'Meridian Wire', 'Furat Monitor', 'News Basin'],
    ['Furat Monitor', 'Nevsky Observer'],
  ],
};

describe('treeOf', () => {
  it('grows chains together and tells no voice twice in a chain', () => {
    expect(treeOf(monitor)).toEqual({
      name: 'Furat Monitor',
      accounts: [],
      next: [
        {
          name: 'Meridian Wire',
          accounts: ['a#e1'],
          next: [
            { name: 'Gulf Ledger', accounts: ['b#e4'], next: [] },
            { name: 'News Basin', accounts: ['c#e2'], next: [] },
          ],
        },
        { name: 'Nevsky Observer', accounts: ['d#e1'], next: [] },
      ],
    });
  });

  it('is one voice where an outlet speaks for itself', () => {
    const own = { ...monitor, accounts: ['a#e1'], chains: [['Rashid Street']] };
    expect(treeOf(own)).toEqual({ name: 'Rashid Street', accounts: ['a#e1'], next: [] });
  });

  it('keeps the voice of an origin without chains', () => {
    expect(treeOf({ ...monitor, chains: [], accounts: [] })).toEqual({
      name: 'Furat Monitor',
      accounts: [],
      next: [],
    });
  });
});

describe('draw', () => {
  it('puts a voice in the column of its depth, midway between those who have it from it', () => {
    const { nodes, edges, width, height } = draw([treeOf(monitor)], SIZES);
    const at = Object.fromEntries(nodes.map((n) => [n.name, [n.x, n.y]]));
    expect(at).toEqual({
      'Gulf Ledger': [280, 0],
      'News Basin': [280, 30],
      'Meridian Wire': [140, 15],
      'Nevsky Observer': [140, 60],
      'Furat Monitor': [0, 37.5],
    });
    expect(edges.map((e) => `${e.from.name} > ${e.to.name}`)).toContain('Meridian Wire > News Basin');
    expect([width, height]).toEqual([380, 80]);
  });

  it('stands one origin below the other', () => {
    const { nodes } = draw(
      [treeOf(monitor), treeOf({ ...monitor, chains: [['Rashid Street']], accounts: ['x#e1'] })],
      SIZES,
    );
    expect(nodes.at(-1)).toMatchObject({ name: 'Rashid Street', origin: 1, x: 0, y: 90 });
  });

  it('draws nothing of nothing', () => {
    expect(draw([], SIZES)).toEqual({ nodes: [], edges: [], width: 0, height: 0 });
  });
});

describe('pathOf', () => {
  it('leads from the right side of a box to the left side of the next', () => {
    const { edges } = draw([treeOf({ ...monitor, accounts: ['a#e1'], chains: [['A', 'B']] })], SIZES);
    expect(edges.map((edge) => pathOf(edge, SIZES))).toEqual(['M100 10H120V10H140']);
  });
});
