import type { Ctx } from '#platform/context.ts';
import { textsFor } from '#platform/texts.ts';
import { brandUrl, findBrand } from '#domains/brands/index.ts';
import { findClient } from '#domains/clients/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { settingsOf } from './brand-settings.ts';
import { departmentTitle } from './support-settings.ts';
import type { Ticket } from './ticket.ts';

/** A mail shows how it begins; the rest is read where it is answered. */
const EXCERPT_CHARS = 1500;

/** Tells the client of what was written to them: staff's answer, or a ticket that policy opened. */
export async function mailClient(
  ctx: Ctx,
  ticket: Ticket,
  template: 'answered' | 'opened',
  body: string,
): Promise<void> {
  const client = await findClient(ctx, ticket.clientId);
  const brand = await findBrand(ctx, ticket.brandId);
  if (!client || !brand) throw new Error(`nobody to write to about ${ticket.id}`);
  const t = textsFor('support', client.language);
  const { number, subject } = ticket;
  const isOurs = await isReadByNobodyAbove(ctx, ticket);
  await sendMail(ctx, {
    brandId: brand.id,
    branch: ticket.branch,
    clientId: client.id,
    to: client.email,
    template: `support.${template}`,
    language: client.language,
    subject: isOurs
      ? t(`mail.${template}.subject`, { number, subject })
      : t('mail.there.subject', { number }),
    blocks: [
      {
        kind: 'heading',
        text: isOurs ? t(`mail.${template}.heading`, { subject }) : t('mail.there.heading'),
      },
      ...(isOurs ? [{ kind: 'text', text: excerptOf(body) } as const] : []),
      {
        kind: 'button',
        label: t('mail.open'),
        url: brandUrl(brand, `/account/tickets/${ticket.id}`),
      },
      { kind: 'text', text: t('mail.noReplies') },
    ],
  });
}

/** Tells the department's address of a ticket that a client has opened. */
export async function mailDepartment(ctx: Ctx, ticket: Ticket, body: string): Promise<void> {
  const settings = await settingsOf(ctx, ticket.brandId);
  const { email } = settings.departments.find(({ key }) => key === ticket.department) ?? {};
  const brand = await findBrand(ctx, ticket.brandId);
  if (!email || !brand) return;
  const language = brand.defaultLanguage;
  const t = textsFor('support', language);
  const { number, subject, clientName: client } = ticket;
  const isOurs = await isReadByNobodyAbove(ctx, ticket);
  await sendMail(ctx, {
    brandId: brand.id,
    branch: ticket.branch,
    to: email,
    template: 'support.new-ticket',
    language,
    subject: isOurs
      ? t('mail.new.subject', { number, subject })
      : t('mail.new.thereSubject', { number }),
    blocks: [
      { kind: 'heading', text: t('mail.new.heading', { client }) },
      {
        kind: 'facts',
        rows: [
          [t('fields.department'), departmentTitle(settings, ticket.department)[language]],
          [t('fields.priority'), t(`priorities.${ticket.priority}`)],
          ...(ticket.about ? [[t('fields.about'), ticket.about.label] as [string, string]] : []),
        ],
      },
      ...(isOurs ? [{ kind: 'text', text: excerptOf(body) } as const] : []),
      {
        kind: 'button',
        label: t('mail.open'),
        url: brandUrl(brand, `/admin/tickets/${ticket.id}`),
      },
    ],
  });
}

/**
 * Staff of sellers above may look at the mail of those below, and not at their tickets: such a mail
 * says that something was written, and not what.
 */
async function isReadByNobodyAbove(ctx: Ctx, { sellerId }: Ticket): Promise<boolean> {
  return (await findSeller(ctx, sellerId))?.depth === 0;
}

function excerptOf(body: string): string {
  if (body.length <= EXCERPT_CHARS) return body;
  // A cut may go through a character of two halves.
  return `${body.slice(0, EXCERPT_CHARS).toWellFormed()}…`;
}
