/** Which page an address means, and the address of a record. Pure: what the browser shows is in `here.svelte.ts`. */

const RECORDS = ['report', 'claim', 'event', 'incident', 'place', 'source', 'actor', 'outlet'] as const;
const LISTS = [
  'incidents',
  'events',
  'claims',
  'reports',
  'disputes',
  'sources',
  'outlets',
  'actors',
  'places',
] as const;

export type RecordKind = (typeof RECORDS)[number];
export type ListKind = (typeof LISTS)[number];

export type Route =
  | { page: 'situation' | 'search' | 'review' | 'about' | 'missing' }
  | { page: 'record'; kind: RecordKind; id: string }
  | { page: 'list'; kind: ListKind };

/** The page of a path; ids may hold any character, slashes too. */
export function routeOf(path: string): Route {
  if (path === '/' || path === '/situation') return { page: 'situation' };
  const [first = '', ...rest] = path.slice(1).split('/');
  if (first === 'review') return { page: 'review' };
  if (rest.length === 0 || (rest.length === 1 && rest[0] === '')) {
    if (first === 'search' || first === 'about') return { page: first };
    const kind = LISTS.find((list) => list === first);
    return kind ? { page: 'list', kind } : { page: 'missing' };
  }
  const kind = RECORDS.find((record) => record === first);
  const id = decoded(rest.join('/'));
  return kind && id ? { page: 'record', kind, id } : { page: 'missing' };
}

/** The permanent link of a record. */
export function linkTo(kind: RecordKind, id: string): string {
  return `/${kind}/${encodeURIComponent(id).replaceAll('%3A', ':')}`;
}

/** Where the data of an address is: the same path with the ending, the same query. */
export function dataOf(path: string, query = '', ending: 'json' | 'csv' | 'geojson' | 'atom' = 'json'): string {
  const stem = path === '/' ? '/situation' : path.replace(/\/$/, '');
  return `${stem}.${ending}${query && `?${query.replace(/^\?/, '')}`}`;
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null; // a broken percent sign: nothing has such an id
  }
}
