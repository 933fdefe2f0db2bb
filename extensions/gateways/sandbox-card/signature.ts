import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'sandbox-signature';
export const SIGNATURE_AGE_MAX_MS = 300_000;

const HEADER_LENGTH_MAX = 1_000;
const SIGNATURES_MAX = 5;

/** `t=<unix seconds>,v1=<hex>` with one v1 for each secret in use, so that a secret can be rotated. */
export function signBody(secrets: readonly string[], rawBody: Uint8Array, nowMs: number): string {
  const seconds = String(Math.floor(nowMs / 1000));
  const signatures = secrets.map(
    (secret) => `v1=${digest(secret, seconds, rawBody).toString('hex')}`,
  );
  return [`t=${seconds}`, ...signatures].join(',');
}

export type SignatureVerdict = 'genuine' | 'missing' | 'wrong' | 'stale';

/**
 * Whether one of our secrets made one of the header's signatures, and lately. Every pair is
 * compared in constant time and to the end, so timing tells nothing about either.
 */
export function checkSignature(
  header: string | undefined,
  secrets: readonly string[],
  rawBody: Uint8Array,
  nowMs: number,
): SignatureVerdict {
  if (!header) return 'missing';
  if (header.length > HEADER_LENGTH_MAX) return 'wrong';
  const parts = header.split(',').map((part) => part.trim());
  const seconds = /^t=(\d{1,12})$/.exec(parts[0] ?? '')?.[1];
  const offered = parts.slice(1).flatMap((part) => /^v1=([0-9a-f]{64})$/.exec(part)?.[1] ?? []);
  if (seconds === undefined || offered.length === 0 || offered.length > SIGNATURES_MAX) {
    return 'wrong';
  }
  let isGenuine = false;
  for (const secret of secrets) {
    const expected = digest(secret, seconds, rawBody);
    for (const hex of offered) {
      if (timingSafeEqual(expected, Buffer.from(hex, 'hex'))) isGenuine = true;
    }
  }
  if (!isGenuine) return 'wrong';
  return Math.abs(nowMs - Number(seconds) * 1000) > SIGNATURE_AGE_MAX_MS ? 'stale' : 'genuine';
}

function digest(secret: string, seconds: string, rawBody: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(rawBody).digest();
}
