import { reportReady } from '#extensions/spawn-vendor.ts';
import { openWhmcsFake } from './open-whmcs-fake.ts';

const { env } = process;
const fake = await openWhmcsFake({
  port: Number(env['WHMCS_FAKE_PORT'] ?? 4602),
  folder: env['WHMCS_FAKE_FOLDER'] ?? '.data/whmcs-fake',
  email: env['WHMCS_FAKE_EMAIL'] ?? 'reseller@example.com',
  apiKey: env['WHMCS_FAKE_API_KEY'] ?? 'whmcs-fake-key',
  products: (env['WHMCS_FAKE_PRODUCTS'] ?? 'starter,plus,professional,business').split(','),
});
reportReady(fake.url, () => fake.close());
