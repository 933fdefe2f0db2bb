import { brandsOfSellers } from '#domains/brands/index.ts';
import { saveNode } from '#domains/hosting/index.ts';
import { saveSupplierAccount } from '#domains/licences/index.ts';
import { BANK_TRANSFER, saveGatewaySetting } from '#domains/payments/index.ts';
import { findOperator, sellersWithin } from '#domains/sellers/index.ts';
import type { Ctx } from '#platform/context.ts';
import type { Vendors } from './start-vendors.ts';

const SELLERS_MAX = 100;
/** Packages the embedded node is asked to hold; each is a folder until somebody visits it. */
const NODE_CAPACITY = 200;

/** Tells the sandbox where its vendors listen and what opens them; their ports may change. */
export async function openVendorAccounts(ctx: Ctx, vendors: Vendors): Promise<void> {
  const operator = await findOperator(ctx);
  if (!operator) throw new Error('the sandbox has no operator');
  const sellers = await sellersWithin(ctx, operator.id, SELLERS_MAX);
  const brands = await brandsOfSellers(
    ctx,
    sellers.map((seller) => seller.id),
  );
  for (const brand of brands) {
    await saveGatewaySetting(ctx, {
      brandId: brand.id,
      gatewayId: 'sandbox-card',
      enabled: true,
      position: 0,
      settings: {
        baseUrl: vendors.card.url,
        apiKey: vendors.card.apiKey,
        webhookSecrets: [vendors.card.webhookSecret],
        merchantName: brand.name,
      },
    });
    await saveGatewaySetting(ctx, {
      brandId: brand.id,
      gatewayId: BANK_TRANSFER,
      enabled: true,
      position: 1,
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
  await saveNode(ctx, {
    sellerId: operator.id,
    name: 'node-1',
    moduleId: 'embedded-node',
    state: 'open',
    capacity: NODE_CAPACITY,
    settings: { controlUrl: vendors.node.controlUrl, controlToken: vendors.node.controlToken },
  });
}
