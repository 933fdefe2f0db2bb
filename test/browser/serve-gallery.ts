import { resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { build } from 'vite';
import { assetFiles } from '#platform/http/web/asset-files.ts';
import { bundleAssets } from '#platform/http/web/bundle-assets.ts';
import { documentHeaders } from '#platform/http/web/security-headers.ts';
import { panelDocument } from '#web/panel/panel-document.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export type Gallery = { url: string; close: () => Promise<void> };

/** Builds the page of all components and serves it as the panels are served, same policy and all. */
export async function serveGallery(): Promise<Gallery> {
  await build({ configFile: resolve(ROOT, 'vite.config.ts'), mode: 'gallery', logLevel: 'warn' });
  const distDir = resolve(ROOT, 'dist');
  const { html, policy } = panelDocument((await bundleAssets(distDir, 'gallery'))());
  const app = new Hono();
  app.get('/assets/gallery/:file', await assetFiles(distDir, 'gallery'));
  app.get('/favicon.svg', (c) => c.body('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  app.get('*', () => new Response(html, { headers: documentHeaders(policy) }));
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((ready) => server.once('listening', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the gallery has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
