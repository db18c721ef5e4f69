/** Keys: each part of the page says which keys it knows, and the help shows them all. */

import type { MessageKey } from './i18n';

export interface Key {
  /** As `KeyboardEvent.key`, or two keys in a row with a space between ("g s"). */
  key: string;
  title: MessageKey;
  run: (event: KeyboardEvent) => void;
  where?: 'everywhere' | 'here';
}

const PATIENCE = 1200; // milliseconds that a first key waits for its second

class Keys {
  known = $state.raw<readonly Key[]>([]);
  private first: { key: string; at: number } | null = null;

  /** Know some keys as long as the calling component stands. Call it while the component is set up. */
  use(keys: readonly Key[]): void {
    $effect(() => {
      this.add(keys);
      return () => (this.known = this.known.filter((key) => !keys.includes(key)));
    });
  }

  private add(keys: readonly Key[]): void {
    queueMicrotask(() => (this.known = [...this.known, ...keys]));
  }

  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || writes(event)) return;
    if (document.querySelector('dialog[open]')) return;
    const waiting = this.first && event.timeStamp - this.first.at < PATIENCE ? `${this.first.key} ${event.key}` : null;
    const found = this.found(waiting) ?? this.found(event.key);
    this.first = found ? null : { key: event.key, at: event.timeStamp };
    if (!found) return;
    event.preventDefault();
    found.run(event);
  }

  private found(key: string | null): Key | undefined {
    return this.known.findLast((known) => known.key === key);
  }
}

/** Whether a key is meant as text there, or works the control that has the focus. */
function writes({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return true;
  return (key === ' ' || key === 'Enter') && target.closest('a, button, input, summary, [role=button]') !== null;
}

export const keys = new Keys();
