import react from '@vitejs/plugin-react';
import { defineConfig, type UserConfig } from 'vite';
import { contractPlugin } from './web/build/contract-plugin.ts';
import { pageSourcePlugin } from './web/build/page-source-plugin.ts';
import { textsPlugin } from './web/build/texts-plugin.ts';

const root = import.meta.dirname;

/** The panels, the store in the browser, and the store on the server. */
const bundles: Record<string, UserConfig> = {
  panel: {
    base: '/assets/panel/',
    build: {
      outDir: 'dist/panel',
      manifest: true,
      rolldownOptions: { input: 'web/panel/main.tsx' },
    },
  },
  // Every component on one page, for the browser test and for the eye; not part of the product.
  gallery: {
    base: '/assets/gallery/',
    build: {
      outDir: 'dist/gallery',
      manifest: true,
      rolldownOptions: { input: 'web/gallery/main.tsx' },
    },
  },
  store: {
    base: '/assets/store/',
    build: {
      outDir: 'dist/store',
      manifest: true,
      // One sheet for all pages of the shop: it is small, and the second page needs none.
      cssCodeSplit: false,
      rolldownOptions: {
        input: 'web/store/client.tsx',
        // What most pages share comes with the first; a chunk for each button would be a journey each.
        output: {
          codeSplitting: {
            groups: [
              { name: 'api', test: /@orpc|web\/api\.ts|api-contract/, minShareCount: 2 },
              { name: 'core', minShareCount: 7 },
              { name: 'forms', test: /web\/ui\/(field|form|use-form|text-input|refusal)/ },
            ],
          },
        },
      },
    },
  },
  'store-server': {
    base: '/assets/store/',
    // Libraries come along, in their production form, whatever NODE_ENV the server runs under.
    ssr: { noExternal: true },
    build: {
      outDir: 'dist/store-server',
      ssr: 'web/server.ts',
      ssrEmitAssets: false,
      rolldownOptions: { output: { entryFileNames: 'server.js' } },
    },
  },
};

export default defineConfig(({ mode }) => ({
  root,
  publicDir: false,
  appType: 'custom',
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [react(), contractPlugin(root), pageSourcePlugin(), textsPlugin(root)],
  ...bundles[mode],
  build: {
    target: 'es2024',
    assetsDir: '',
    // Running servers and open pages still ask for the files of the build before.
    emptyOutDir: false,
    // Inlined fonts and pictures would need looser security headers, and are never cached.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    ...bundles[mode]?.build,
  },
}));
