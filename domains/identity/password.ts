import type { Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { addressBlock, spendAttempts } from './attempts.ts';
import { callAuth } from './call-auth.ts';
import { personOf } from './current-session.ts';
import { sendResetLink } from './jobs.ts';
import { sendAccountMail } from './send-account-mail.ts';

type Done = Record<string, never>;

/** Sets a new password; every session ends and this one goes on under a new token. */
export async function changePassword(
  outside: Outside,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
  http: HttpContext,
): Promise<Done> {
  const userId = personOf(http);
  await spendAttempts(outside, { door: 'own-password', who: userId });
  await callAuth(http, (api, headers) =>
    api.changePassword({
      body: { currentPassword, newPassword, revokeOtherSessions: true },
      headers,
      returnHeaders: true,
    }),
  );
  await outside.transact((ctx) =>
    sendAccountMail(ctx, { userId, about: 'password-changed', origin: http.origin }),
  );
  return {};
}

/**
 * Queues the mail with the link. The work is the same whether the address is known or not, and
 * whether it is known is found out later, so the answer tells nothing and takes the same time.
 */
export async function forgotPassword(
  outside: Outside,
  { email }: { email: string },
  http: HttpContext,
): Promise<Done> {
  const { brandId, origin } = http;
  await spendAttempts(
    outside,
    { door: 'reset-account', who: `${brandId} ${email}` },
    { door: 'reset-address', who: addressBlock(http.address) },
  );
  await outside.transact((ctx) => ctx.enqueue(sendResetLink, { brandId, origin, email }));
  return {};
}

/** Sets a new password by a mailed token, which works once; every session ends. */
export async function resetPassword(
  outside: Outside,
  { token, newPassword }: { token: string; newPassword: string },
  http: HttpContext,
): Promise<Done> {
  await spendAttempts(outside, { door: 'link-address', who: addressBlock(http.address) });
  await callAuth(http, (api, headers) =>
    api.resetPassword({ body: { token, newPassword }, headers, returnHeaders: true }),
  );
  return {};
}
