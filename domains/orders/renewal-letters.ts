import { cardTitle } from '#domains/payments/index.ts';
import type { SavedMethod } from '#domains/payments/index.ts';
import type { Invoice, Quote } from '#domains/billing/index.ts';
import type { LiveSubscription } from '#domains/subscriptions/index.ts';
import type { Letter, Writer } from './mail-client.ts';
import { packagePath } from './mail-client.ts';

/** As much of an invoice as is written about it. */
type LetterInvoice = Pick<Invoice, 'state' | 'totalMinor' | 'currency'> & { number: string };

type Facts = { subscription: LiveSubscription; quote: Quote };

export const titleOf = ({ cardBrand: brand, last4 }: SavedMethod) => cardTitle({ brand, last4 });

/** From which card it will be paid where the balance does not suffice. */
export function cardBlocks({ t }: Writer, card: SavedMethod | undefined): Letter['blocks'] {
  return card ? [{ kind: 'text', text: t('mail.notice.card', { card: titleOf(card) }) }] : [];
}

/** Three days before the automatic renewal: each line, and how to drop it (rule 13). */
export function renewalNoticeLetter(
  writer: Writer,
  {
    subscription,
    quote,
    autoRenewOn,
    card,
  }: Facts & { autoRenewOn: Temporal.PlainDate; card: SavedMethod | undefined },
): Letter {
  const { t, date, sum, domain } = writer;
  const total = sum(quote.totalMinor, quote.currency);
  return {
    template: 'orders.renewal-notice',
    subject: t('mail.notice.subject', { domain, date: date(autoRenewOn), total }),
    blocks: [
      { kind: 'heading', text: t('mail.notice.heading', { domain }) },
      {
        kind: 'text',
        text: t('mail.notice.what', {
          date: date(autoRenewOn),
          until: date(subscription.period.end),
          total,
        }),
      },
      writer.lines(quote),
      ...cardBlocks(writer, card),
      { kind: 'text', text: t('mail.notice.howToDrop') },
      writer.button(t('mail.open'), packagePath(subscription.id)),
    ],
  };
}

/** The automatic renewal itself: paid from the balance, to be charged, or to be paid in time. */
export function renewalInvoiceLetter(
  writer: Writer,
  {
    subscription,
    quote,
    invoice,
    card,
  }: Facts & { invoice: LetterInvoice; card?: SavedMethod | undefined },
): Letter {
  const { t, date, sum, domain } = writer;
  const isPaid = invoice.state === 'paid';
  const total = sum(invoice.totalMinor, invoice.currency);
  const until = date(subscription.period.end);
  return {
    template: 'orders.renewal-invoice',
    subject: t(isPaid ? 'mail.renewed.subject' : 'mail.invoice.subject', { domain, total }),
    blocks: [
      { kind: 'heading', text: t('mail.invoice.heading', { number: invoice.number }) },
      {
        kind: 'text',
        text: isPaid
          ? t('mail.renewed.what', { domain, total })
          : card
            ? t('mail.invoice.whatCard', { domain, total, card: titleOf(card) })
            : t('mail.invoice.what', { domain, total, until }),
      },
      writer.lines(quote),
      writer.button(isPaid ? t('mail.open') : t('mail.pay'), packagePath(subscription.id)),
    ],
  };
}

/** On the 1st, 11th and 21st while the end is near. `quote` is null when it cannot be renewed. */
export function reminderLetter(
  writer: Writer,
  facts: {
    subscription: LiveSubscription;
    quote: Quote | null;
    daysLeft: number;
    deletionOn: Temporal.PlainDate;
  },
): Letter {
  const { t, date, domain } = writer;
  const { subscription, quote, daysLeft, deletionOn } = facts;
  const values = {
    domain,
    until: date(subscription.period.end),
    days: Math.max(daysLeft, 0),
    deletionOn: date(deletionOn),
  };
  const isOver = daysLeft <= 0;
  return {
    template: 'orders.reminder',
    subject: t(isOver ? 'mail.reminder.subjectOver' : 'mail.reminder.subject', values),
    blocks: [
      { kind: 'heading', text: values.domain },
      { kind: 'text', text: t(isOver ? 'mail.reminder.over' : 'mail.reminder.left', values) },
      ...(quote ? [writer.lines(quote)] : []),
      writer.button(t('mail.renew'), packagePath(subscription.id)),
    ],
  };
}

export function suspendedLetter(
  writer: Writer,
  { subscription, deletionOn }: { subscription: LiveSubscription; deletionOn: Temporal.PlainDate },
): Letter {
  const { t, date, domain } = writer;
  const values = { domain, deletionOn: date(deletionOn) };
  return {
    template: 'orders.suspended',
    subject: t('mail.suspended.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.suspended.heading', values) },
      { kind: 'text', text: t('mail.suspended.what', values) },
      writer.button(t('mail.renew'), packagePath(subscription.id)),
    ],
  };
}

export function deletedLetter({ t, domain }: Writer): Letter {
  const values = { domain };
  return {
    template: 'orders.deleted',
    subject: t('mail.deleted.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.deleted.heading', values) },
      { kind: 'text', text: t('mail.deleted.what', values) },
    ],
  };
}
