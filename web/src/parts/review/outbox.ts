/** Decisions on their way to the desk. They are sent one after another, and are kept in the browser until they are
 *  there: a reload or a desk that is away for a while loses none. The desk takes each key once. */

import { DeskError } from '../../lib/api';

export interface Letter {
  key: string;
  address: string;
  body: Record<string, unknown>;
  /** The record it is about. */
  id: string;
}

export interface Answers {
  done: (letter: Letter, answer: unknown) => void;
  refused: (letter: Letter, error: DeskError) => void;
  /** How many wait, and whether the desk could not be reached. */
  waits: (n: number, away: boolean) => void;
}

export type Send = (address: string, body: unknown) => Promise<unknown>;

const KEPT = 'sayso.review.outbox';
const AWAY = new Set([0, 429, 502, 503, 504]); // come back later; all else is refused for good
const PATIENCE = 2_000; // milliseconds until it is tried again

export class Outbox {
  private letters: Letter[];
  private sending = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Pick<Storage, 'getItem' | 'setItem'>,
    private readonly send: Send,
    private readonly answers: Answers,
    private readonly patience = PATIENCE,
  ) {
    this.letters = kept(store);
  }

  /** Records with a decision that is not there yet. */
  get ids(): ReadonlySet<string> {
    return new Set(this.letters.filter(({ address }) => address.endsWith('/decide')).map(({ id }) => id));
  }

  add(letter: Letter): void {
    this.letters.push(letter);
    this.keep();
    void this.flush();
  }

  /** Send all that waits; whoever calls while it is sent need not wait. */
  async flush(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    let away = false;
    while (this.letters.length && !away) away = !(await this.one(this.letters[0] as Letter));
    this.sending = false;
    this.answers.waits(this.letters.length, away);
    if (away) this.timer = setTimeout(() => void this.flush(), this.patience);
  }

  /** Send the first; false: the desk is away. */
  private async one(letter: Letter): Promise<boolean> {
    this.answers.waits(this.letters.length, false);
    try {
      const answer = await this.send(letter.address, letter.body);
      this.drop(letter);
      this.answers.done(letter, answer);
    } catch (error) {
      const problem =
        error instanceof DeskError ? error : new DeskError(0, { where: letter.address, reason: String(error) });
      if (AWAY.has(problem.status)) return false;
      this.drop(letter);
      this.letters = this.letters.filter(({ body }) => body['of'] !== letter.key); // nothing to undo
      this.keep();
      this.answers.refused(letter, problem);
    }
    return true;
  }

  private drop(letter: Letter): void {
    this.letters = this.letters.filter((one) => one !== letter);
    this.keep();
  }

  private keep(): void {
    try {
      this.store.setItem(KEPT, JSON.stringify(this.letters));
    } catch {
      // the browser keeps nothing: then a reload may lose what is on its way, and only that
    }
  }
}

function kept(store: Pick<Storage, 'getItem'>): Letter[] {
  try {
    const found: unknown = JSON.parse(store.getItem(KEPT) ?? '[]');
    return Array.isArray(found) ? (found as Letter[]).filter((letter) => letter?.key && letter.address) : [];
  } catch {
    return [];
  }
}
