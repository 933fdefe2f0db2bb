import { z } from 'zod';
import { jobType, worker } from '#platform/jobs.ts';
import { makeLinkToken, RESET_MINUTES } from './link-token.ts';
import { sendAccountMail } from './send-account-mail.ts';
import { selectUserByEmail } from './store.ts';

/** A job, so that the page asking for it cannot tell a known address from an unknown one. */
export const sendResetLink = jobType(
  'identity.send-reset-link',
  'work',
  z.object({ brandId: z.string(), origin: z.string(), email: z.string() }),
);

export const identityJobs = [
  worker(sendResetLink, async (ctx, { brandId, origin, email }) => {
    const user = await selectUserByEmail(ctx, brandId, email);
    if (!user) return;
    const token = await makeLinkToken(ctx, 'reset-password', user, RESET_MINUTES);
    await sendAccountMail(ctx, {
      userId: user.id,
      about: 'reset-password',
      origin,
      door: 'reset-password',
      token,
    });
  }),
];
