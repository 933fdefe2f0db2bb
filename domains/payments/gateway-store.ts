import type { Ctx } from '#platform/context.ts';
import { tablesOf } from '#platform/database/database.ts';

export type GatewaySetting = {
  brandId: string;
  gatewayId: string;
  enabled: boolean;
  /** As the gateway's settings schema has them; with passwords, so never on the wire. */
  settings: unknown;
  position: number;
};

type Tables = {
  gateway_setting: {
    brand_id: string;
    gateway_id: string;
    enabled: boolean;
    sealed: string;
    position: number;
  };
};

const PURPOSE = 'gateway-setting';

export async function selectGatewaySettings(ctx: Ctx, brandId: string): Promise<GatewaySetting[]> {
  const rows = await tablesOf<Tables>(ctx.tx)
    .selectFrom('gateway_setting')
    .selectAll()
    .where('brand_id', '=', brandId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    brandId: row.brand_id,
    gatewayId: row.gateway_id,
    enabled: row.enabled,
    settings: JSON.parse(ctx.unseal(PURPOSE, row.sealed)) as unknown,
    position: row.position,
  }));
}

export async function saveGatewaySetting(ctx: Ctx, setting: GatewaySetting): Promise<void> {
  const sealed = ctx.seal(PURPOSE, JSON.stringify(setting.settings));
  await tablesOf<Tables>(ctx.tx)
    .insertInto('gateway_setting')
    .values({
      brand_id: setting.brandId,
      gateway_id: setting.gatewayId,
      enabled: setting.enabled,
      sealed,
      position: setting.position,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['brand_id', 'gateway_id'])
        .doUpdateSet({ enabled: setting.enabled, sealed, position: setting.position }),
    )
    .execute();
}
