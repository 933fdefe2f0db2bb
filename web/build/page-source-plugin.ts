import type { Plugin } from 'vite';

/**
 * Writes beside each lazy page of the store's routes table which module it is, so that the server
 * can tell the browser to fetch that module while the page is still being read.
 */
export function pageSourcePlugin(): Plugin {
  return {
    name: 'stoika-page-source',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/web/store/routes.ts')) return null;
      return code.replaceAll(
        /page: (\(\) =>\s*import\('#([^']+)'\))/g,
        (_, importer: string, source: string) => `source: '${source}', page: ${importer}`,
      );
    },
  };
}
