import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const HERE = import.meta.dirname;
const SOURCES = [
  'index.html',
  'package-lock.json',
  'package.json',
  'public',
  'src',
  'svelte.config.js',
  'vite.config.ts',
];

/** Write `sources.json` beside what was built: the digests of what it was built from, and of each built file.
 *  With it a test can tell, without Node, that the built files belong to their source. */
function digests(): Plugin {
  let out = '';
  return {
    name: 'digests',
    apply: 'build',
    configResolved: (config) => void (out = config.build.outDir),
    closeBundle() {
      const root = join(HERE, out.startsWith('/') ? relative(HERE, out) : out);
      const built = digestsOf(root, ['.']);
      delete built['sources.json'];
      const found = JSON.stringify({ sources: digestsOf(HERE, SOURCES), built }, null, 1);
      writeFileSync(join(root, 'sources.json'), found + '\n');
    },
  };
}

function digestsOf(root: string, names: string[]): Record<string, string> {
  const files = names.flatMap((name) => filesUnder(join(root, name))).map((file) => relative(root, file));
  return Object.fromEntries(files.sort().map((file) => [file, digest(join(root, file))]));
}

function filesUnder(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [path]; // a file of its own
  }
}

const digest = (file: string) => 'sha256:' + createHash('sha256').update(readFileSync(file)).digest('hex');

const desk = process.env['SAYSO_DESK'] ?? 'http://127.0.0.1:8137'; // where `npm run dev` finds the data

export default defineConfig({
  plugins: [svelte(), digests()],
  build: {
    outDir: '../src/sayso/desk/static',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy has no place for inlined scripts or fonts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200, // MapLibre, loaded only by pages with a map
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '^/.*\\.(json|csv|geojson|atom)(\\?.*)?$': {
        target: desk,
        bypass: (request) => inPage(request.url ?? ''),
      },
      '^/(session|review)(/.*)?$': {
        target: desk,
        bypass: (request) => (request.method === 'GET' ? request.url : null),
      },
    },
  },
  worker: { format: 'es' },
});

/** Files of the page itself, which the dev server answers. */
const inPage = (url: string) => (/^\/(src|map|node_modules|@)/.test(url) ? url : null);
