import { once } from 'node:events';
import type { Server } from 'node:http';
import { createORPCClient } from '@orpc/client';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { hostingFiles } from '#domains/hosting/index.ts';
import { gatewayHooks } from '#domains/payments/index.ts';
import { identify } from '#domains/identity/index.ts';
import { guardServers } from '#domains/protection/index.ts';
import { apiRoutes } from '#platform/http/api.ts';
import { metricsRoutes } from '#platform/http/metrics.ts';
import { webRoutes } from '#platform/http/web.ts';
import type { Runtime } from '#platform/runtime.ts';
import { apiContract } from './contract.ts';
import { apiRouter } from './router.ts';
import { shopsOf } from './shop-of.ts';
import { watchCatalogue } from './watch-catalogue.ts';

type ApiApp = ReturnType<typeof apiRoutes>;

export type HttpServer = { port: number; close(): Promise<void> };

/** The API, the gateways' hooks, the panels and the store, on one port. */
export async function startHttpServer(
  runtime: Runtime,
  options: { port: number; distDir: string | null; databaseUrl: string },
): Promise<HttpServer> {
  const app = new Hono();
  app.get('/healthz', (c) => c.text('ok'));
  app.route('/', metricsRoutes(runtime));
  const who = identify(runtime);
  const api = apiRoutes(runtime, apiRouter, who);
  app.route('/', gatewayHooks(runtime));
  app.route('/', guardServers(runtime));
  app.route('/', hostingFiles(runtime, who));
  app.route('/', api);
  const stopWatching = options.distDir
    ? await addWeb(app, runtime, api, { ...options, distDir: options.distDir })
    : async () => {};
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(options.port);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new Error(`port ${options.port} is taken: stop what uses it, or set PORT to another`);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: async () => {
      await stopWatching();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function addWeb(
  app: Hono,
  runtime: Runtime,
  api: ApiApp,
  options: { distDir: string; databaseUrl: string },
): Promise<() => Promise<void>> {
  const shops = shopsOf(runtime);
  await shops.refresh();
  const web = await webRoutes({
    distDir: options.distDir,
    brandOf: async (request) => (await shops.byRequest(request))?.brand ?? null,
    apiFor: (request) => apiAsVisitor(api, request),
    cacheKey: shops.keyOf,
    onFailure: (error, id) => runtime.log.error({ error, requestId: id }, 'a page failed'),
  });
  app.route('/', web);
  return watchCatalogue(options.databaseUrl, runtime.log, shops.refresh);
}

/** The store's server side reads through the same API as everybody, as the visitor it draws for. */
function apiAsVisitor(api: ApiApp, visit: Request): unknown {
  const { origin, host } = new URL(visit.url);
  const cookie = visit.headers.get('cookie');
  const link = new OpenAPILink(apiContract, {
    url: origin,
    headers: { host, ...(cookie ? { cookie } : {}) },
    fetch: async (request) => api.fetch(request),
  });
  return createORPCClient(link);
}
