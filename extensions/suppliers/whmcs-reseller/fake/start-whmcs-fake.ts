import { fileURLToPath } from 'node:url';
import { spawnVendor, type VendorProcess } from '#extensions/spawn-vendor.ts';
import type { WhmcsFakeOptions } from './open-whmcs-fake.ts';

/** The fake as a process of its own; it keeps its licences in `folder` from run to run. */
export function startWhmcsFake(options: WhmcsFakeOptions): Promise<VendorProcess> {
  return spawnVendor(fileURLToPath(new URL('./main.ts', import.meta.url)), {
    WHMCS_FAKE_PORT: String(options.port),
    WHMCS_FAKE_FOLDER: options.folder,
    WHMCS_FAKE_EMAIL: options.email,
    WHMCS_FAKE_API_KEY: options.apiKey,
    WHMCS_FAKE_PRODUCTS: options.products.join(','),
  });
}
