import { findBrand, languageFor } from '#domains/brands/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import type { Block } from '#domains/messages/index.ts';
import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { selectPerson, selectUser } from './store.ts';

export type AccountMail = {
  userId: string;
  about:
    | 'reset-password'
    | 'verify-email'
    | 'new-sign-in'
    | 'password-changed'
    | 'second-factor-on'
    | 'second-factor-off';
  /** The shop's address as the person used it; the link begins with it. */
  origin: string;
  /** A page of the shop that the mail's button leads to; the security page unless said. */
  door?: 'reset-password' | 'verify-email';
  token?: string;
  facts?: { address: string; agent: string };
};

/** Tells a person what happened to their account, in their language and their brand's look. */
export async function sendAccountMail(ctx: Ctx, mail: AccountMail): Promise<void> {
  const user = await selectUser(ctx, mail.userId);
  const brand = user && (await findBrand(ctx, user.brandId));
  if (!user || !brand) return;
  const language = languageFor(brand, user.language);
  const t = textsFor('identity', language);
  const say = (part: string): string =>
    t(`mail.${mail.about}.${part}`, { brand: brand.name, name: user.name });
  const { members, staff } = await selectPerson(ctx, user.id);
  const [member] = members;
  const security = staff.length > 0 ? '/admin/security' : '/account/security';
  const path = mail.door ? `/${language}/${mail.door}?token=${mail.token ?? ''}` : security;
  const blocks: Block[] = [
    { kind: 'heading', text: say('subject') },
    { kind: 'text', text: say('text') },
  ];
  if (mail.facts) {
    const { address, agent } = mail.facts;
    blocks.push({
      kind: 'facts',
      rows: [
        [t('mail.address'), address],
        [t('mail.device'), agent || '—'],
      ],
    });
  }
  blocks.push({
    kind: 'button',
    label: say('button'),
    url: `${mail.origin}${path}`,
  });
  await sendMail(ctx, {
    brandId: brand.id,
    branch: member?.branch ?? 0,
    clientId: member?.clientId ?? null,
    to: user.email,
    template: `identity.${mail.about}`,
    language,
    subject: say('subject'),
    blocks,
  });
}
