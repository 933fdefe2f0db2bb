import {
  judgeEarlierAttempts,
  type Issued,
  type IssueInput,
  type IssueMemory,
  type NotIssued,
  type SupplierConnection,
} from '#domains/licences/supplier.ts';
import { callResellerApi, textIn } from './call-reseller-api.ts';
import { isLicenceKey } from './licences-in.ts';
import type { WhmcsResellerSettings } from './settings.ts';

const RETRY_AFTER_MS = 30_000;
/** After this a request must not leave any more: another worker may hold the intent by then. */
export const SEND_MARGIN_MS = 5_000;

type Surroundings = {
  settings: WhmcsResellerSettings;
  nowMs(): number;
  list: SupplierConnection['list'];
};

/**
 * Buys one licence for one intent. The API takes no reference of ours and `addlicense` buys anew
 * each time, so after an unexplained attempt the account is looked at first: a key that was not
 * there before is what that attempt bought, and it is adopted instead of buying again.
 */
export async function issueLicence(
  { settings, nowMs, list }: Surroundings,
  { product }: IssueInput,
  memory: IssueMemory,
): Promise<Issued | NotIssued> {
  if (!/^[\w .-]{1,64}$/.test(product)) {
    return { kind: 'refused', code: 'supplier-product-invalid', message: 'no such product name' };
  }
  const { lastAskedAtMs, knownKeys } = memory;
  if (lastAskedAtMs !== null) {
    const listed = await list();
    if (listed.kind !== 'ok') return waiting(`the account cannot be listed: ${listed.message}`);
    const settleMs = sendWithinMs(settings) + settings.timeoutMs + settings.vendorLagMs;
    const lost = { lastAskedAtMs, knownKeys };
    const verdict = judgeEarlierAttempts(listed.licences, lost, {
      product,
      settleMs,
      nowMs: nowMs(),
    });
    switch (verdict.kind) {
      case 'adopt':
        return {
          kind: 'ok',
          how: 'adopted',
          licence: verdict.licence,
          surplusKeys: verdict.surplusKeys,
        };
      case 'wait':
        return waiting('the vendor may still be working on it', verdict.retryAfterMs);
      case 'unclear':
        return waiting('keys of another product appeared', RETRY_AFTER_MS, verdict.keys);
      case 'ask-again':
    }
  }
  if (nowMs() - memory.askedAtMs > sendWithinMs(settings)) {
    return {
      kind: 'unreachable',
      message: 'this attempt was stored too long ago to be sent now',
      retryAfterMs: RETRY_AFTER_MS,
    };
  }
  return addLicence(settings, product, knownKeys);
}

function sendWithinMs(settings: WhmcsResellerSettings): number {
  return settings.timeoutMs + SEND_MARGIN_MS;
}

async function addLicence(
  settings: WhmcsResellerSettings,
  product: string,
  knownKeys: ReadonlySet<string>,
): Promise<Issued | NotIssued> {
  const reply = await callResellerApi(settings, 'addlicense', { product });
  if (reply.kind === 'refused') return reply;
  if (reply.kind === 'not-done') {
    return { kind: 'unreachable', message: reply.message, retryAfterMs: RETRY_AFTER_MS };
  }
  if (reply.kind === 'lost') return unknown(reply.message);
  const key = textIn(reply.root, 'licensekey');
  if (!key || !isLicenceKey(key)) return unknown('the answer names no licence key');
  if (knownKeys.has(key)) return unknown('the answer names a key that was sold before');
  const licence = { key, state: 'unbound', product, domain: null, ip: null } as const;
  return { kind: 'ok', licence, how: 'issued', surplusKeys: [] };
}

function unknown(message: string): NotIssued {
  return { kind: 'unknown', message, retryAfterMs: RETRY_AFTER_MS };
}

function waiting(
  message: string,
  retryAfterMs: number = RETRY_AFTER_MS,
  unclearKeys: string[] = [],
): NotIssued {
  return { kind: 'waiting', message, retryAfterMs, unclearKeys };
}
