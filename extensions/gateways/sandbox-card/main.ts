import { reportReady } from '#extensions/spawn-vendor.ts';
import { openSandboxCard } from './vendor/open-sandbox-card.ts';

const { env } = process;
const numberIn = (name: string) => (env[name] ? Number(env[name]) : undefined);

const sandbox = await openSandboxCard({
  port: numberIn('SANDBOX_CARD_PORT') ?? 4601,
  folder: env['SANDBOX_CARD_FOLDER'] ?? '.data/sandbox-card',
  apiKey: env['SANDBOX_CARD_API_KEY'] ?? 'sandbox-api-key',
  webhookSecrets: (env['SANDBOX_CARD_WEBHOOK_SECRETS'] ?? 'sandbox-webhook-secret').split(','),
  publicUrl: env['SANDBOX_CARD_PUBLIC_URL'] || undefined,
  lateMs: numberIn('SANDBOX_CARD_LATE_MS'),
  payWithinMs: numberIn('SANDBOX_CARD_PAY_WITHIN_MS'),
  retryBaseMs: numberIn('SANDBOX_CARD_RETRY_BASE_MS'),
});
if (!process.send) console.log(`Sandbox card gateway: ${sandbox.url}`);
reportReady(sandbox.url, () => sandbox.close());
