import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['node_modules/', 'public/', 'src/lib/openapi.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'no-undef': 'off', // TypeScript sees to it
      'svelte/no-at-html-tags': 'error', // outside text is never markup
      // The content security policy refuses style attributes; `style:name` sets one property, which it allows.
      'no-restricted-syntax': ['error', { selector: "SvelteAttribute[key.name='style']", message: 'use a class' }],
      'svelte/no-navigation-without-resolve': 'off', // SvelteKit's
    },
  },
);
