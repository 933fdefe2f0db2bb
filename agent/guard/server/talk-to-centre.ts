import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { RunningGuard } from '../service/start-guard.ts';
import type { GuardEvent } from '../service/wire.ts';
import { CALL_PATH, callAnswer, KEY_PATH, keyAnswer, type CallAnswer } from './call-wire.ts';
import { callPauses } from './call-pauses.ts';
import type { OrderResult } from './carry-out-order.ts';
import type { OpenLink } from './open-link.ts';
import { ordersInHand } from './orders-in-hand.ts';

/** How soon an event is seen that the centre is to be told at once. */
const LOOK_EVERY_MS = 300;
const EVENTS_MAX = 200;
/** A whole page within the centre's limit of a body. */
const BODY_CHARS_MAX = 3_000_000;

/** What the centre is told of the server with each call, and what it changes. */
export interface CentreSide {
  guard: Pick<RunningGuard, 'call'>;
  link: OpenLink;
  log: Logger;
  /** Of the numbering of our events; another one when theirs is ahead of ours. */
  spool: { id: () => string; renew: () => void };
  /** Of the server, as they are now; all of them where the last call may not have arrived. */
  facts: (isFresh: boolean) => Promise<Record<string, unknown>>;
  take: {
    policy: (policy: NonNullable<CallAnswer['policy']>) => Promise<void>;
    pack: (pack: string) => Promise<void>;
    key: (key: string) => void;
  };
  /** The centre knows our key no more; whether there is another by now. */
  refused: () => boolean;
}

/**
 * Tells the centre everything in order until it is acknowledged, and does what it asks for. Away for
 * days or refused, the guard goes on and everything is told afterwards.
 */
export function talkToCentre(side: CentreSide) {
  const { guard, link, log } = side;
  const orders = ordersInHand(guard, log);
  const pauses = callPauses(log);
  let acked = 0;
  let stopped = false;

  /** Answers with how long the next call may wait. */
  const call = async (): Promise<number> => {
    const page = await guard.call('events', { after: acked, limit: EVENTS_MAX });
    const facts = await side.facts(pauses.isFailing());
    const told = fitting(page.events, orders.results());
    const { sources } = page;
    const said = { ...facts, sources, spool: side.spool.id(), ...told };
    const answer = await link.ask(CALL_PATH, said);
    if (answer.kind === 'failed') return pauses.after(answer.words);
    if (answer.status === 401) return side.refused() ? 0 : pauses.after('it refuses our key');
    const news = answer.status === 200 ? readAnswer(answer.body) : null;
    if (!news) return pauses.after(`it answered ${answer.status}`);
    pauses.over();
    orders.told(told.results.map(({ orderId }) => orderId));
    acked = await ackedBy(side, news.acked);
    await takeNews(side, news);
    for (const order of news.orders) orders.take(order);
    const isMore = page.events.length > told.events.length || page.events.length === EVENTS_MAX;
    // What was taken is confirmed at once.
    const isNews = news.policy !== null || news.pack !== null || news.rotateKey;
    return isMore || isNews ? 0 : news.nextMs;
  };

  /** Ends early when there is something to tell and the centre is there. */
  const rest = async (forMs: number): Promise<void> => {
    for (const until = Date.now() + forMs; !stopped && Date.now() < until;) {
      await sleep(Math.min(LOOK_EVERY_MS, Math.max(1, until - Date.now())));
      if (pauses.isFailing()) continue;
      if (orders.hasResults()) return;
      const page = await guard.call('events', { after: acked, limit: 1 });
      if (page.events.length > 0) return;
    }
  };

  const ended = (async () => {
    while (!stopped) {
      const waitMs = await call().catch((error: unknown) => {
        if (stopped) return 0;
        log.error({ error }, 'a call to the centre failed');
        return pauses.after('it failed here');
      });
      await rest(waitMs).catch(() => sleep(LOOK_EVERY_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      link.stop();
      await ended;
    },
  };
}

/** A centre that is ahead of us has heard another numbering: all of ours is told under a new name. */
async function ackedBy({ guard, spool }: CentreSide, acked: number): Promise<number> {
  const newest = await guard.call('events', { after: Number.MAX_SAFE_INTEGER, limit: 1 });
  if (acked <= newest.nextAfter) return acked;
  spool.renew();
  return 0;
}

async function takeNews({ take, link }: CentreSide, said: CallAnswer): Promise<void> {
  if (said.policy) await take.policy(said.policy);
  if (said.pack !== null) await take.pack(said.pack);
  if (!said.rotateKey) return;
  const answer = await link.ask(KEY_PATH, {});
  if (answer.kind !== 'answered' || answer.status !== 200) return;
  const given = keyAnswer.safeParse(parse(answer.body));
  if (given.success) take.key(given.data.key);
}

/** As many events and answers as fit one call; what does not comes with the next. */
function fitting(events: readonly GuardEvent[], results: readonly OrderResult[]) {
  let room = BODY_CHARS_MAX;
  const fits = (one: unknown) => {
    room -= JSON.stringify(one).length;
    return room > 0;
  };
  const first = results.filter(fits);
  const last = events.findIndex((event) => !fits(event));
  return { results: first, events: last < 0 ? events : events.slice(0, last) };
}

function readAnswer(body: string): CallAnswer | null {
  const answer = callAnswer.safeParse(parse(body));
  return answer.success ? answer.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A name for the numbering of events that begins now. */
export function newSpoolId(): string {
  return randomUUID();
}
