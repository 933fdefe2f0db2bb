import type { Ctx } from '#platform/context.ts';
import { dueMinor, invoiceNumber } from '#domains/billing/index.ts';
import { sendMail } from '#domains/messages/index.ts';
import type { Debt } from './collect.ts';
import { mailTo } from './mail-client.ts';

/** Reminds the client of an unpaid invoice, before or after the day it is due. */
export async function remindOfDebt(ctx: Ctx, { invoice, brand, client }: Debt): Promise<void> {
  const subscription = { domainName: invoice.about ?? '' };
  const mail = mailTo({ client, brand, subscription }, ({ t, date, sum, button }) => {
    const values = {
      number: invoiceNumber(invoice),
      due: sum(dueMinor(invoice), invoice.currency),
      date: date(invoice.dueOn),
    };
    return {
      template: 'orders.debt',
      subject: t('mail.debt.subject', values),
      blocks: [
        { kind: 'heading', text: t('mail.debt.heading', values) },
        { kind: 'text', text: t('mail.debt.what', values) },
        button(t('mail.pay'), `/account/invoices/${invoice.id}`),
      ],
    };
  });
  await sendMail(ctx, mail);
}
