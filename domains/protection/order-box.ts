import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx, Outside } from '#platform/context.ts';
import { policyDigest } from './decide-policy.ts';
import { insertOrderOnce, newestOrder } from './guard-order-store.ts';
import type { GuardOrder } from './guard-order-store.ts';
import { lockServer, updateServer } from './guard-server-store.ts';
import { stateOf } from './guard-server.ts';
import type { EngineAnswer, OrderBox, OrderInput } from './protection-engine.ts';

/** Somebody watches a screen: a server that calls as it should has answered by then. */
const ANSWER_WITHIN_MS = 7000;
const LOOK_EVERY_MS = 250;

const LATER: EngineAnswer<never> = {
  kind: 'waiting',
  message: 'the server fetches it with its next call',
};

/** Where orders for a server that calls us are left. Without `outside` nobody can wait. */
export function orderBox(outside: Outside | null, nodeId: string): OrderBox {
  return {
    setPolicy: async (policy) => {
      if (!outside) return LATER;
      return outside.transact(async (ctx) => {
        const server = await lockServer(ctx, nodeId);
        if (!server) return LATER;
        const digest = policyDigest(policy);
        if (server.policyDigest !== digest) {
          await updateServer(ctx, { ...server, policy, policyDigest: digest });
        }
        return server.policyConfirmed === digest ? { kind: 'ok', value: null } : LATER;
      });
    },
    ask: async (input) => (outside ? ask(outside, nodeId, input) : LATER),
  };
}

async function ask(
  outside: Outside,
  nodeId: string,
  input: OrderInput,
): Promise<EngineAnswer<unknown>> {
  const wish = wishOf(input);
  const left = await outside.transact((ctx) => leaveOrder(ctx, nodeId, wish, input));
  if (left.kind === 'answered') return left.answer;
  // A scan is looked after by visits: nobody waits here for it.
  const waitMs = left.isThere && input.kind !== 'scan' ? ANSWER_WITHIN_MS : 0;
  for (const until = Date.now() + waitMs; Date.now() < until;) {
    await sleep(LOOK_EVERY_MS);
    const order = await outside.transact((ctx) => newestOrder(ctx, nodeId, wish));
    const answer = order && answerOf(order);
    if (answer) return answer;
  }
  return LATER;
}

type Left =
  | { kind: 'answered'; answer: EngineAnswer<unknown> }
  | { kind: 'left'; isThere: boolean };

async function leaveOrder(
  ctx: Ctx,
  nodeId: string,
  wish: string,
  input: OrderInput,
): Promise<Left> {
  const server = await lockServer(ctx, nodeId);
  const nowMs = Date.now();
  const state = server && stateOf(server, nowMs);
  if (!state || state === 'revoked') {
    const message = 'the server was turned away';
    return { kind: 'answered', answer: { kind: 'refused', code: 'server-revoked', message } };
  }
  const before = await newestOrder(ctx, nodeId, wish);
  // The same scan is asked for until it is known; what was read lately is what was asked for.
  const answer = before && (input.kind === 'scan' || input.kind === 'bytes') && answerOf(before);
  if (answer) return { kind: 'answered', answer };
  await insertOrderOnce(ctx, { id: ctx.newId('gor', 0), nodeId, wish, input }, nowMs);
  return { kind: 'left', isThere: state === 'joined' };
}

function answerOf({ state, result, refusal }: GuardOrder): EngineAnswer<unknown> | null {
  if (state === 'done') return { kind: 'ok', value: result };
  if (state === 'refused' && refusal) return { kind: 'refused', ...refusal };
  return null;
}

function wishOf(input: OrderInput): string {
  if (input.kind === 'scan') return `scan ${input.accountRef} ${input.key}`;
  if (input.kind === 'bytes') return `bytes ${input.findingRef} ${input.offset} ${input.limit}`;
  return `${input.kind} ${input.findingRef}`;
}
