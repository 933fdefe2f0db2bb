import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { NodeGuard } from '../guard/service/node-guard.ts';
import { refusedWords, type NotDone } from '../guard/service/refused-words.ts';
import type { RulesAnswer } from '../guard/service/rule-packs.ts';
import {
  bytesQuery,
  eventsQuery,
  guardId,
  guardPolicy,
  scanOrder,
  type FindingView,
  type GuardRules,
} from '../guard/service/wire.ts';
import type { NodeContext } from '../node-context.ts';
import { externalRef } from '../records/names.ts';
import { accept, refuse, type Answer } from '../refusal.ts';
import { bigBody, smallBody, withBody, withParams, withQuery } from './read-input.ts';
import { reply } from './reply.ts';

const byId = withParams(z.object({ id: guardId }));
const byAccount = withParams(z.object({ ref: externalRef }));
const idempotencyKey = z.string().min(1).max(200);

/** What the guard found and did, and what it shall do. */
export function guardRoutes(node: NodeContext): Hono {
  const app = new Hono();
  const { guard } = node;
  if (!guard) {
    app.all('*', (c) => reply(c, refuse('guard-off', 'This node is set up without a guard.')));
    return app;
  }
  app.get('/events', withQuery(eventsQuery), async (c) =>
    reply(c, accept(await guard.call('events', c.var.query))),
  );
  app.get('/policy', (c) => reply(c, accept(guard.policy())));
  app.put('/policy', bigBody, withBody(guardPolicy), async (c) =>
    reply(c, accept(await guard.setPolicy(c.var.body))),
  );
  app.get('/rules', async (c) => reply(c, accept(await guard.call('rules', undefined))));
  app.put('/rules', bigBody, async (c) =>
    reply(c, answerRules(await guard.call('installRules', await c.req.text()))),
  );
  app.post('/rules/roll-back', async (c) =>
    reply(c, answerRules(await guard.call('rollBackRules', undefined))),
  );
  app.post('/scans', smallBody, withBody(scanOrder), async (c) => {
    const { accountRef } = c.var.body;
    const key = idempotencyKey.safeParse(c.req.header('idempotency-key'));
    if (!key.success) {
      return reply(c, refuse('request-invalid', 'Send an Idempotency-Key of 1–200 signs.'));
    }
    const scan = await guard.call('scan', { accountRef, key: key.data });
    const missing = refuse('account-not-found', 'There is no such account on this node.');
    return reply(c, scan ? accept({ scanId: scan.scanId }) : missing);
  });
  app.get('/scans/:id', byId, async (c) => {
    const scan = await guard.call('scanOf', c.var.params.id);
    return reply(c, scan ? accept(scan) : refuse('scan-not-found', 'There is no such scan.'));
  });
  app.get('/accounts/:ref/summary', byAccount, async (c) =>
    reply(c, accept(await guard.call('summary', c.var.params.ref))),
  );
  app.route('/findings', findingRoutes(guard));
  return app;
}

function answerRules(answer: RulesAnswer): Answer<GuardRules> {
  if (answer.kind === 'done') return accept(answer.value);
  return refuse(answer.code === 'no-key' ? 'rules-key-missing' : 'rules-refused', answer.message);
}

function findingRoutes(guard: NodeGuard): Hono {
  const app = new Hono();
  app.get('/:id', byId, async (c) => {
    const finding = await guard.call('finding', c.var.params.id);
    return reply(c, finding ? accept(finding) : unknownFinding());
  });
  app.get('/:id/bytes', byId, withQuery(bytesQuery), async (c) => {
    const findingId = c.var.params.id;
    const answer = await guard.call('bytes', { findingId, ...c.var.query });
    return answer.kind === 'done' ? reply(c, accept(answer.value)) : replyRefused(c, answer);
  });
  app.post('/:id/restore', byId, async (c) =>
    replyDecided(c, await guard.call('restore', c.var.params.id)),
  );
  app.post('/:id/ignore', byId, async (c) =>
    replyDecided(c, await guard.call('ignore', c.var.params.id)),
  );
  return app;
}

function replyDecided(
  c: Context,
  decided: { kind: 'done'; finding: FindingView | null } | NotDone,
) {
  return decided.kind === 'done' ? reply(c, accept(decided.finding)) : replyRefused(c, decided);
}

function replyRefused(c: Context, decided: NotDone) {
  const { code, message } = refusedWords(decided);
  return reply(c, refuse(code, message));
}

function unknownFinding(): Answer<never> {
  return refuse('finding-not-found', 'There is no such finding on this node.');
}
