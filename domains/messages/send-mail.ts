import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Brand, Language } from '#domains/brands/index.ts';
import type { Block } from './block.ts';
import { renderHtml, renderText } from './render-mail.ts';
import { insertMessages } from './store.ts';
import type { NewMessage } from './store.ts';

export type Mail = {
  brandId: string;
  branch: number;
  clientId?: string | null;
  to: string;
  /** Which kind of mail: `orders.renewal-notice`; staff filter by it. */
  template: string;
  language: Language;
  subject: string;
  blocks: readonly Block[];
};

/**
 * Writes a mail in the brand's look. It is stored in the caller's transaction, so it goes out if
 * and only if what it tells of has happened. Returns the message's id.
 */
export async function sendMail(ctx: Ctx, mail: Mail): Promise<string> {
  const [id] = await sendMails(ctx, [mail]);
  if (!id) throw new Error('no mail was written');
  return id;
}

/** The same for any number of mails. Returns their ids in the order given. */
export async function sendMails(ctx: Ctx, mails: readonly Mail[]): Promise<string[]> {
  const brands = new Map<string, Brand>();
  for (const brandId of new Set(mails.map((mail) => mail.brandId))) {
    const brand = await findBrand(ctx, brandId);
    if (!brand) throw new Error(`no brand ${brandId}`);
    brands.set(brandId, brand);
  }
  const messages = mails.flatMap((mail) => {
    const brand = brands.get(mail.brandId);
    return brand ? [messageOf(ctx, mail, brand)] : [];
  });
  await insertMessages(ctx, messages);
  return messages.map(({ id }) => id);
}

function messageOf(ctx: Ctx, mail: Mail, brand: Brand): NewMessage {
  const t = textsFor('messages', mail.language);
  const look = {
    brandName: brand.name,
    accent: brand.accent,
    language: mail.language,
    footer: t('footer', { brand: brand.name, email: brand.supportEmail }),
  };
  return {
    id: ctx.newId('msg', mail.branch),
    branch: mail.branch,
    brandId: mail.brandId,
    clientId: mail.clientId ?? null,
    toAddress: mail.to,
    template: mail.template,
    language: mail.language,
    subject: oneLine(mail.subject),
    html: renderHtml(mail.subject, mail.blocks, look),
    textBody: renderText(mail.blocks, look),
  };
}

/** A subject is a mail header: a line break in it would let its writer add headers of his own. */
function oneLine(subject: string): string {
  return subject.replaceAll(/[\r\n\u2028\u2029]+/g, ' ').trim();
}
