/** Accounts set out by origin, the same words only once however many reports have them. */

import type { Account, DisputeSide, Origin } from '../../lib/records';

/** Accounts of one origin in the same words: the first that was published tells them, the others repeat it. */
export interface Wording {
  words: string;
  accounts: Account[];
}

export interface Column {
  origin: Origin;
  wordings: Wording[];
  /** Accounts whose records were not sent along, of an incident with very many. */
  unseen: number;
}

export function columnsOf(origins: readonly Origin[], accounts: readonly Account[]): Column[] {
  const known = new Map(accounts.map((account) => [account.key, account]));
  return origins.map((origin) => {
    const found = origin.accounts.flatMap((key) => known.get(key) ?? []);
    const wordings = new Map<string, Wording>();
    for (const account of found.sort(byTime)) {
      const key = account.words
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
      const before = wordings.get(key);
      if (before) before.accounts.push(account);
      else wordings.set(key, { words: account.words, accounts: [account] });
    }
    return { origin, wordings: [...wordings.values()], unseen: origin.accounts.length - found.length };
  });
}

/** Each wording of a dispute's side once, with all accounts that have it. */
export function wordingsOf(side: DisputeSide): { words: string; keys: string[] }[] {
  const found = new Map<string, string[]>();
  side.accounts.forEach((key, index) => {
    const words = side.words[index] ?? '';
    found.set(words, [...(found.get(words) ?? []), key]);
  });
  return [...found].map(([words, keys]) => ({ words, keys }));
}

const byTime = (a: Account, b: Account) =>
  instant(a.published) - instant(b.published) || a.start - b.start || (a.key < b.key ? -1 : 1);

const instant = (published: string | null) => {
  const time = Date.parse(published ?? '');
  return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
};
