import { mergeSettings, settingsForm } from '#kit/settings-form.ts';
import type { SettingsForm, SettingsValues } from '#kit/settings-form.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { findSeller } from '#domains/sellers/index.ts';
import { supplierKind } from './supplier-account.ts';
import { saveSupplierAccount, selectSupplierSettings } from './supplier-store.ts';
import type { LicenceSupplier } from './supplier.ts';

/** Accounts with suppliers are the whole installation's: only the operator's staff see them. */
export async function requireOperator(ctx: Ctx): Promise<void> {
  const seller = ctx.actor.kind === 'staff' ? await findSeller(ctx, ctx.actor.sellerId) : null;
  if (seller?.depth !== 0) refuse('not-allowed');
}

export type SupplierView = {
  supplierId: string;
  title: { ru: string; en: string };
  saved: boolean;
  form: SettingsForm;
};

/** Every supplier that is installed, with our account there as a form without its secrets. */
export async function supplierViews(ctx: Ctx): Promise<SupplierView[]> {
  await requireOperator(ctx);
  const views: SupplierView[] = [];
  for (const supplier of ctx.extensions(supplierKind)) views.push(await viewOf(ctx, supplier));
  return views;
}

async function viewOf(ctx: Ctx, supplier: LicenceSupplier): Promise<SupplierView> {
  const stored = await selectSupplierSettings(ctx, supplier.id);
  return {
    supplierId: supplier.id,
    title: supplier.title,
    saved: stored !== null,
    form: settingsForm(supplier.settings, stored),
  };
}

/** Saves our account with a supplier; secrets that are left out stay as they are. */
export async function changeSupplier(
  ctx: Ctx,
  { supplierId, values }: { supplierId: string; values: SettingsValues },
): Promise<SupplierView> {
  await requireOperator(ctx);
  const supplier = ctx.extension(supplierKind, supplierId);
  if (!supplier) refuse('supplier-not-found', { field: 'supplierId' });
  const stored = await selectSupplierSettings(ctx, supplierId);
  const merged = mergeSettings(supplier.settings, stored, values);
  if (merged.kind === 'refused') {
    refuse('settings-value-invalid', { field: `values.${merged.field}` });
  }
  await saveSupplierAccount(ctx, supplierId, merged.settings);
  return viewOf(ctx, supplier);
}
