import type { Ctx } from '#platform/context.ts';
import { extensionKind } from '#platform/extensions.ts';
import type { GatewayConnection, PaymentGateway } from './gateway.ts';
import { selectGatewaySettings } from './gateway-store.ts';

export const gatewayKind = extensionKind<PaymentGateway>('gateway');

/** Paid to the seller's bank account; staff confirm it when it has arrived. */
export const BANK_TRANSFER = 'bank-transfer';

/** Whether a gateway keeps methods for charges without the payer. */
export function mayBeSaved({ extension }: Pick<Ctx, 'extension'>, gatewayId: string): boolean {
  return extension(gatewayKind, gatewayId)?.capabilities.savedMethods ?? false;
}

/** A brand's gateway, ready to use; null when the brand has none of that id switched on. */
export async function connectGateway(
  ctx: Ctx,
  brandId: string,
  gatewayId: string,
): Promise<GatewayConnection | null> {
  const gateway = ctx.extension(gatewayKind, gatewayId);
  const settings = await selectGatewaySettings(ctx, brandId);
  const setting = settings.find((known) => known.gatewayId === gatewayId && known.enabled);
  if (!gateway || !setting) return null;
  const connection = gateway.connect(setting.settings, { nowMs: () => Date.now() });
  if (connection.kind === 'connected') return connection;
  ctx.log.error({ brandId, gatewayId, field: connection.field }, 'gateway settings do not fit');
  return null;
}
