import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { addressBlock, spendAttempts } from './attempts.ts';
import { personOf } from './current-session.ts';
import { makeLinkToken, takeLinkToken, VERIFY_MINUTES } from './link-token.ts';
import { sendAccountMail } from './send-account-mail.ts';
import { selectUser, updateUser } from './store.ts';
import type { User } from './store.ts';

type Done = Record<string, never>;

/** Mails the link that confirms a person's address. */
export async function sendVerificationLink(ctx: Ctx, user: User, origin: string): Promise<void> {
  const token = await makeLinkToken(ctx, 'verify-email', user, VERIFY_MINUTES);
  await sendAccountMail(ctx, {
    userId: user.id,
    about: 'verify-email',
    origin,
    door: 'verify-email',
    token,
  });
}

export async function requestVerification(
  outside: Outside,
  _input: unknown,
  http: HttpContext,
): Promise<Done> {
  const userId = personOf(http);
  await spendAttempts(outside, { door: 'verification-user', who: userId });
  await outside.transact(async (ctx) => {
    const user = await selectUser(ctx, userId);
    if (!user || user.emailVerified) refuse('email-already-verified');
    await sendVerificationLink(ctx, user, http.origin);
  });
  return {};
}

export async function verifyEmail(
  outside: Outside,
  { token }: { token: string },
  http: HttpContext,
): Promise<Done> {
  await spendAttempts(outside, { door: 'link-address', who: addressBlock(http.address) });
  await outside.transact(async (ctx) => {
    const userId = await takeLinkToken(ctx, 'verify-email', http.brandId, token);
    if (userId === null) refuse('link-expired');
    await updateUser(ctx, userId, { emailVerified: true });
  });
  return {};
}
