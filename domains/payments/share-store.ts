import { branchOf } from '#kit/id.ts';
import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';

type Tables = {
  payment_share: { branch_id: number; payment_id: string; no: number; invoice_id: string };
};

/** Writes which invoices a payment is for together, in the order they will be paid. */
export async function insertShares(
  ctx: Ctx,
  paymentId: string,
  invoiceIds: readonly string[],
): Promise<void> {
  if (invoiceIds.length === 0) return;
  const rows = invoiceIds.map((invoice_id, index) => ({
    branch_id: branchOf(paymentId),
    payment_id: paymentId,
    no: index + 1,
    invoice_id,
  }));
  await tablesOf<Tables>(ctx.tx).insertInto('payment_share').values(rows).execute();
}

export async function sharesOf(ctx: Ctx, paymentId: string): Promise<string[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('payment_share')
    .select('invoice_id')
    .where('branch_id', '=', branchOf(paymentId))
    .where('payment_id', '=', paymentId)
    .orderBy('no')
    .execute();
  return rows.map((row) => row.invoice_id);
}
