import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { minifyContractRouter } from '@orpc/contract';
import type { Plugin } from 'vite';

const ID = 'virtual:api-contract';

/**
 * Gives the browser the contract's methods and paths without its schemas: the server validates,
 * so the validator (Zod, some 60 kB) need not travel.
 */
export function contractPlugin(root: string): Plugin {
  return {
    name: 'stoika-contract',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    async load(id) {
      if (id !== `\0${ID}`) return null;
      const file = resolve(root, 'app/contract.ts');
      const module = (await import(pathToFileURL(file).href)) as { apiContract: never };
      return `export default ${JSON.stringify(minifyContractRouter(module.apiContract))}`;
    },
  };
}
