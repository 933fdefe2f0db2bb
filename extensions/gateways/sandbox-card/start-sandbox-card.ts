import { fileURLToPath } from 'node:url';
import { spawnVendor, type VendorProcess } from '#extensions/spawn-vendor.ts';
import type { SandboxCardOptions } from './vendor/open-sandbox-card.ts';

/** The sandbox as a process of its own: ready when this resolves, gone when its parent is. */
export function startSandboxCard(options: SandboxCardOptions): Promise<VendorProcess> {
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return spawnVendor(fileURLToPath(new URL('./main.ts', import.meta.url)), {
    SANDBOX_CARD_PORT: String(options.port),
    SANDBOX_CARD_FOLDER: options.folder,
    SANDBOX_CARD_API_KEY: options.apiKey,
    SANDBOX_CARD_WEBHOOK_SECRETS: options.webhookSecrets.join(','),
    SANDBOX_CARD_PUBLIC_URL: options.publicUrl ?? '',
    SANDBOX_CARD_LATE_MS: text(options.lateMs),
    SANDBOX_CARD_PAY_WITHIN_MS: text(options.payWithinMs),
    SANDBOX_CARD_RETRY_BASE_MS: text(options.retryBaseMs),
  });
}
