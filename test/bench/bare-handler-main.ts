import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';

/**
 * The yardstick: a Hono handler on the same server that does nothing but return the bytes it was
 * given, with the headers it was given.
 */
type Page = { body: string; headers: Record<string, string> };

process.once('message', (page: Page) => {
  const body = Buffer.from(page.body, 'base64');
  const app = new Hono();
  app.get('*', () => new Response(body, { headers: page.headers }));
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(0, () => process.send?.((server.address() as { port: number }).port));
});
process.once('disconnect', () => process.exit(0));
