import { brandsOfSellers } from '#domains/brands/index.ts';
import { findNodeByName, saveNode } from '#domains/hosting/index.ts';
import { saveSupplierAccount } from '#domains/licences/index.ts';
import { BANK_TRANSFER, gatewaySettingsOf, saveGatewaySetting } from '#domains/payments/index.ts';
import { findOperator, sellersWithin } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Vendors } from './start-vendors.ts';

const SELLERS_MAX = 100;
const NODE = 'node-1';
/** Packages the embedded node is asked to hold; each is a folder until somebody visits it. */
const NODE_CAPACITY = 200;

/**
 * Tells the sandbox where its vendors listen and what opens them: their ports may change from start
 * to start. What staff have chosen since the first one stays.
 */
export async function openVendorAccounts(ctx: Ctx, vendors: Vendors): Promise<void> {
  const operator = await findOperator(ctx);
  if (!operator) throw new Error('the sandbox has no operator');
  const sellers = await sellersWithin(ctx, operator.id, SELLERS_MAX);
  const brands = await brandsOfSellers(
    ctx,
    sellers.map((seller) => seller.id),
  );
  for (const brand of brands) {
    const known = await gatewaySettingsOf(ctx, brand.id);
    const chosen = (gatewayId: string, position: number) => {
      const earlier = known.find((one) => one.gatewayId === gatewayId);
      return {
        gatewayId,
        enabled: earlier?.enabled ?? true,
        position: earlier?.position ?? position,
      };
    };
    await saveGatewaySetting(ctx, {
      brandId: brand.id,
      ...chosen('sandbox-card', 0),
      settings: {
        baseUrl: vendors.card.url,
        apiKey: vendors.card.apiKey,
        webhookSecrets: [vendors.card.webhookSecret],
        merchantName: brand.name,
      },
    });
    await saveGatewaySetting(ctx, {
      brandId: brand.id,
      ...chosen(BANK_TRANSFER, 1),
      settings: {},
    });
  }
  await saveSupplierAccount(ctx, 'whmcs-reseller', {
    baseUrl: `${vendors.licences.url}/v2/reseller/`,
    email: vendors.licences.email,
    apiKey: vendors.licences.apiKey,
    // A stand-in on this machine answers at once or, having died with us, never.
    timeoutMs: 5000,
    vendorLagMs: 1000,
  });
  const node = await findNodeByName(ctx, operator.id, NODE);
  await saveNode(ctx, {
    sellerId: operator.id,
    name: NODE,
    moduleId: 'embedded-node',
    state: node?.state ?? 'open',
    capacity: node?.capacity ?? NODE_CAPACITY,
    settings: { controlUrl: vendors.node.controlUrl, controlToken: vendors.node.controlToken },
  });
}
