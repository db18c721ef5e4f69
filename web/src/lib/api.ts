/** Asking the desk: reads with the browser's own cache (ETags), writes with the page's token. */

import type { Schemas } from './records';

export type Problem = Schemas['ProblemSaid'];

/** What the desk refused, or that it could not be reached (`status` 0). */
export class DeskError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.reason);
  }
}

/** One page of a table. */
export interface Rows<T> {
  rows: T[];
  next: string | null;
}

export type Session = Schemas['Session'];

export async function read<T>(address: string, signal?: AbortSignal): Promise<T> {
  return answer<T>(await reached(address, { headers: { accept: 'application/json' }, ...(signal && { signal }) }));
}

/** Send a write; the token is asked for once, and anew where the desk was started anew. */
export async function write<T>(address: string, body: unknown, method = 'POST'): Promise<T> {
  const send = async () =>
    reached(address, {
      method,
      headers: { 'content-type': 'application/json', 'x-sayso-token': await tokenOf() },
      body: JSON.stringify(body),
    });
  let response = await send();
  if (response.status === 403) {
    token = null;
    response = await send();
  }
  return answer<T>(response);
}

let token: Promise<string> | null = null;

const tokenOf = () => (token ??= read<Session>('/session.json').then((session) => session.token));

async function reached(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new DeskError(0, { where: address, reason: 'unreachable' });
  }
}

async function answer<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  throw new DeskError(response.status, problemOf(body) ?? { where: response.url, reason: response.statusText });
}

function problemOf(body: unknown): Problem | null {
  const problem = typeof body === 'object' && body && 'problem' in body ? body.problem : null;
  return typeof problem === 'object' && problem && 'reason' in problem ? (problem as Problem) : null;
}
