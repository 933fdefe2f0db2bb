import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedNode } from '#agent/start-node.ts';
import { startSandboxCard } from '#extensions/gateways/sandbox-card/start-sandbox-card.ts';
import { startWhmcsFake } from '#extensions/suppliers/whmcs-reseller/fake/start-whmcs-fake.ts';
import type { Stack } from '../stack.ts';

/** Where the sandbox's stand-ins listen and what opens them. */
export type Vendors = {
  card: { url: string; apiKey: string; webhookSecret: string };
  licences: { url: string; email: string; apiKey: string };
  node: { controlUrl: string; controlToken: string; webPort: number; php: string };
};

type Keys = { card: string; webhook: string; licences: string; node: string };

/** The ports that people see in addresses; the others are any free ones. */
const CARD_PORT = 4601;
const SITES_PORT = 8090;
const PARTNER_EMAIL = 'partner@stoika.test';

/**
 * Starts the stand-ins, each in a process of its own that ends with ours: the card gateway, the
 * licence supplier and the node that serves the hosted sites. What they hold survives a restart.
 */
export async function startVendors(folder: string, running: Stack): Promise<Vendors> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keys = await keptKeys(join(folder, 'keys.json'));
  const [card, licences, node] = await Promise.all([
    startSandboxCard({
      port: Number(process.env['CARD_PORT'] ?? CARD_PORT),
      folder: join(folder, 'card'),
      apiKey: keys.card,
      webhookSecrets: [keys.webhook],
    }),
    startWhmcsFake({
      port: 0,
      folder: join(folder, 'whmcs'),
      email: PARTNER_EMAIL,
      apiKey: keys.licences,
      products: ['starter', 'plus', 'professional'],
    }),
    startEmbeddedNode({
      dataFolder: join(folder, 'node'),
      controlToken: keys.node,
      webPort: Number(process.env['SITES_PORT'] ?? SITES_PORT),
    }),
  ]);
  running.push('card gateway', card.stop);
  running.push('licence supplier', licences.stop);
  running.push('node', node.stop);
  return {
    card: { url: card.url, apiKey: keys.card, webhookSecret: keys.webhook },
    licences: { url: licences.url, email: PARTNER_EMAIL, apiKey: keys.licences },
    node: {
      controlUrl: node.controlUrl,
      controlToken: keys.node,
      webPort: node.webPort,
      php: node.php,
    },
  };
}

/** Made once, kept where only this user reads them. */
async function keptKeys(file: string): Promise<Keys> {
  const fresh = (): string => randomBytes(24).toString('base64url');
  const made: Keys = { card: fresh(), webhook: fresh(), licences: fresh(), node: fresh() };
  await writeFile(file, JSON.stringify(made), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return JSON.parse(await readFile(file, 'utf8')) as Keys;
}
