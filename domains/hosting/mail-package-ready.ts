import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { brandUrl, findBrand } from '#domains/brands/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import { packageOfSubscription } from './package-store.ts';

/** Tells the client that the package is there, where it answers, and what to do with it. */
export async function mailPackageReady(ctx: Ctx, subscriptionId: string): Promise<void> {
  const account = await packageOfSubscription(ctx, subscriptionId);
  if (!account?.url) throw new Error(`${subscriptionId} has no package that answers`);
  const client = await findClient(ctx, account.clientId);
  const brand = await findBrand(ctx, account.brandId);
  if (!client || !brand) throw new Error(`nobody to write to about ${subscriptionId}`);
  const t = textsFor('hosting', client.language);
  const { domainName, limits } = account;
  const facts: [string, string][] = [
    [t('mail.domain'), domainName],
    [t('mail.site'), account.url],
    [t('mail.username'), account.username],
  ];
  if (limits.accounts !== null) facts.push([t('mail.accounts'), String(limits.accounts)]);
  await sendMail(ctx, {
    brandId: brand.id,
    branch: account.branch,
    clientId: client.id,
    to: client.email,
    template: 'hosting.package-ready',
    language: client.language,
    subject: t('mail.subject', { domain: domainName }),
    blocks: [
      { kind: 'heading', text: t('mail.heading') },
      { kind: 'text', text: t('mail.intro', { domain: domainName }) },
      { kind: 'facts', rows: facts },
      ...(account.standIn ? [{ kind: 'text' as const, text: t('mail.standIn') }] : []),
      { kind: 'text', text: t('mail.next') },
      {
        kind: 'button',
        label: t('mail.open'),
        url: brandUrl(brand, `/account/packages/${subscriptionId}`),
      },
    ],
  });
}
