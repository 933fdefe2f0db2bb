import { invoiceNumber } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { cardTitle, failureWords } from '#domains/payments/index.ts';
import type { Payment } from '#domains/payments/index.ts';
import type { Letter, Writer } from './mail-client.ts';

export type ChargeFacts = {
  payment: Pick<Payment, 'amountMinor' | 'currency' | 'failureCode'>;
  card: NonNullable<Payment['card']>;
  invoice: Invoice;
};

/** Money was taken from the saved card, and for what. */
export function chargedLetter(writer: Writer, facts: ChargeFacts): Letter {
  const { t, button } = writer;
  const values = valuesOf(writer, facts);
  return {
    template: 'orders.charged',
    subject: t('mail.charged.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.charged.heading', values) },
      { kind: 'text', text: t('mail.charged.what', values) },
      { kind: 'text', text: t('mail.charged.manage') },
      button(t('mail.charged.open'), `/account/invoices/${facts.invoice.id}`),
    ],
  };
}

/** Why it could not be taken, when it is tried again (null: not any more), and how to pay. */
export function chargeFailedLetter(
  writer: Writer,
  { nextOn, ...facts }: ChargeFacts & { nextOn: Temporal.PlainDate | null },
): Letter {
  const { t, date, button, client } = writer;
  const values = {
    ...valuesOf(writer, facts),
    ...failureWords(facts.payment.failureCode, client.language),
    next: nextOn ? date(nextOn) : '',
  };
  return {
    template: nextOn ? 'orders.charge-failed' : 'orders.charge-given-up',
    subject: t('mail.chargeFailed.subject', values),
    blocks: [
      { kind: 'heading', text: t('mail.chargeFailed.heading', values) },
      { kind: 'text', text: t('mail.chargeFailed.what', values) },
      {
        kind: 'text',
        text: t(nextOn ? 'mail.chargeFailed.again' : 'mail.chargeFailed.over', values),
      },
      button(t('mail.pay'), `/account/invoices/${facts.invoice.id}`),
    ],
  };
}

function valuesOf({ sum, date }: Writer, { payment, card, invoice }: ChargeFacts) {
  return {
    card: cardTitle(card),
    total: sum(payment.amountMinor, payment.currency),
    number: invoiceNumber(invoice),
    // What people recognise it by: the domain.
    about: invoice.about ? ` (${invoice.about})` : '',
    dueOn: date(invoice.dueOn),
  };
}
