import { expect, test } from 'vitest';
import { matchPath, path } from './path.ts';

const client = path('/admin/clients/$clientId');

test('an address is built from its parameters, escaped, with the search that is not empty', () => {
  expect(client({ clientId: 'cli_1' })).toBe('/admin/clients/cli_1');
  expect(client({ clientId: 'a/b' }, { tab: 'orders', after: null })).toBe(
    '/admin/clients/a%2Fb?tab=orders',
  );
  expect(path('/admin/clients')({ status: 'active' })).toBe('/admin/clients?status=active');
});

test('matching gives the parameters back, and nothing for other addresses', () => {
  expect(matchPath(client.pattern, '/admin/clients/a%2Fb')).toEqual({ clientId: 'a/b' });
  expect(matchPath(client.pattern, '/admin/clients')).toBeNull();
  expect(matchPath(client.pattern, '/admin/clients/')).toBeNull();
  expect(matchPath(client.pattern, '/admin/clients/%zz')).toBeNull();
});
