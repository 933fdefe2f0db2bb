import { createHash, randomBytes } from 'node:crypto';
import type { Ctx } from '#platform/context.ts';
import { insertVerification, takeVerification } from './session-store.ts';
import type { User } from './store.ts';

export const RESET_MINUTES = 30;
export const VERIFY_MINUTES = 3 * 24 * 60;

type Purpose = 'reset-password' | 'verify-email';

/**
 * A token for a mailed link: 256 random bits, of which the database keeps the hash of purpose and
 * token, as better-auth's own "hashed" storage does, so that its reset finds it.
 */
export async function makeLinkToken(
  ctx: Ctx,
  purpose: Purpose,
  user: Pick<User, 'id' | 'brandId'>,
  minutes: number,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await insertVerification(ctx, {
    id: ctx.newId('vrf', 0),
    brandId: user.brandId,
    identifier: identifierOf(purpose, token),
    userId: user.id,
    minutes,
  });
  return token;
}

/** The person a token was made for, once; null when it is used, ended or was never made. */
export async function takeLinkToken(
  ctx: Ctx,
  purpose: Purpose,
  brandId: string,
  token: string,
): Promise<string | null> {
  return takeVerification(ctx, brandId, identifierOf(purpose, token));
}

function identifierOf(purpose: Purpose, token: string): string {
  return createHash('sha256').update(`${purpose}:${token}`).digest('base64url');
}
