import { readXml, type XmlElement } from './read-xml.ts';
import { sendGet } from './send-get.ts';
import type { WhmcsResellerSettings } from './settings.ts';

/** What an action came to, before it is known whether repeating it would be safe. */
export type ResellerReply =
  | { kind: 'success'; root: XmlElement }
  | { kind: 'refused'; code: 'supplier-refused' | 'supplier-credentials-refused'; message: string }
  | { kind: 'not-done'; message: string }
  | { kind: 'lost'; message: string };

const CONNECT_TIMEOUT_MS = 10_000;
const REPLY_BYTES_MAX = 32 * 1024 * 1024;
const MESSAGE_LENGTH_MAX = 300;

/**
 * One call: GET with e-mail, key and action in the query, XML in the reply, `result` = success or
 * a `message` that says why not, usually with HTTP 200 (public clients of the API; the vendor
 * publishes no reference).
 */
export async function callResellerApi(
  settings: WhmcsResellerSettings,
  action: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<ResellerReply> {
  const url = new URL(settings.baseUrl);
  const { email, apiKey } = settings;
  url.search = new URLSearchParams({ email, apikey: apiKey, action, ...fields }).toString();
  const outcome = await sendGet(url, {
    timeoutMs: settings.timeoutMs,
    connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MS, settings.timeoutMs),
    replyBytesMax: REPLY_BYTES_MAX,
  });
  if (outcome.kind === 'not-sent') return { kind: 'not-done', message: outcome.message };
  if (outcome.kind === 'lost') return outcome;
  return judged(outcome.status, outcome.body, settings);
}

function judged(status: number, body: string, settings: WhmcsResellerSettings): ResellerReply {
  if (status === 401 || status === 403) {
    return { kind: 'refused', code: 'supplier-credentials-refused', message: `HTTP ${status}` };
  }
  if (status === 429) return { kind: 'not-done', message: 'HTTP 429' };
  const isNo = status >= 400 && status < 500 && status !== 408;
  if (status !== 200 && !isNo) return { kind: 'lost', message: `HTTP ${status}` };

  const root = readXml(body);
  const result = root && textIn(root, 'result');
  if (root && result === 'success' && !isNo) return { kind: 'success', root };
  if (!result && !isNo) return { kind: 'lost', message: 'the answer cannot be read' };
  const words = (root && textIn(root, 'message')) || `HTTP ${status}`;
  return { kind: 'refused', code: 'supplier-refused', message: shown(words, settings) };
}

/** The text of the first child of that name, trimmed; null when there is none or it is empty. */
export function textIn(element: XmlElement, name: string): string | null {
  return element.children.find((child) => child.name === name)?.text.trim() || null;
}

/** The vendor's words as staff may see them: bounded, one line, without our secret. */
function shown(words: string, settings: WhmcsResellerSettings): string {
  return words
    .replaceAll(settings.apiKey, '…')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, MESSAGE_LENGTH_MAX);
}
