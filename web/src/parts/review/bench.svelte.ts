/** The reviewer's bench: the queue, the record in hand, what was decided on it and is on its way. */

import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import { DeskError, read, write, type Rows, type Session } from '../../lib/api';
import { asked } from '../../lib/filters';
import { here } from '../../lib/here.svelte';
import type { Decision, Kind, Progress, QueueItem, ReviewItem } from './answers';
import { KINDS, SHOWS } from './answers';
import { Outbox, type Letter } from './outbox';

interface Step {
  key: string;
  id: string;
  row: QueueItem | null;
  index: number;
}

const PAGE = 50; // records asked for at once
const FEW = 8; // records left in the queue when more are asked for
const AHEAD = 2; // records fetched before they are come to
const SOON = 3_000; // milliseconds until it is looked whether all is linked
const STEPS = 'sayso.review.steps';
const MOST_STEPS = 100; // that can be taken back without looking for them

export class Bench {
  rows = $state.raw<QueueItem[]>([]);
  next = $state.raw<string | null>(null);
  loading = $state(true);
  problem = $state.raw<DeskError | null>(null);
  /** What the desk refused of a decision, until the next one. */
  refused = $state.raw<DeskError | null>(null);
  progress = $state.raw<Progress | null>(null);
  who = $state<string | null | undefined>(undefined);
  waiting = $state(0);
  away = $state(false);
  steps = $state.raw<Step[]>(keptSteps());
  items = new SvelteMap<string, ReviewItem>();
  failed = new SvelteMap<string, DeskError>();
  private asking = new SvelteSet<string>();
  private outbox: Outbox;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again = $state(0);

  kind = $derived<Kind>(KINDS.find((kind) => kind === here.query.get('kind')) ?? 'event');
  show = $derived(SHOWS.find((show) => show === here.query.get('show')) ?? 'open');
  query = $derived(`kind=${this.kind}&show=${this.show}&${asked(here.query)}`);
  id = $derived(here.query.get('id') ?? this.rows[0]?.id ?? null);
  index = $derived(this.rows.findIndex(({ id }) => id === this.id));
  item = $derived(this.id === null ? null : (this.items.get(this.id) ?? null));

  /** Call it while a component is set up. */
  constructor() {
    this.outbox = new Outbox(localStorage, (address, body) => write(address, body), {
      done: (letter) => this.arrived(letter),
      refused: (letter, error) => this.takenBack(letter, error),
      waits: (n, away) => ([this.waiting, this.away] = [n, away]),
    });
    $effect(() => {
      const address = `/review/queue.json?${this.query}&limit=${PAGE}`;
      void this.again;
      const stop = new AbortController();
      this.loading = true;
      read<Rows<QueueItem>>(address, stop.signal)
        .then((found) => this.lay(found))
        .catch((error: unknown) => {
          if (!stop.signal.aborted) [this.problem, this.loading] = [problemOf(error), false];
        });
      return () => stop.abort();
    });
    $effect(() => {
      const index = Math.max(this.index, 0);
      for (const id of [this.id, ...this.rows.slice(index, index + 1 + AHEAD).map((row) => row.id)])
        if (id) this.fetch(id);
    });
    $effect(() => () => clearTimeout(this.timer));
    void this.greet();
    void this.count();
  }

  select(id: string | null): void {
    here.set({ id: id ?? undefined }, true);
  }

  /** So many records on, or back. */
  step(by: number): void {
    const to = this.rows[Math.min(Math.max(this.index + by, 0), this.rows.length - 1)];
    if (to) this.select(to.id);
  }

  /** Decide on the record in hand; the next one is there at once. */
  decide(decision: Decision, more: { mend?: Record<string, unknown>; note?: string; settle?: boolean } = {}): void {
    const [id, item] = [this.id, this.item];
    if (!id || !item || !this.who) return;
    const key = crypto.randomUUID();
    const body = { id, decision, key, seen: item.seen, ...more };
    const [index, row] = [this.index, this.rows[this.index] ?? null];
    this.refused = null;
    this.remember([...this.steps, { key, id, row, index }]);
    if (decision !== 'note') {
      const after = this.rows[index + 1] ?? this.rows[index - 1] ?? null;
      if (this.show === 'open') this.rows = this.rows.filter((one) => one.id !== id);
      else this.rows = this.rows.map((one) => (one.id === id ? { ...one, mine: decision } : one));
      this.select(after?.id ?? null);
    }
    this.outbox.add({ key, address: '/review/decide', body, id });
    if (this.next && this.rows.length < FEW) void this.more();
  }

