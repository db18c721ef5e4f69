/** The filters of the query string, by the same names as on the command line. */

const FILTERS = [
  'q',
  'place',
  'radius',
  'since',
  'until',
  'actor',
  'type',
  'source',
  'outlet',
  'status',
  'stance',
  'about',
  'bbox',
  'new_since',
  'disputed',
] as const;

export type FilterName = (typeof FILTERS)[number];

export interface Filter {
  name: FilterName;
  value: string;
}

/** What is filtered by, in the order above; a name may stand more than once (two types). */
export function filtersOf(query: URLSearchParams): Filter[] {
  return FILTERS.flatMap((name) =>
    query
      .getAll(name)
      .filter((value) => value !== '')
      .map((value) => ({ name, value })),
  );
}

/** The query string of filters alone, for asking the desk. `more`: what this question adds, undefined takes out. */
export function asked(query: URLSearchParams, more: Record<string, string | number | undefined> = {}): string {
  const out = new URLSearchParams(filtersOf(query).map(({ name, value }) => [name, value]));
  for (const [name, value] of Object.entries(more)) {
    if (value === undefined) out.delete(name);
    else out.set(name, String(value));
  }
  return out.toString();
}
