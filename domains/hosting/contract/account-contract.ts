import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire } from '#platform/http/wire.ts';
import { ACCOUNT_STANDINGS } from '../hosting-account.ts';

const read = { who: 'client', scope: 'hosting.read' } as const;
const write = { who: 'client', scope: 'hosting.write' } as const;

export const HostingAccountWire = z.object({
  id: idWire('acc'),
  packageId: z.string(),
  username: z.string(),
  domainName: z.string(),
  /** The package's own site; it goes with its package. */
  isPrimary: z.boolean(),
  state: z.enum(ACCOUNT_STANDINGS),
  url: z.string().nullable(),
  /** The server has not answered yet; it is told again until it has. */
  isPending: z.boolean(),
  createdAt: InstantWire,
});
export type HostingAccountView = z.infer<typeof HostingAccountWire>;

const OfSubscription = z.object({ subscriptionId: idWire('sub') });
const ById = z.object({ id: idWire('acc') });
const serverSays = ['server-cannot', 'server-refused', 'package-suspended'] as const;

export const accountContract = {
  list: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/hosting-accounts',
    summary: 'Hosting accounts of a package, its own site first',
    access: read,
    input: OfSubscription,
    output: z.object({ items: z.array(HostingAccountWire) }),
    refusals: ['subscription-not-found', 'package-not-found'],
  }),
  create: operation({
    method: 'POST',
    path: '/v1/subscriptions/{subscriptionId}/hosting-accounts',
    summary: 'Make a hosting account; asked again with the same name it is the same account',
    access: write,
    transaction: 'own',
    input: OfSubscription.extend({
      username: z.string().regex(/^[a-z][a-z0-9]{0,15}$/),
      domainName: z.string().trim().min(1).max(253),
    }),
    output: HostingAccountWire,
    refusals: [
      'subscription-not-found',
      'package-not-found',
      'package-not-ready',
      'domain-name-invalid',
      'account-limit-reached',
      'username-taken',
      'username-reserved',
      'domain-taken',
      ...serverSays,
    ],
  }),
  suspend: operation({
    method: 'POST',
    path: '/v1/hosting-accounts/{id}/suspend',
    summary: 'Let a site answer with the suspension page',
    access: write,
    transaction: 'own',
    input: ById,
    output: HostingAccountWire,
    refusals: ['hosting-account-not-found', ...serverSays],
  }),
  unsuspend: operation({
    method: 'POST',
    path: '/v1/hosting-accounts/{id}/unsuspend',
    summary: 'Let a suspended site answer again',
    access: write,
    transaction: 'own',
    input: ById,
    output: HostingAccountWire,
    refusals: ['hosting-account-not-found', ...serverSays],
  }),
  delete: operation({
    method: 'POST',
    path: '/v1/hosting-accounts/{id}/delete',
    summary: 'Delete a hosting account with its files, for good',
    access: write,
    transaction: 'own',
    input: ById.extend({
      domainName: z.string().max(253).describe("the account's domain, typed to confirm"),
    }),
    output: HostingAccountWire,
    refusals: [
      'hosting-account-not-found',
      'confirmation-invalid',
      'primary-account',
      ...serverSays,
    ],
  }),
};
