import { createHash } from 'node:crypto';
import { refuse } from '#kit/refusal.ts';
import type { Ctx, Outside } from '#platform/context.ts';
import type { HttpContext } from '#platform/http/http-context.ts';
import { addressBlock, forgiveAttempts, plainAddress, spendAttempts } from './attempts.ts';
import type { Attempt } from './attempts.ts';
import { callAuth } from './call-auth.ts';
import { chooseActor } from './choose-actor.ts';
import { sendAccountMail } from './send-account-mail.ts';
import { insertDevice } from './session-store.ts';
import { selectPerson, selectUser } from './store.ts';

export type Credentials = { email: string; password: string };
export type SignedIn = { state: 'signed-in' | 'second-factor-needed' };

/**
 * Signs a person of the brand in, or asks for the second factor. A wrong address and a wrong
 * password are one refusal and cost the same time; tries are counted by account and by address.
 */
export async function signIn(
  outside: Outside,
  { email, password }: Credentials,
  http: HttpContext,
): Promise<SignedIn> {
  const account: Attempt = { door: 'sign-in-account', who: `${http.brandId} ${email}` };
  const address: Attempt = { door: 'sign-in-address', who: addressBlock(http.address) };
  await spendAttempts(outside, account, address);
  let userId: string | null = null;
  await callAuth(
    http,
    (api, headers) => api.signInEmail({ body: { email, password }, headers, returnHeaders: true }),
    async (response) => {
      // With a second factor on, the library answers with a challenge in place of the person.
      if (!response.user) return;
      userId = response.user.id;
      await outside.transact((ctx) => refuseClosed(ctx, response.user.id, http));
    },
  );
  await forgiveAttempts(outside, account, address);
  if (userId === null) return { state: 'second-factor-needed' };
  await noteDevice(outside, userId, http);
  return { state: 'signed-in' };
}

async function refuseClosed(ctx: Ctx, userId: string, http: HttpContext): Promise<void> {
  const user = await selectUser(ctx, userId);
  if (user?.demo && http.runtime.mode === 'production') refuse('demo-login-refused');
  const person = await selectPerson(ctx, userId);
  const place = { brandId: http.brandId, address: http.address };
  if (chooseActor(person, null, place, null).kind === 'anonymous') refuse('account-closed');
}

/** Whoever has no second factor is told of a sign-in from a place they never used. */
async function noteDevice(outside: Outside, userId: string, http: HttpContext): Promise<void> {
  const agent = http.headers.get('user-agent')?.slice(0, 400) ?? '';
  const device = createHash('sha256')
    .update(`${agent}\n${addressBlock(http.address)}`)
    .digest('base64url');
  await outside.transact(async (ctx) => {
    if (!(await insertDevice(ctx, userId, device))) return;
    await sendAccountMail(ctx, {
      userId,
      about: 'new-sign-in',
      origin: http.origin,
      facts: { address: plainAddress(http.address), agent },
    });
  });
}
