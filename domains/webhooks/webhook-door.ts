import { isIP } from 'node:net';
import { extensionKind } from '#platform/extensions.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** Where webhooks may go. An installation that registers none lets them reach the internet alone. */
export type WebhookDoor = {
  id: 'webhooks';
  /** Plain http to this machine too: for a sandbox, where a receiver is being written. */
  allowLoopback: boolean;
};

export const webhookDoorKind = extensionKind<WebhookDoor>('webhook-door');

export const STRICT_DOOR: WebhookDoor = { id: 'webhooks', allowLoopback: false };

export function mayConnect(address: string, { allowLoopback }: WebhookDoor): boolean {
  return isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
}

/** The address in its one spelling; null when it is none that webhooks go to. */
export function readWebhookUrl(typed: string, door: WebhookDoor): string | null {
  if (!URL.canParse(typed)) return null;
  const url = new URL(typed);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  const host = hostOf(url);
  const isLocal = host === 'localhost' || isLoopbackAddress(host);
  const isAllowed = url.protocol === 'https:' || (url.protocol === 'http:' && isLocal);
  if (!isAllowed || (isLocal && !door.allowLoopback)) return null;
  if (isIP(host) !== 0 && !mayConnect(host, door)) return null;
  return url.href;
}

/** Without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replaceAll(/^\[|\]$/g, '');
}
