import { mergeSettings, settingsForm } from '#kit/settings-form.ts';
import type { SettingsForm, SettingsValues } from '#kit/settings-form.ts';
import { refuse } from '#kit/refusal.ts';
import type { Ctx } from '#platform/context.ts';
import { brandsOfSellers, brandUrl } from '#domains/brands/index.ts';
import type { Brand } from '#domains/brands/index.ts';
import { sellersWithin } from '#domains/sellers/index.ts';
import { BANK_TRANSFER, gatewayKind } from './connect-gateway.ts';
import type { PaymentGateway } from './gateway.ts';
import { saveGatewaySetting, selectGatewaySettings } from './gateway-store.ts';
import type { GatewaySetting } from './gateway-store.ts';

const SELLERS_MAX = 10_000;

export type GatewayOfBrand = {
  brand: Brand;
  gateway: PaymentGateway;
  /** Null until it was saved for the first time. */
  setting: GatewaySetting | null;
};

/** Every gateway that is installed, for every brand the staff may see, in the order of offering. */
export async function gatewaysOfStaff(ctx: Ctx): Promise<GatewayOfBrand[]> {
  const found: GatewayOfBrand[] = [];
  for (const brand of await brandsOfStaff(ctx)) found.push(...(await gatewaysOf(ctx, brand)));
  return found;
}

async function gatewaysOf(ctx: Ctx, brand: Brand): Promise<GatewayOfBrand[]> {
  const settings = await selectGatewaySettings(ctx, brand.id);
  const place = (id: string): number => {
    const index = settings.findIndex((setting) => setting.gatewayId === id);
    return index === -1 ? settings.length : index;
  };
  return ctx
    .extensions(gatewayKind)
    .toSorted((a, b) => place(a.id) - place(b.id))
    .map((gateway) => {
      const setting = settings.find((known) => known.gatewayId === gateway.id) ?? null;
      return { brand, gateway, setting };
    });
}

async function brandsOfStaff(ctx: Ctx): Promise<Brand[]> {
  if (ctx.actor.kind !== 'staff') return [];
  const sellers = await sellersWithin(ctx, ctx.actor.sellerId, SELLERS_MAX);
  return brandsOfSellers(
    ctx,
    sellers.map((seller) => seller.id),
  );
}

export type GatewayChange = {
  brandId: string;
  gatewayId: string;
  enabled: boolean;
  /** Left out to keep what is stored; secrets left out are kept anyway. */
  values?: SettingsValues;
};

/** Saves a brand's account with a gateway. What is switched on must fit the gateway's schema. */
export async function changeGateway(ctx: Ctx, change: GatewayChange): Promise<GatewayOfBrand> {
  const brand = (await brandsOfStaff(ctx)).find(({ id }) => id === change.brandId);
  if (!brand) refuse('brand-not-found', { field: 'brandId' });
  const known = await gatewaysOf(ctx, brand);
  const found = known.find(({ gateway }) => gateway.id === change.gatewayId);
  if (!found) refuse('gateway-not-found', { field: 'gatewayId' });
  const setting: GatewaySetting = {
    brandId: brand.id,
    gatewayId: found.gateway.id,
    enabled: change.enabled,
    settings: settingsAfter(found, change),
    position: found.setting?.position ?? known.filter((each) => each.setting).length,
  };
  await saveGatewaySetting(ctx, setting);
  return { ...found, setting };
}

function settingsAfter({ gateway, setting }: GatewayOfBrand, change: GatewayChange): unknown {
  const stored = setting?.settings ?? null;
  if (!change.values && !change.enabled) return stored ?? {};
  const sent = change.values ?? settingsForm(gateway.settings, stored).values;
  const merged = mergeSettings(gateway.settings, stored, sent);
  if (merged.kind === 'fits') return merged.settings;
  return refuse('settings-value-invalid', { field: `values.${merged.field}` });
}

export type GatewayView = {
  brandId: string;
  brandName: string;
  gatewayId: string;
  title: { ru: string; en: string };
  kind: 'page' | 'transfer';
  enabled: boolean;
  saved: boolean;
  form: SettingsForm;
  /** Where the gateway is to send its notifications; null when it sends none. */
  notifyUrl: string | null;
};

export function gatewayView({ brand, gateway, setting }: GatewayOfBrand): GatewayView {
  const told = gateway.capabilities.webhooks !== 'none';
  return {
    brandId: brand.id,
    brandName: brand.name,
    gatewayId: gateway.id,
    title: gateway.title,
    kind: gateway.id === BANK_TRANSFER ? 'transfer' : 'page',
    enabled: setting?.enabled ?? false,
    saved: setting !== null,
    form: settingsForm(gateway.settings, setting?.settings ?? null),
    notifyUrl: told ? brandUrl(brand, `/hooks/gateways/${brand.id}/${gateway.id}`) : null,
  };
}
