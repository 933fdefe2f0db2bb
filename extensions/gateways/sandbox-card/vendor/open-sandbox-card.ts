import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { apiRoutes } from './api-routes.ts';
import { openBank } from './bank.ts';
import { assetRoutes, pageRoutes } from './page-routes.ts';
import { startCourier, type Courier } from './start-courier.ts';
import { openVendorStore } from './vendor-store.ts';

export type SandboxCardOptions = {
  /** 0 takes any free port. */
  port: number;
  /** Where payments survive restarts. */
  folder: string;
  apiKey: string;
  /** Each signs every webhook; two while a secret is being changed. */
  webhookSecrets: readonly string[];
  /** How payers reach the pages; by default `http://localhost:<port>`. */
  publicUrl?: string;
  /** How late a late bank answers. */
  lateMs?: number;
  /** How long a payment may stay open. */
  payWithinMs?: number;
  /** The first pause before a webhook is repeated. */
  retryBaseMs?: number;
};

export type SandboxCard = { url: string; close(): Promise<void> };

/** Bank, hosted pages, merchant API and webhooks of the sandbox, on one loopback socket. */
export async function openSandboxCard(options: SandboxCardOptions): Promise<SandboxCard> {
  const { apiKey, webhookSecrets, lateMs = 8_000, payWithinMs = 30 * 60_000 } = options;
  const nowMs = () => Date.now();
  const store = openVendorStore(options.folder);
  let courier: Courier | null = null;
  const bank = openBank(store, nowMs, () => courier?.wake());
  let url = '';
  const publicUrl = () => options.publicUrl ?? url;

  const app = new Hono();
  app.route('/v1', apiRoutes({ store, bank, nowMs, apiKey, publicUrl, payWithinMs, lateMs }));
  app.route('/pay', pageRoutes({ store, bank, nowMs, lateMs }));
  app.route('/assets', assetRoutes());
  app.get('/health', (context) => context.text('ok'));
  app.onError((error, context) => {
    console.error('sandbox card:', error);
    return context.text('Internal Server Error', 500);
  });

  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  url = `http://localhost:${port}`;
  const { retryBaseMs = 1_000 } = options;
  const beforeRound = () => bank.settleDue();
  courier = startCourier({ store, nowMs, webhookSecrets, retryBaseMs, beforeRound });
  courier.wake();
  return {
    url,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await courier?.stop();
      store.close();
    },
  };
}
