/** What is typed while a record is mended, kept for this tab so that a reload loses nothing. */

import type { Draft } from './draft';

export interface Kept {
  draft: Draft;
  note: string;
}

const PREFIX = 'sayso.review.draft.';

export function kept(id: string): Kept | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(PREFIX + id) ?? 'null') as Kept | null;
    return found?.draft?.kind ? found : null;
  } catch {
    return null;
  }
}

export function keep(id: string, what: Kept | null): void {
  try {
    if (what) sessionStorage.setItem(PREFIX + id, JSON.stringify(what));
    else sessionStorage.removeItem(PREFIX + id);
  } catch {
    // the browser keeps nothing: then it is there until the page is left
  }
}

const NOTE = 'sayso.review.note';

/** The note that is being written on a record, null: none. */
export function keptNote(id: string): string | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(NOTE) ?? 'null') as { id?: string; note?: string } | null;
    return found?.id === id && typeof found.note === 'string' ? found.note : null;
  } catch {
    return null;
  }
}

export function keepNote(id: string, note: string | null): void {
  try {
    if (note === null) sessionStorage.removeItem(NOTE);
    else sessionStorage.setItem(NOTE, JSON.stringify({ id, note }));
  } catch {
    // as above
  }
}
