import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

type Messages = { [name: string]: string | Messages };

/**
 * Reads the ICU messages while building, so that the browser needs no parser for them (9 kB of
 * the store's first load) and a message that is no ICU breaks the build, not a page.
 */
export function textsPlugin(): Plugin {
  return {
    name: 'stoika-texts',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/texts\/[a-z]{2}\.json$/.test(id)) return null;
      return { code: JSON.stringify(compiled(JSON.parse(code) as Messages)), map: null };
    },
  };
}

function compiled(messages: Messages): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(messages).map(([name, value]) => [
      name,
      typeof value === 'string' ? compile(value) : compiled(value),
    ]),
  );
}
