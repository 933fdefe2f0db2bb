import type { Words } from './make-input.ts';
import type { Victim } from './victim.ts';

let newcomers = 0;

/** What goes into fields that are no ids, by the field's name or by operation and name. */
export function wordsFor({ holder, email, marks }: Victim): Words {
  const licenceKey = marks.find((mark) => mark.startsWith('Leased-')) ?? 'Leased-none';
  return {
    email,
    'clients.account.signUp.email': `newcomer-${(newcomers += 1)}@example.test`,
    'clients.account.changeProfile.email': 'changed@example.test',
    'clients.clients.update.email': 'changed@example.test',
    'identity.password.forgot.email': 'forgetful@example.test',
    password: 'a password they do not have',
    currentPassword: 'a password they do not have',
    newPassword: 'a password to get in with',
    token: 'a token of the right length',
    code: '123456',
    domainName: holder.domainName,
    username: 'stranger',
    productId: 'reseller-hosting-linux',
    planId: 'linux-start',
    'orders.quoteAddOn.componentId': 'cpanel-block',
    'orders.buyAddOn.componentId': 'cpanel-block',
    componentId: 'cpanel-block',
    termMonths: 12,
    expectedTotalMinor: 100,
    gatewayId: 'bank-transfer',
    moduleId: 'embedded-node',
    supplierId: 'whmcs-reseller',
    key: licenceKey,
    path: 'public',
    from: 'public/index.php',
    to: 'public/other.php',
    'operations.moveClock.to': '2030-01-01T00:00:00Z',
    search: holder.domainName,
    subjectId: holder.subscriptionId,
    actorId: holder.clientId,
    returnPath: '/account/payments',
    effectiveOn: '2024-01-01',
    existingOn: '2024-02-01',
    'catalog.promos.create.code': 'STRANGER',
    promo: 'DEMO10',
    scopes: 'orders.read',
    'protection.admin.accounts.list.open': 'yes',
    'protection.admin.servers.scan.accountRef': 'stranger',
    engineId: 'stoika-guard',
    prefix: 'public_html',
    zones: 'bl.example.org',
    url: 'https://hooks.invalid/strange',
    resolvers: '192.0.2.53',
    addresses: '192.0.2.25',
    id: 'linux-start',
    'operations.retryJob.id': '00000000-0000-4000-8000-000000000000',
    kind: 'reseller-hosting',
  };
}
