import { SIGNATURE_HEADER, signBody } from '../signature.ts';
import type { Delivery, VendorStore } from './vendor-store.ts';

export type CourierOptions = {
  store: VendorStore;
  nowMs: () => number;
  webhookSecrets: readonly string[];
  /** The first pause before a repeat; each further one is twice as long, up to an hour. */
  retryBaseMs: number;
  /** Called before each round, for work that makes new deliveries. */
  beforeRound: () => void;
};

export type Courier = { wake(): void; stop(): Promise<void> };

const SEND_TIMEOUT_MS = 10_000;
const LEASE_MS = SEND_TIMEOUT_MS + 5_000;
const PAUSE_MAX_MS = 3_600_000;
const GIVE_UP_AFTER_MS = 24 * 3_600_000;
const SLEEP_MAX_MS = 60_000;

/**
 * Carries events to the shops: several at once, each until it is answered with 2xx or a day has
 * passed. A death in mid-sending means that the event comes again, never that it is lost.
 */
export function startCourier(options: CourierOptions): Courier {
  const { store, nowMs, beforeRound } = options;
  const underWay = new Set<Promise<void>>();
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  store.resumeDeliveries(nowMs());

  const wake = () => {
    clearTimeout(timer);
    if (stopped.signal.aborted) return;
    const dueAtMs = store.nextDueAtMs();
    if (dueAtMs === null) return;
    timer = setTimeout(round, Math.max(0, Math.min(dueAtMs - nowMs(), SLEEP_MAX_MS)));
  };
  const round = () => {
    beforeRound();
    for (const delivery of store.dueDeliveries(nowMs())) {
      store.beginDelivery(delivery.number, nowMs(), nowMs() + LEASE_MS);
      const sending = send(options, delivery, stopped.signal).finally(() => {
        underWay.delete(sending);
        wake();
      });
      underWay.add(sending);
    }
    wake();
  };
  return {
    wake,
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      await Promise.all(underWay);
    },
  };
}

async function send(
  { store, nowMs, webhookSecrets, retryBaseMs }: CourierOptions,
  delivery: Delivery,
  stopped: AbortSignal,
): Promise<void> {
  const body = Buffer.from(delivery.body);
  const answer = await post(
    delivery.url,
    body,
    {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: signBody(webhookSecrets, body, nowMs()),
    },
    stopped,
  );
  const isDelivered = /^2\d\d$/.test(answer);
  const since = delivery.firstTriedAtMs ?? nowMs();
  const isHopeless = nowMs() - since > GIVE_UP_AFTER_MS;
  const pauseMs = Math.min(retryBaseMs * 2 ** delivery.tries, PAUSE_MAX_MS);
  const dueAtMs = isDelivered || isHopeless ? null : nowMs() + pauseMs;
  store.finishDelivery(delivery.number, dueAtMs, answer);
}

/** The status of the answer, or the code of what went wrong. Redirects are not followed. */
async function post(
  url: string,
  body: Buffer,
  headers: Record<string, string>,
  stopped: AbortSignal,
): Promise<string> {
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(SEND_TIMEOUT_MS), stopped]);
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal,
    });
    await response.body?.cancel();
    return String(response.status);
  } catch (error) {
    return error instanceof Error ? error.name : 'failed';
  }
}
