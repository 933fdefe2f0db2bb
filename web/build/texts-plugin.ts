import { resolve } from 'node:path';
import compile from 'icu-minify/compile';
import type { Plugin } from 'vite';

const REPLACED = 'use-intl/format-message';

type Messages = { [name: string]: string | Messages };

/**
 * Reads the ICU messages while building, so that the browser needs no parser for them (9 kB of
 * the store's first load) and a message that is no ICU breaks the build, not a page.
 */
export function textsPlugin(root: string): Plugin {
  const formatter = JSON.stringify(resolve(root, 'web/format-message.ts'));
  return {
    name: 'stoika-texts',
    enforce: 'pre',
    // The formatter of compiled messages takes the place of use-intl's own, parser and all.
    resolveId: (id) => (id === REPLACED ? `\0${REPLACED}` : null),
    load: (id) =>
      id === `\0${REPLACED}` ? `export { formatMessage as default } from ${formatter}` : null,
    transform(code, id) {
      if (!/\/texts\/[a-z]{2}\.json$/.test(id)) return null;
      return { code: JSON.stringify(compiled(JSON.parse(code) as Messages, '')), map: null };
    },
  };
}

function compiled(messages: Messages, path: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(messages).map(([name, value]) => {
      const key = path ? `${path}.${name}` : name;
      return [name, typeof value === 'string' ? compiledMessage(value, key) : compiled(value, key)];
    }),
  );
}

function compiledMessage(message: string, key: string): unknown {
  try {
    return compile(message);
  } catch (error) {
    throw new Error(`${key} is no ICU message: ${message}`, { cause: error });
  }
}
