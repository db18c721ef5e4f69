/** The things of a list that have the same key as one, with how often they come. */
export function once<T>(list: readonly T[], keyOf: (one: T) => string): { one: T; times: number }[] {
  const found = new Map<string, { one: T; times: number }>();
  for (const one of list) {
    const before = found.get(keyOf(one));
    if (before) before.times += 1;
    else found.set(keyOf(one), { one, times: 1 });
  }
  return [...found.values()];
}
