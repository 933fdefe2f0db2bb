import { createHash } from 'node:crypto';
import { refuse } from '#kit/refusal.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { spendAttempts } from './attempts.ts';
import { tokenHash } from './auth-store.ts';
import { callAuth } from './call-auth.ts';
import { issuedSessionHash, personOf } from './current-session.ts';
import { sendAccountMail } from './send-account-mail.ts';
import { deleteOtherSessions, deleteSessionByToken, insertUsedCode } from './session-store.ts';

type Password = { password: string };

/**
 * Finishes a sign-in. The library limits tries per challenge and per account; a code of the app
 * that has opened the door once is refused although the app still shows it (RFC 6238 §5.2).
 */
export async function verifySecondFactor(
  outside: Outside,
  { method, code }: { method: 'app' | 'recovery'; code: string },
  http: HttpContext,
): Promise<{ state: 'signed-in' }> {
  if (method === 'recovery') {
    await callAuth(http, (api, headers) =>
      api.verifyBackupCode({ body: { code }, headers, returnHeaders: true }),
    );
    return { state: 'signed-in' };
  }
  await callAuth(
    http,
    (api, headers) => api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
    async ({ token, user }) => {
      const isFresh = await outside.transact((ctx) => insertUsedCode(ctx, user.id, codeHash(code)));
      if (isFresh) return;
      await outside.transact((ctx) => deleteSessionByToken(ctx, tokenHash(token)));
      refuse('second-factor-code-used', { field: 'code' });
    },
  );
  return { state: 'signed-in' };
}

/** The secret and the recovery codes; nothing is asked for until `confirmSecondFactor`. */
export async function enrolSecondFactor(
  outside: Outside,
  { password }: Password,
  http: HttpContext,
): Promise<{ uri: string; key: string; recoveryCodes: string[] }> {
  await spendAttempts(outside, { door: 'own-password', who: personOf(http) });
  const brand = await outside.transact((ctx) => findBrand(ctx, http.brandId));
  const made = await callAuth(http, (api, headers) =>
    api.enableTwoFactor({ body: { password, issuer: brand?.name }, headers, returnHeaders: true }),
  );
  if (!('totpURI' in made)) throw new Error('the second factor was not an app');
  const key = new URL(made.totpURI).searchParams.get('secret') ?? '';
  return { uri: made.totpURI, key, recoveryCodes: made.backupCodes };
}

/** Turns the second factor on. Sessions that never passed it end; this one gets a new token. */
export async function confirmSecondFactor(
  outside: Outside,
  { code }: { code: string },
  http: HttpContext,
): Promise<Record<string, never>> {
  const userId = personOf(http);
  await spendAttempts(outside, { door: 'own-password', who: userId });
  await callAuth(http, (api, headers) =>
    api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
  );
  await outside.transact(async (ctx) => {
    await insertUsedCode(ctx, userId, codeHash(code));
    await deleteOtherSessions(ctx, userId, issuedSessionHash(http));
    await sendAccountMail(ctx, { userId, about: 'second-factor-on', origin: http.origin });
  });
  return {};
}

export async function disableSecondFactor(
  outside: Outside,
  { password }: Password,
  http: HttpContext,
): Promise<Record<string, never>> {
  const userId = personOf(http);
  await spendAttempts(outside, { door: 'own-password', who: userId });
  await callAuth(http, (api, headers) =>
    api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }),
  );
  await outside.transact((ctx) =>
    sendAccountMail(ctx, { userId, about: 'second-factor-off', origin: http.origin }),
  );
  return {};
}

export async function renewRecoveryCodes(
  outside: Outside,
  { password }: Password,
  http: HttpContext,
): Promise<{ recoveryCodes: string[] }> {
  await spendAttempts(outside, { door: 'own-password', who: personOf(http) });
  const { backupCodes } = await callAuth(http, (api, headers) =>
    api.generateBackupCodes({ body: { password }, headers, returnHeaders: true }),
  );
  return { recoveryCodes: backupCodes };
}

function codeHash(code: string): string {
  return createHash('sha256').update(code).digest('base64url');
}
