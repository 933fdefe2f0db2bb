import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { brandsOfSellers, findBrand } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { busyDepartments, saveSettings, selectSettings } from './settings-store.ts';
import { defaultSettings } from './support-settings.ts';
import type { SupportSettings } from './support-settings.ts';

export async function settingsOf(ctx: Ctx, brandId: string): Promise<SupportSettings> {
  const kept = await selectSettings(ctx, brandId);
  if (kept) return kept;
  const brand = await findBrand(ctx, brandId);
  if (!brand) throw new Error(`no brand ${brandId}`);
  return defaultSettings(brand.supportEmail);
}

/** The brands of the staff's own seller: what those below answer is theirs alone. */
export async function ownBrands(ctx: Ctx): Promise<Brand[]> {
  if (ctx.actor.kind !== 'staff') refuse('not-allowed');
  return brandsOfSellers(ctx, [ctx.actor.sellerId]);
}

export async function settingsViews(ctx: Ctx) {
  const items = [];
  for (const brand of await ownBrands(ctx)) {
    items.push({
      brandId: brand.id,
      brandName: brand.name,
      settings: copyOf(await settingsOf(ctx, brand.id)),
    });
  }
  return { items };
}

/**
 * Refuses `department-twice`, and `department-in-use` for one that is left out while tickets wait
 * in it: nobody would find them.
 */
export async function changeSettings(
  ctx: Ctx,
  brandId: string,
  settings: SupportSettings,
): Promise<void> {
  const brand = (await ownBrands(ctx)).find(({ id }) => id === brandId);
  if (!brand) refuse('brand-not-found', { field: 'brandId' });
  const keys = settings.departments.map(({ key }) => key);
  if (new Set(keys).size < keys.length) refuse('department-twice', { field: 'departments' });
  const busy = (await busyDepartments(ctx, brandId)).filter((key) => !keys.includes(key));
  if (busy[0] !== undefined) {
    refuse('department-in-use', { field: 'departments', params: { key: busy[0] } });
  }
  await saveSettings(ctx, brandId, settings);
}

/** As contracts have them: lists that may be written to. */
function copyOf({ departments, replies, reopenDays }: SupportSettings) {
  return {
    departments: departments.map((one) => ({ ...one, title: { ...one.title } })),
    replies: replies.map((one) => ({ ...one })),
    reopenDays,
  };
}
