/** A record's page whose list goes on: the first answer, and what later ones add to the list. */

import { read } from '../../lib/api';

export class More<Row> {
  rows = $state.raw<Row[]>([]);
  next = $state<string | null>(null);
  loading = $state(false);
  private from = '';

  /** Begin with a page's first rows; the same page again keeps what was added. */
  begin(address: string, rows: Row[], next: string | null): void {
    if (address === this.from) return;
    this.from = address;
    this.rows = rows;
    this.next = next;
  }

  async more(pick: (answer: unknown) => { rows: Row[]; next: string | null }): Promise<void> {
    if (this.next === null || this.loading) return;
    const from = this.from;
    this.loading = true;
    try {
      const sign = from.includes('?') ? '&' : '?';
      const found = pick(await read<unknown>(`${from}${sign}cursor=${encodeURIComponent(this.next)}`));
      if (from !== this.from) return;
      this.rows = [...this.rows, ...found.rows];
      this.next = found.next;
    } finally {
      this.loading = false;
    }
  }
}
