import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A fresh secret, as its owner keeps it. */
export function newSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * The headers by which a receiver knows that we sent a body, and when: Standard Webhooks 1.0. The
 * time is the machine's, since a receiver holds it against its own. While a secret is being
 * changed, both sign.
 */
export function signedHeaders(
  secrets: readonly string[],
  { messageId, body, atMs }: { messageId: string; body: string; atMs: number },
): Record<string, string> {
  const seconds = String(Math.floor(atMs / 1000));
  const signed = `${messageId}.${seconds}.${body}`;
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  });
  return {
    'content-type': 'application/json',
    'user-agent': 'Stoika-Webhooks/1',
    'webhook-id': messageId,
    'webhook-timestamp': seconds,
    'webhook-signature': signatures.join(' '),
  };
}
