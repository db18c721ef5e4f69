/** Words of the page, from the message catalogue: one file for each part of it, one key for each message. */

import record from '../messages/en/record.json';
import review from '../messages/en/review.json';
import shell from '../messages/en/shell.json';
import situation from '../messages/en/situation.json';

type Message = string | { one: string; other: string };

const MESSAGES = { ...shell, ...situation, ...record, ...review } satisfies Record<string, Message>;
const LOCALE = 'en';

export type MessageKey = keyof typeof MESSAGES;
export type Filling = Record<string, string | number>;

const plurals = new Intl.PluralRules(LOCALE);
const numbers = new Intl.NumberFormat(LOCALE);

/** The message of a key, `{name}` filled in. A message with a plural goes by `n`. Unknown keys stand as they are. */
export function t(key: MessageKey, filling: Filling = {}): string {
  return filled((MESSAGES as Record<string, Message | undefined>)[key] ?? key, filling);
}

/** A message whose key is put together (`type.` + event type); `otherwise` where the catalogue has none. */
export function tOf(group: string, name: string, otherwise = name.replaceAll('_', ' ')): string {
  const message = (MESSAGES as Record<string, Message | undefined>)[`${group}.${name}`];
  return message === undefined ? otherwise : filled(message, {});
}

export const number = (n: number): string => numbers.format(n);

function filled(message: Message, filling: Filling): string {
  const words =
    typeof message === 'string'
      ? message
      : message[plurals.select(Number(filling['n'] ?? 0)) === 'one' ? 'one' : 'other'];
  return words.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = filling[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}
