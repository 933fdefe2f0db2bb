import type { Ctx } from '#platform/context.ts';
import { findInvoice, invoiceNumber, notesTo } from '#domains/billing/index.ts';
import type { Invoice } from '#domains/billing/index.ts';
import { brandUrl, findBrand } from '#domains/brands/index.ts';
import type { Subscription } from '#domains/subscriptions/index.ts';
import { planChangeCause } from './carry-out-plan-change.ts';
import { mailClient, packagePath } from './mail-client.ts';
import type { Letter, Writer } from './mail-client.ts';
import type { Order } from './order.ts';

/** Tells the client that the package is on its new plan, with the documents behind it. */
export async function mailPlanChanged(
  ctx: Ctx,
  order: Order,
  subscription: Subscription,
): Promise<void> {
  const invoice = order.invoiceId ? await findInvoice(ctx, order.invoiceId) : null;
  const brand = await findBrand(ctx, order.brandId);
  if (!invoice || !brand) throw new Error(`${order.id} has no documents`);
  const notes = await notesTo(ctx, subscription.id, planChangeCause(order.id));
  const documents = [invoice, ...notes.filter(({ buyerId }) => buyerId === order.clientId)];
  const linkOf = ({ id }: Invoice) => brandUrl(brand, `/account/invoices/${id}`);
  await mailClient(ctx, subscription, (writer) => planLetter(writer, order, documents, linkOf));
}

/** Tells the client of a plan that staff ordered for them and that waits for their money. */
export async function mailPlanAwaited(
  ctx: Ctx,
  order: Order,
  subscription: Subscription,
): Promise<void> {
  await mailClient(ctx, subscription, ({ t, client, domain, sum, button }) => {
    const total = sum(order.totalMinor, order.currency);
    const values = { domain, total, title: order.title[client.language] };
    return {
      template: 'orders.plan-awaited',
      subject: t('mail.planAwaited.subject', values),
      blocks: [
        { kind: 'heading', text: domain },
        { kind: 'text', text: t('mail.planAwaited.what', values) },
        button(t('mail.planAwaited.topUp'), '/account/balance'),
        button(t('mail.open'), packagePath(order.subscriptionId)),
      ],
    };
  });
}

function planLetter(
  { t, client, domain, sum, button }: Writer,
  order: Order,
  documents: readonly Invoice[],
  linkOf: (document: Invoice) => string,
): Letter {
  const values = { domain, title: order.title[client.language] };
  const rows = documents.map((document): [string, string] => {
    const { kind, totalMinor, currency } = document;
    const sign = kind === 'credit-note' ? -totalMinor : totalMinor;
    const label = t(`mail.plan.${kind === 'credit-note' ? 'note' : 'invoice'}`, {
      number: invoiceNumber(document),
    });
    return [label, sum(sign, currency)];
  });
  const [invoice] = documents;
  return {
    template: 'orders.plan-changed',
    subject: t('mail.plan.subject', values),
    blocks: [
      { kind: 'heading', text: domain },
      { kind: 'text', text: t('mail.plan.what', values) },
      { kind: 'facts', rows },
      ...(invoice
        ? [{ kind: 'button' as const, label: t('mail.plan.document'), url: linkOf(invoice) }]
        : []),
      button(t('mail.open'), packagePath(order.subscriptionId)),
    ],
  };
}
