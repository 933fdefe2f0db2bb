import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { Hono } from 'hono';
import { sql } from 'kysely';
import type { Runtime } from '../runtime.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const registry = new Registry();
collectDefaultMetrics({ register: registry });

const seconds = new Histogram({
  name: 'stoika_operation_seconds',
  help: 'How long API operations take',
  labelNames: ['operation', 'outcome'] as const,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});
const refusals = new Counter({
  name: 'stoika_refusals_total',
  help: 'Refusals given, by code',
  labelNames: ['code'] as const,
  registers: [registry],
});
const queued = new Gauge({
  name: 'stoika_jobs',
  help: 'Jobs by state',
  labelNames: ['state'] as const,
  registers: [registry],
});

/** Notes one operation; `outcome` is `ok`, a refusal's code, or `failed`. */
export function noteOperation(operation: string, outcome: string, startedMs: number): void {
  const kind = outcome === 'ok' || outcome === 'failed' ? outcome : 'refused';
  seconds.observe({ operation, outcome: kind }, (performance.now() - startedMs) / 1000);
  if (kind === 'refused') refusals.inc({ code: outcome });
}

/** `/metrics` in Prometheus' text format, for this machine only: a proxy must not pass it on. */
export function metricsRoutes(runtime: Runtime): Hono {
  const app = new Hono<{ Bindings: { incoming?: { socket?: { remoteAddress?: string } } } }>();
  app.get('/metrics', async (c) => {
    const forwarded = c.req.header('x-forwarded-for') !== undefined;
    if (forwarded || !LOOPBACK.has(c.env?.incoming?.socket?.remoteAddress ?? '')) {
      return c.text('not found', 404);
    }
    const { rows } = await sql<{ state: string; n: number }>`
      select state::text as state, count(*)::int as n from pgboss.job
      where name in ('work', 'outside', 'hooks') group by state`.execute(runtime.db);
    queued.reset();
    for (const { state, n } of rows) queued.set({ state }, n);
    return c.text(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
  return app as unknown as Hono;
}
