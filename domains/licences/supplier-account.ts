import type { Ctx } from '#platform/context.ts';
import { extensionKind } from '#platform/extensions.ts';
import type { LicenceSupplier, SupplierCapabilities, SupplierConnection } from './supplier.ts';
import { selectSupplierSettings } from './supplier-store.ts';

export const supplierKind = extensionKind<LicenceSupplier>('supplier');

export type ConnectedSupplier = {
  connection: SupplierConnection;
  capabilities: SupplierCapabilities;
};

/** The supplier with our account's settings; null when it is not installed or not set up. */
export async function connectSupplier(
  ctx: Ctx,
  supplierId: string,
): Promise<ConnectedSupplier | null> {
  const supplier = ctx.extension(supplierKind, supplierId);
  const settings = await selectSupplierSettings(ctx, supplierId);
  if (!supplier || settings === null) return null;
  const connection = supplier.connect(settings, { nowMs: () => Date.now() });
  if (connection.kind === 'connected') return { connection, capabilities: supplier.capabilities };
  ctx.log.error({ supplierId, field: connection.field }, 'supplier settings do not fit');
  return null;
}
