import { findBrand } from '#domains/brands/index.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { refuse } from '#kit/refusal.ts';
import { isBefore, localDate } from '#kit/term.ts';
import type { Ctx } from '#platform/context.ts';
import { creditFor } from './credit.ts';
import { creditLines } from './credit-lines.ts';
import { linesOf } from './find-invoice.ts';
import type { Invoice, InvoiceLine } from './invoice.ts';
import { selectCredited } from './store.ts';

export type StaffCredit = {
  lineNos: readonly number[];
  removedOn?: string | undefined;
  how: 'unused' | 'full';
  reason: string;
};

/**
 * A credit note by staff: what is unused from a day on, or all of a package within the brand's
 * days of full refund. Refuses `refund-period-over` and what `creditLines` says.
 */
export async function creditInvoice(
  ctx: Ctx,
  invoice: Invoice,
  { lineNos, removedOn, how, reason }: StaffCredit,
): Promise<Invoice> {
  const on = await todayOf(ctx, invoice);
  const fullUntilOn = await fullRefundUntil(ctx, invoice);
  if (how === 'full' && !fullUntilOn) refuse('refund-period-over', { field: 'how' });
  return creditLines(ctx, {
    invoiceId: invoice.id,
    lineNos,
    removedOn: removedOn && how === 'unused' ? Temporal.PlainDate.from(removedOn) : on,
    fullUntilOn: how === 'full' ? fullUntilOn : null,
    on,
    reason,
    cause: `staff-credit:${invoice.id}:${ctx.requestId}`,
  });
}

/** By line of a paid invoice: what a credit note of today would give back, and what is left. */
export async function creditableLines(
  ctx: Ctx,
  invoice: Invoice,
): Promise<{ no: number; unusedMinor: bigint; leftMinor: bigint }[]> {
  if (invoice.kind !== 'invoice' || invoice.state !== 'paid') return [];
  const on = await todayOf(ctx, invoice);
  const credited = await selectCredited(ctx, invoice);
  return (await linesOf(ctx, invoice)).map((line) => {
    const before = credited.get(line.no)?.amountMinor ?? 0n;
    return {
      no: line.no,
      unusedMinor: creditFor(line, on, { daysMinor: before }),
      leftMinor: line.refundable ? line.amountMinor - before : 0n,
    };
  });
}

/** What all of a line that may be given back would bring, by line; what was credited is gone. */
export async function refundableLines(
  ctx: Ctx,
  invoice: Invoice,
): Promise<{ line: InvoiceLine; leftMinor: bigint }[]> {
  const credited = await selectCredited(ctx, invoice);
  return (await linesOf(ctx, invoice)).map((line) => {
    const left = line.amountMinor - (credited.get(line.no)?.amountMinor ?? 0n);
    return { line, leftMinor: line.refundable && left > 0n ? left : 0n };
  });
}

/**
 * The first day on which a package is no longer refunded in full; null when that day has come, and
 * for a leg of a chain, which has no brand.
 */
export async function fullRefundUntil(
  ctx: Ctx,
  invoice: Invoice,
): Promise<Temporal.PlainDate | null> {
  const brand = invoice.brandId ? await findBrand(ctx, invoice.brandId) : null;
  const until = brand && invoice.issuedOn.add({ days: brand.policy.refundDays });
  return until && isBefore(await todayOf(ctx, invoice), until) ? until : null;
}

async function todayOf(ctx: Ctx, invoice: Invoice): Promise<Temporal.PlainDate> {
  const seller = await findSeller(ctx, invoice.sellerId);
  if (!seller) throw new Error(`${invoice.id} is of a seller that is gone`);
  return localDate(ctx.now, seller.zone);
}
