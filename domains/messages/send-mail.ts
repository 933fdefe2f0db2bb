import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { findBrand } from '#domains/brands/index.ts';
import type { Brand, Language } from '#domains/brands/index.ts';
import type { Block } from './block.ts';
import type { Letter } from './message.ts';
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
  const [message] = await writeMails(ctx, [mail]);
  if (!message) throw new Error('no mail was written');
  await postMails(ctx, [message]);
  return message.id;
}

/** Mails as they are kept, for whoever learns late what is still to be filled in. */
export async function writeMails(ctx: Ctx, mails: readonly Mail[]): Promise<NewMessage[]> {
  const brands = new Map<string, Brand>();
  for (const brandId of new Set(mails.map((mail) => mail.brandId))) {
    const brand = await findBrand(ctx, brandId);
    if (!brand) throw new Error(`no brand ${brandId}`);
    brands.set(brandId, brand);
  }
  return mails.flatMap((mail) => {
    const brand = brands.get(mail.brandId);
    return brand ? [messageOf(ctx, mail, brand)] : [];
  });
}

/** Sends what was written, with each gap in it filled by the words for that mail. */
export async function postMails(
  ctx: Ctx,
  messages: readonly NewMessage[],
  words: readonly string[] = [],
): Promise<void> {
  const filled = messages.map((message, index) => filledBy(message, words[index]));
  await insertMessages(ctx, filled);
}

/** A character of no script: a text that people wrote does not have it. */
export const MAIL_GAP = '\uE000';

function filledBy(message: NewMessage, words: string | undefined): NewMessage {
  if (words === undefined) return message;
  const { subject, letter } = message;
  return {
    ...message,
    subject: subject.replaceAll(MAIL_GAP, words),
    letter: letter.replaceAll(MAIL_GAP, JSON.stringify(words).slice(1, -1)),
  };
}

function messageOf(ctx: Ctx, mail: Mail, brand: Brand): NewMessage {
  const t = textsFor('messages', mail.language);
  const footer = t('footer', { brand: brand.name, email: brand.supportEmail });
  const look = { brandName: brand.name, accent: brand.accent, footer };
  const letter: Letter = { blocks: mail.blocks, look };
  return {
    id: ctx.newId('msg', mail.branch),
    branch: mail.branch,
    brandId: mail.brandId,
    clientId: mail.clientId ?? null,
    toAddress: mail.to,
    template: mail.template,
    language: mail.language,
    subject: oneLine(mail.subject),
    letter: JSON.stringify(letter),
  };
}

/** A subject is a mail header: a line break in it would let its writer add headers of his own. */
function oneLine(subject: string): string {
  return subject.replaceAll(/[\r\n\u2028\u2029]+/g, ' ').trim();
}
