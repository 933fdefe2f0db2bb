import type { Ctx } from '#platform/context.ts';
import type { Handlers } from '#platform/http/serve.ts';
import { moneyWire } from '#platform/http/wire.ts';
import { clientOf } from '#domains/clients/index.ts';
import { moneyHeld } from '#domains/ledger/index.ts';
import { mayBeSaved } from './connect-gateway.ts';
import { selectGatewaySettings } from './gateway-store.ts';
import { chooseMethod, removeMethod } from './remove-method.ts';
import type { savedMethods } from './saved-method-contract.ts';
import { methodsOf } from './saved-method-store.ts';
import { methodView } from './saved-method-view.ts';
import { balanceAccount } from './statement.ts';

/** What clients do with their saved cards. */
export const savedMethodHandlers: Handlers<typeof savedMethods> = {
  list: async (ctx) => {
    const client = await clientOf(ctx);
    const settings = await selectGatewaySettings(ctx, client.brandId);
    return {
      ...(await itemsOf(ctx, client.id)),
      balance: moneyWire(await moneyHeld(ctx, balanceAccount(client))),
      canSave: settings.some(({ enabled, gatewayId }) => enabled && mayBeSaved(ctx, gatewayId)),
    };
  },
  choose: async (ctx, { id }) => {
    const client = await clientOf(ctx);
    await chooseMethod(ctx, client.id, id);
    return itemsOf(ctx, client.id);
  },
  remove: async (ctx, { id }) => {
    const client = await clientOf(ctx);
    await removeMethod(ctx, client.id, id);
    return itemsOf(ctx, client.id);
  },
};

async function itemsOf(ctx: Ctx, clientId: string) {
  return { items: (await methodsOf(ctx, clientId)).map(methodView) };
}
