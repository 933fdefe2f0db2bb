import type {
  Done,
  LicenceSupplier,
  NotDone,
  SupplierConnection,
} from '#domains/licences/supplier.ts';
import { callResellerApi, type ResellerReply } from './call-reseller-api.ts';
import { issueLicence, SEND_MARGIN_MS } from './issue-licence.ts';
import { isLicenceKey, licencesIn } from './licences-in.ts';
import { whmcsResellerSettings, type WhmcsResellerSettings } from './settings.ts';

const RETRY_AFTER_MS = 30_000;

/** WHMCS licences through the vendor's reseller API. */
export const whmcsReseller: LicenceSupplier = {
  id: 'whmcs-reseller',
  title: { ru: 'WHMCS, партнёрский API', en: 'WHMCS reseller API' },
  capabilities: {
    issue: true,
    cancel: true,
    suspend: false,
    reissue: true,
    upgrade: true,
    price: false,
    issueKey: 'difference',
  },
  settings: whmcsResellerSettings,
  connect(stored, { nowMs }) {
    const settings = whmcsResellerSettings.safeParse(stored);
    if (settings.success) return connection(settings.data, nowMs);
    const issue = settings.error.issues[0];
    return {
      kind: 'settings-refused',
      field: issue?.path.join('.') ?? '',
      message: issue?.message ?? 'the settings cannot be read',
    };
  },
};

/** The longest verbs look first and act then, or act and look at what became of it. */
const REQUESTS_MAX = 2;

function connection(settings: WhmcsResellerSettings, nowMs: () => number): SupplierConnection {
  const list = () => listLicences(settings);
  return {
    kind: 'connected',
    longestCallMs: REQUESTS_MAX * settings.timeoutMs + SEND_MARGIN_MS,
    issue: (input, memory) => issueLicence({ settings, nowMs, list }, input, memory),
    list,
    find: (key) => findLicence(settings, key),
    cancel: (key) => cancelLicence(settings, key),
    suspend: async () => cannot('suspend'),
    unsuspend: async () => cannot('unsuspend'),
    reissue: (key) => changeKey(settings, 'reissue', key),
    upgrade: (key, product) => changeKey(settings, 'upgrade', key, { product }),
    price: async () => cannot('price'),
  };
}

/**
 * `listlicenses` is described for the API's older address (public client apocas/node-whmcs): live
 * keys only, expired ones left out. If an account's API refuses it, nothing can be bought through
 * that account, because a lost answer could not be explained.
 */
async function listLicences(
  settings: WhmcsResellerSettings,
): ReturnType<SupplierConnection['list']> {
  const reply = await callResellerApi(settings, 'listlicenses');
  if (reply.kind !== 'success') return notDone(reply);
  const licences = licencesIn(reply.root);
  return licences ? { kind: 'ok', licences } : unreadable();
}

async function findLicence(
  settings: WhmcsResellerSettings,
  key: string,
): ReturnType<SupplierConnection['find']> {
  if (!isLicenceKey(key)) return invalidKey();
  const reply = await callResellerApi(settings, 'searchlicenses', { licensekey: key });
  if (reply.kind !== 'success') return notDone(reply);
  const licences = licencesIn(reply.root);
  if (!licences) return unreadable();
  return { kind: 'ok', licence: licences.find((licence) => licence.key === key) ?? null };
}

/**
 * A second `cancel` of the same key is refused by the vendor, in words that are not documented.
 * So after a refusal the key itself is asked for: gone is gone.
 */
async function cancelLicence(
  settings: WhmcsResellerSettings,
  key: string,
): Promise<Done | NotDone> {
  const cancelled = await changeKey(settings, 'cancel', key);
  if (cancelled.kind !== 'refused' || cancelled.code !== 'supplier-refused') return cancelled;
  const found = await findLicence(settings, key);
  if (found.kind === 'unreachable') return found;
  const isGone = found.kind === 'ok' && (found.licence === null || found.licence.state === 'dead');
  return isGone ? { kind: 'ok' } : cancelled;
}

async function changeKey(
  settings: WhmcsResellerSettings,
  action: 'cancel' | 'reissue' | 'upgrade',
  key: string,
  fields: Record<string, string> = {},
): Promise<Done | NotDone> {
  if (!isLicenceKey(key)) return invalidKey();
  const reply = await callResellerApi(settings, action, { key, ...fields });
  return reply.kind === 'success' ? { kind: 'ok' } : notDone(reply);
}

function notDone(reply: Exclude<ResellerReply, { kind: 'success' }>): NotDone {
  if (reply.kind === 'refused') return reply;
  return { kind: 'unreachable', message: reply.message, retryAfterMs: RETRY_AFTER_MS };
}

function unreadable(): NotDone {
  const message = 'the answer cannot be read';
  return { kind: 'unreachable', message, retryAfterMs: RETRY_AFTER_MS };
}

function invalidKey(): NotDone {
  return { kind: 'refused', code: 'supplier-key-invalid', message: 'this is no licence key' };
}

function cannot(verb: string): NotDone {
  return { kind: 'refused', code: 'supplier-cannot', message: `WHMCS has no ${verb}` };
}
