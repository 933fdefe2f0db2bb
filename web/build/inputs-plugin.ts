import { relative } from 'node:path';
import type { Plugin } from 'vite';

/** Collects every source file that a bundle was made from, relative to `root`. */
export function inputsPlugin(root: string, inputs: Set<string>): Plugin {
  return {
    name: 'stoika-inputs',
    moduleParsed({ id }) {
      const file = relative(root, id.split('?')[0] ?? id);
      if (!id.startsWith('\0') && !file.startsWith('..') && !file.startsWith('node_modules')) {
        inputs.add(file);
      }
    },
  };
}
