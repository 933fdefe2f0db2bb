import type { Invoice, Quote } from '#domains/billing/index.ts';
import type { SavedMethod } from '#domains/payments/index.ts';
import type { Letter, Writer } from './mail-client.ts';
import { cardBlocks, titleOf } from './renewal-letters.ts';

type Facts = { packages: number; quote: Quote; card: SavedMethod | undefined };

/** Three days before several packages renew on one invoice: each line, and how to drop it. */
export function mergedNoticeLetter(
  writer: Writer,
  { packages, quote, autoRenewOn, card }: Facts & { autoRenewOn: Temporal.PlainDate },
): Letter {
  const { t, date, sum } = writer;
  const total = sum(quote.totalMinor, quote.currency);
  const values = { packages, date: date(autoRenewOn), total };
  const waits = { kind: 'text', text: t('mail.mergedNotice.waits') } as const;
  return {
    template: 'orders.renewal-notice',
    subject: t('mail.mergedNotice.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.mergedNotice.heading', values) },
      { kind: 'text', text: t('mail.mergedNotice.what', values) },
      writer.lines(quote),
      ...(card ? cardBlocks(writer, card) : [waits]),
      { kind: 'text', text: t('mail.mergedNotice.howToDrop') },
      writer.button(t('mail.open'), '/account/packages'),
    ],
  };
}

/** Several packages on one invoice: paid from the balance, or to be paid until the first ends. */
export function mergedInvoiceLetter(
  writer: Writer,
  { packages, quote, invoice, card }: Facts & { invoice: Invoice & { number: string } },
): Letter {
  const { t, date, sum } = writer;
  const isPaid = invoice.state === 'paid';
  const total = sum(invoice.totalMinor, invoice.currency);
  const values = { packages, total, until: date(invoice.dueOn) };
  return {
    template: 'orders.renewal-invoice',
    subject: t(isPaid ? 'mail.mergedPaid.subject' : 'mail.mergedInvoice.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.invoice.heading', { number: invoice.number }) },
      {
        kind: 'text',
        text: isPaid
          ? t('mail.mergedPaid.what', values)
          : card
            ? t('mail.mergedInvoice.whatCard', { ...values, card: titleOf(card) })
            : t('mail.mergedInvoice.what', values),
      },
      writer.lines(quote),
      writer.button(
        isPaid ? t('mail.openInvoice') : t('mail.pay'),
        `/account/invoices/${invoice.id}`,
      ),
    ],
  };
}
