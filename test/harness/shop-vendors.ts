import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedNode } from '#agent/start-node.ts';
import { saveNode, serverModuleKind } from '#domains/hosting/index.ts';
import { saveSupplierAccount, supplierKind } from '#domains/licences/index.ts';
import { protectionEngineKind } from '#domains/protection/index.ts';
import { stoikaGuard } from '#extensions/protection-engines/stoika-guard/stoika-guard.ts';
import { embeddedNode } from '#extensions/server-modules/embedded-node/embedded-node.ts';
import { driveWhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/drive-whmcs-fake.ts';
import { openWhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/open-whmcs-fake.ts';
import { whmcsReseller } from '#extensions/suppliers/whmcs-reseller/whmcs-reseller.ts';
import type { Ctx } from '#platform/context.ts';
import { Extensions } from '#platform/extensions.ts';

const CONTROL_TOKEN = 'the-control-token-of-a-test-node';
const ACCOUNT = { email: 'partner@example.com', apiKey: 'whmcs-fake-key' };

/** What delivers for a test shop: a real node and the licence supplier's stand-in. */
export type ShopVendors = {
  extensions: Extensions;
  /** Tells the installation where they listen; the operator must be there. */
  connect(ctx: Ctx, operatorId: string): Promise<void>;
  /** The supplier's side: its licences, and how it misbehaves. */
  whmcs: ReturnType<typeof driveWhmcsFake>;
  /** How the node is spoken to; a test may put something of its own in between. */
  node: { controlUrl: string; controlToken: string };
  /** Where the hosted sites answer. */
  webPort: number;
  stop(): Promise<void>;
};

/** The node's guard takes processes of its own: it is on where a test is about it. */
export async function startShopVendors(guard: 'on' | 'off' = 'off'): Promise<ShopVendors> {
  const folder = mkdtempSync(join(tmpdir(), 'shop-vendors-'));
  const [node, fake] = await Promise.all([
    startEmbeddedNode({
      dataFolder: join(folder, 'node'),
      controlToken: CONTROL_TOKEN,
      guard,
    }),
    openWhmcsFake({ port: 0, folder: join(folder, 'whmcs'), ...ACCOUNT, products: ['starter'] }),
  ]);
  return {
    extensions: new Extensions()
      .register(supplierKind, whmcsReseller)
      .register(serverModuleKind, embeddedNode)
      .register(protectionEngineKind, stoikaGuard),
    connect: async (ctx, operatorId) => {
      await saveSupplierAccount(ctx, 'whmcs-reseller', {
        ...ACCOUNT,
        baseUrl: `${fake.url}/v2/reseller/`,
        vendorLagMs: 0,
      });
      await saveNode(ctx, {
        sellerId: operatorId,
        name: 'node-1',
        moduleId: 'embedded-node',
        state: 'open',
        capacity: 1000,
        settings: { controlUrl: node.controlUrl, controlToken: CONTROL_TOKEN },
      });
    },
    whmcs: driveWhmcsFake(fake.url),
    node: { controlUrl: node.controlUrl, controlToken: CONTROL_TOKEN },
    webPort: node.webPort,
    stop: async () => {
      await Promise.all([node.stop(), fake.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
