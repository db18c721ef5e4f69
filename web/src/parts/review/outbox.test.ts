import { expect, test, vi } from 'vitest';
import { DeskError } from '../../lib/api';
import { Outbox, type Letter, type Send } from './outbox';

const letter = (key: string, more: Partial<Letter> = {}): Letter => ({
  key,
  address: '/review/decide',
  body: { key },
  id: `n-1#${key}`,
  ...more,
});

function boxWith(send: Send, kept = new Map<string, string>()) {
  const answers = { done: vi.fn(), refused: vi.fn(), waits: vi.fn() };
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return { box: new Outbox(store, send, answers, 1), answers, kept };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test('letters are sent one after another, in their order', async () => {
  const sent: unknown[] = [];
  const { box, answers } = boxWith(async (_, body) => void sent.push(body));
  for (const key of ['a', 'b', 'c']) box.add(letter(key));
  await settled();
  expect(sent).toEqual([{ key: 'a' }, { key: 'b' }, { key: 'c' }]);
  expect(answers.done).toHaveBeenCalledTimes(3);
  expect(answers.waits).toHaveBeenLastCalledWith(0, false);
});

test('what the desk refuses is told once, and what would undo it is not sent', async () => {
  const send = vi.fn(async (_: string, body: unknown) => {
    if ((body as { key: string }).key === 'a') throw new DeskError(422, { where: 'the mend', reason: 'no words' });
  });
  const { box, answers } = boxWith(send);
  box.add(letter('a'));
  box.add(letter('b', { address: '/review/undo', body: { key: 'b', of: 'a' } }));
  box.add(letter('c'));
  await settled();
  expect(answers.refused.mock.calls[0]?.[0]).toMatchObject({ key: 'a' });
  expect(send.mock.calls.map(([, body]) => (body as { key: string }).key)).toEqual(['a', 'c']);
});

test('while the desk is away letters are kept, also over a reload, and sent when it is back', async () => {
  let away = true;
  const send = vi.fn(async () => {
    if (away) throw new DeskError(0, { where: '', reason: 'unreachable' });
  });
  const { box, kept } = boxWith(send);
  box.add(letter('a'));
  await settled();
  expect(box.ids).toEqual(new Set(['n-1#a']));
  const reloaded = boxWith(send, kept);
  expect(reloaded.box.ids).toEqual(new Set(['n-1#a']));
  away = false;
  await reloaded.box.flush();
  expect(reloaded.answers.done).toHaveBeenCalledOnce();
  expect(reloaded.box.ids.size).toBe(0);
});

test('what the browser kept may be nonsense', () => {
  for (const nonsense of ['{', '7', '[null, 3]'])
    expect(boxWith(async () => null, new Map([['sayso.review.outbox', nonsense]])).box.ids.size).toBe(0);
});
