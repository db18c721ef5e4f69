/** Where the browser is: path and query string, which hold all that a link should bring back. */

import { routeOf } from './router';

class Here {
  path = $state(location.pathname);
  search = $state(location.search);
  hash = $state(location.hash);
  route = $derived(routeOf(this.path));
  query = $derived(new URLSearchParams(this.search));

  constructor() {
    addEventListener('popstate', () => this.read());
    addEventListener('click', (event) => this.follow(event));
  }

  /** Go to an address of this page. `replace`: without a step in the history (a slider on its way). */
  go(href: string, replace = false): void {
    const to = new URL(href, location.href);
    if (to.href === location.href) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', to);
    const moved = to.pathname !== this.path;
    this.read();
    if (moved) scrollTo(0, 0);
  }

  /** Set some filters of the query string and keep the rest; empty or undefined takes one out. */
  set(changes: Record<string, string | readonly string[] | undefined>, replace = false): void {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made, read and dropped here
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      query.delete(name);
      for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one) query.append(name, one);
    }
    query.delete('cursor');
    const search = query.toString();
    this.go(location.pathname + (search && `?${search}`) + location.hash, replace);
  }

  private read(): void {
    this.path = location.pathname;
    this.search = location.search;
    this.hash = location.hash;
  }

  private follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.download) return;
    if (link.origin !== location.origin || isData(link.pathname)) return;
    if (link.pathname === location.pathname && link.search === location.search && link.hash) return;
    event.preventDefault();
    this.go(link.href);
  }
}

const isData = (path: string) => /\.(json|csv|geojson|atom)$/.test(path) || path === '/docs';

export const here = new Here();
