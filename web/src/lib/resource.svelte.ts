/** What an address answers, asked again whenever the address changes; an older answer never overtakes a newer one. */

import { DeskError, read } from './api';

export class Resource<T> {
  value = $state.raw<T | null>(null);
  problem = $state.raw<DeskError | null>(null);
  loading = $state(false);
  private again = $state(0);

  /** Call it while a component is set up. `address` null: nothing to ask. The old value stays until the new is there. */
  constructor(address: () => string | null) {
    $effect(() => {
      const asked = address();
      void this.again;
      if (asked === null) return;
      const stop = new AbortController();
      this.loading = true;
      read<T>(asked, stop.signal)
        .then((value) => {
          this.value = value;
          this.problem = null;
          this.loading = false;
        })
        .catch((error: unknown) => {
          if (stop.signal.aborted) return;
          this.problem = error instanceof DeskError ? error : new DeskError(0, { where: asked, reason: String(error) });
          this.loading = false;
        });
      return () => stop.abort();
    });
  }

  reload(): void {
    this.again += 1;
  }
}
