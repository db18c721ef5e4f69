import { describe, expect, it } from 'vitest';
import type { Account, Origin } from '../../lib/records';
import { columnsOf } from './columns';

const account = (key: string, words: string, published: string | null): Account =>
  ({ key, words, published, start: 0 }) as Account;
const origin = (name: string, ...accounts: string[]): Origin => ({
  voice: { name, id: null, side: 'monitor', named: true },
  accounts,
  chains: [],
  independent: true,
  why: '',
  denies: false,
});

describe('columnsOf', () => {
  const accounts = [
    account('b#e1', 'Jets hit the bakery – 11 dead.', '2016-06-08T23:10:00+04:00'),
    account('a#e1', 'Jets hit the bakery - 11 dead', '2016-06-08T17:42:00Z'),
    account('c#e9', 'There was no strike.', null),
  ];

  it('tells the same words once, by who had them first', () => {
    const [column] = columnsOf([origin('Furat Monitor', 'b#e1', 'a#e1')], accounts);
    expect(column?.wordings.map((one) => [one.words, one.accounts.map(({ key }) => key)])).toEqual([
      ['Jets hit the bakery - 11 dead', ['a#e1', 'b#e1']],
    ]);
  });

  it('keeps origins apart and says how many accounts it was not given', () => {
    const columns = columnsOf([origin('Moscow', 'c#e9', 'gone#e1'), origin('Furat Monitor', 'a#e1')], accounts);
    expect(columns.map(({ wordings, unseen }) => [wordings.length, unseen])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });
});