  /** Take the last decision back, and have its record in hand again. */
  undo(): void {
    const last = this.steps.at(-1);
    if (!last || !this.who) return;
    this.remember(this.steps.slice(0, -1));
    this.putBack(last);
    const key = crypto.randomUUID();
    this.outbox.add({ key, address: '/review/undo', body: { of: last.key, key }, id: last.id });
  }

  /** Write something else (a merge, a split, how many decide) and look at everything anew. */
  async change(address: string, body: unknown): Promise<void> {
    this.refused = null;
    try {
      await write(address, body);
    } catch (error) {
      this.refused = problemOf(error);
    }
    this.anew();
  }

  async name(given: string): Promise<void> {
    const session = await write<Session>('/session', { name: given });
    this.who = session.name;
    this.anew();
  }

  anew(): void {
    this.items.clear();
    this.failed.clear();
    this.again += 1;
    void this.count();
  }

  async more(): Promise<void> {
    const [next, query] = [this.next, this.query];
    if (!next || this.asking.has(next)) return;
    this.asking.add(next);
    try {
      const found = await read<Rows<QueueItem>>(
        `/review/queue.json?${query}&limit=${PAGE}&cursor=${encodeURIComponent(next)}`,
      );
      if (query !== this.query) return;
      const had = this.rows.map(({ id }) => id);
      this.rows = [...this.rows, ...found.rows.filter(({ id }) => !had.includes(id) && !this.isGone(id))];
      this.next = found.next;
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.asking.delete(next);
    }
  }

  private lay(found: Rows<QueueItem>): void {
    this.rows = found.rows.filter(({ id }) => !this.isGone(id));
    [this.next, this.problem, this.loading] = [found.next, null, false];
  }

  private isGone(id: string): boolean {
    return this.show === 'open' && this.outbox.ids.has(id);
  }

  private fetch(id: string): void {
    if (!this.items.has(id) && !this.asking.has(id) && !this.failed.has(id)) void this.ask(id);
  }

  private async ask(id: string): Promise<void> {
    this.asking.add(id);
    try {
      this.items.set(id, await read<ReviewItem>(`/review/item.json?id=${encodeURIComponent(id)}`));
    } catch (error) {
      this.failed.set(id, problemOf(error));
    } finally {
      this.asking.delete(id);
    }
  }

  private arrived(letter: Letter): void {
    this.renew(letter.id);
    void this.count();
  }

  /** What is known of a record is old. That in hand stays until the new is there: somebody may be writing a note. */
  private renew(id: string): void {
    if (id !== this.id) {
      this.items.delete(id);
      return;
    }
    void this.ask(id);
  }

  /** The desk refused a decision: its record is in the queue again, as if nothing had been. */
  private takenBack(letter: Letter, error: DeskError): void {
    this.refused = error;
    const step = this.steps.find(({ key }) => key === letter.key);
    this.renew(letter.id);
    if (!step) return;
    this.remember(this.steps.filter((one) => one !== step));
    this.putBack(step);
  }

  private putBack({ row, index, id }: Step): void {
    if (row && !this.rows.some((one) => one.id === id)) this.rows = this.rows.toSpliced(Math.max(index, 0), 0, row);
    else if (row) this.rows = this.rows.map((one) => (one.id === id ? row : one));
    this.select(id);
  }

  private remember(steps: Step[]): void {
    this.steps = steps.slice(-MOST_STEPS);
    try {
      sessionStorage.setItem(STEPS, JSON.stringify(this.steps));
    } catch {
      // then what was decided before a reload is undone from the record's own list of decisions
    }
  }

  private async greet(): Promise<void> {
    try {
      this.who = (await read<Session>('/session.json')).name;
      await this.outbox.flush();
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  private async count(): Promise<void> {
    try {
      this.progress = await read<Progress>('/review/progress.json');
      clearTimeout(this.timer);
      if (this.progress.waiting) this.timer = setTimeout(() => void this.count(), SOON);
    } catch {
      // the counts stay as they were
    }
  }
}

function problemOf(error: unknown): DeskError {
  return error instanceof DeskError ? error : new DeskError(0, { where: '', reason: String(error) });
}

function keptSteps(): Step[] {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(STEPS) ?? '[]');
    return Array.isArray(found) ? (found as Step[]) : [];
  } catch {
    return [];
  }
}
