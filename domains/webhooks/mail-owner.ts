import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { brandUrl, findBrand } from '#domains/brands/index.ts';
import type { Language } from '#domains/brands/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { findUser } from '#domains/identity/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import type { Endpoint } from './endpoint.ts';
import type { OffCause } from './webhook-words.ts';

/** Tells whoever owns an address that nothing is sent there any more, and what to do. */
export async function mailOwner(ctx: Ctx, endpoint: Endpoint, cause: OffCause): Promise<void> {
  const brand = await findBrand(ctx, endpoint.brandId);
  if (!brand) return;
  const isClients = endpoint.owner.kind === 'client';
  const reader = await readerOf(ctx, endpoint);
  const language = reader?.language ?? brand.defaultLanguage;
  const t = textsFor('webhooks', language);
  const { url } = endpoint;
  const path = `/${isClients ? 'account' : 'admin'}/webhooks/${endpoint.id}` as const;
  await sendMail(ctx, {
    brandId: brand.id,
    branch: endpoint.branch,
    clientId: isClients ? endpoint.owner.id : null,
    to: reader?.email ?? brand.supportEmail,
    template: 'webhooks.switched-off',
    language,
    subject: t('mail.subject', { host: new URL(url).host }),
    blocks: [
      { kind: 'heading', text: t('mail.heading') },
      { kind: 'text', text: t(`mail.${cause === 'gone' ? 'gone' : 'failing'}`, { url }) },
      { kind: 'text', text: t('mail.next') },
      { kind: 'button', label: t('mail.open'), url: brandUrl(brand, path) },
    ],
  });
}

/** The client, or of a seller's staff the one who made it. */
async function readerOf(
  ctx: Ctx,
  { owner, creatorId }: Endpoint,
): Promise<{ email: string; language: Language } | null> {
  return owner.kind === 'client' ? findClient(ctx, owner.id) : findUser(ctx, creatorId);
}
