import { DEMO_PASSWORD } from '#domains/identity/index.ts';
import type { Vendors } from './sandbox/start-vendors.ts';

/** Who may sign in to the demo; made by `seed-demo.ts`. */
const DEMO_LOGINS: readonly (readonly [string, string])[] = [
  ['Staff', 'owner@stoika.test'],
  ['Clients', 'anna@example.test, boris@example.test, vera@example.test'],
  ["Reseller's staff", 'owner@northbyte.test (at northbyte.localhost)'],
  ["Reseller's client", 'anna@example.test (at northbyte.localhost)'],
];

/** What a newcomer needs to know, once, at the end. */
export function printWelcome(port: number, vendors: Vendors | null): void {
  const at = (host: string, path: string): string => `http://${host}:${port}${path}`;
  const lines = ['', `  Shop             ${at('localhost', '/')}`];
  if (vendors) {
    lines.push(
      `  Reseller's shop  ${at('northbyte.localhost', '/')}`,
      `  Client area      ${at('localhost', '/account')}`,
      `  Staff            ${at('localhost', '/admin')}`,
      `  Hosted sites     http://<account>.localhost:${vendors.node.webPort}/`,
      '',
      `  Demo logins, of this sandbox only; the password of all is ${DEMO_PASSWORD}`,
      ...DEMO_LOGINS.map(([role, email]) => `  ${role.padEnd(16)} ${email}`),
      ...(vendors.node.php === 'available'
        ? []
        : ['', '  PHP is not installed: sites are static.']),
    );
  }
  console.log([...lines, '', '  Ctrl-C stops everything.', ''].join('\n'));
}
