import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { brandUrl, findBrand } from '#domains/brands/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import type { Block } from '#domains/messages/index.ts';
import type { Finding } from './finding.ts';
import type { GuardedAccount } from './guarded-account.ts';
import { markMailed } from './guarded-account-store.ts';

/** A wave of files is one incident: after a mail the page says the rest. */
const QUIET_HOURS = 6;
const FILES_MAX = 10;

/** Tells the clients of what was certainly found on their sites and what became of it. */
export async function mailFindings(
  ctx: Ctx,
  accounts: readonly GuardedAccount[],
  fresh: readonly Finding[],
): Promise<void> {
  const certain = fresh.filter((one) => one.certain && one.state !== 'gone');
  const byAccount = Map.groupBy(certain, ({ accountId }) => accountId);
  for (const account of accounts) {
    const findings = byAccount.get(account.accountId) ?? [];
    if (findings.length === 0 || account.goneAt || isQuiet(ctx, account)) continue;
    await mailOne(ctx, account, findings);
    await markMailed(ctx, account);
  }
}

function isQuiet(ctx: Ctx, { mailedAt }: GuardedAccount): boolean {
  if (mailedAt === null) return false;
  return Temporal.Instant.compare(ctx.now, mailedAt.add({ hours: QUIET_HOURS })) < 0;
}

async function mailOne(
  ctx: Ctx,
  account: GuardedAccount,
  findings: readonly Finding[],
): Promise<void> {
  const client = await findClient(ctx, account.clientId);
  const brand = await findBrand(ctx, account.brandId);
  if (!client || !brand) throw new Error(`nobody to write to about ${account.accountId}`);
  const t = textsFor('protection', client.language);
  const domain = account.domainName;
  const mended = findings.filter(({ state }) => state === 'mended').length;
  const facts = findings
    .slice(0, FILES_MAX)
    .map(({ path, state, act }): [string, string] => [
      path,
      state === 'mended' && act ? t(`acts.${act}`) : t(`states.${state}`),
    ]);
  const what = mended === findings.length ? 'allMended' : mended > 0 ? 'someMended' : 'noneMended';
  const blocks: Block[] = [
    { kind: 'heading', text: t('mail.heading', { domain }) },
    { kind: 'text', text: t(`mail.${what}`, { count: findings.length, mended }) },
    { kind: 'facts', rows: facts },
    { kind: 'text', text: t('mail.next') },
    {
      kind: 'button',
      label: t('mail.open'),
      url: brandUrl(
        brand,
        `/account/packages/${account.subscriptionId}/protection/${account.accountId}`,
      ),
    },
  ];
  await sendMail(ctx, {
    brandId: brand.id,
    branch: account.branch,
    clientId: client.id,
    to: client.email,
    template: 'protection.finding',
    language: client.language,
    subject: t('mail.subject', { domain, count: findings.length }),
    blocks,
  });
}
