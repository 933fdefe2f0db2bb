import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire } from '#platform/http/wire.ts';
import { DeliveryWire } from './delivery-wire.ts';

const read = { who: 'client', scope: 'hosting.read' } as const;

/** Null: as much as the server has. */
export const LimitsWire = z.object({
  accounts: z.int().nullable(),
  diskMb: z.int().nullable(),
  trafficMb: z.int().nullable(),
});

export const PackageWire = z.object({
  id: idWire('pkg'),
  subscriptionId: z.string(),
  domainName: z.string(),
  username: z.string(),
  platform: z.enum(['linux', 'windows']),
  /** Delivered for a demonstration on another system. */
  standIn: z.boolean(),
  state: z.enum(['creating', 'active', 'suspended', 'terminated']),
  /** Where the site answers before the domain points to the server. */
  url: z.string().nullable(),
  limits: LimitsWire,
  /** Of the package's own. */
  addresses: z.array(z.string()),
  /** What can be done from here; the rest is done in the server's own panel. */
  can: z.object({ accounts: z.boolean(), files: z.boolean(), usage: z.boolean() }),
  createdAt: InstantWire,
  readyAt: InstantWire.nullable(),
});
export type PackageView = z.infer<typeof PackageWire>;

const OfSubscription = z.object({ subscriptionId: idWire('sub') });

const DeliveriesWire = z.object({
  items: z.array(DeliveryWire),
  /** When it stood so, by the clock that the deliveries' own times are from. */
  asOf: InstantWire,
});

export const packageContract = {
  get: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/package',
    summary: 'What a subscription has on its server',
    access: read,
    input: OfSubscription,
    output: PackageWire,
    refusals: ['subscription-not-found', 'package-not-found'],
  }),
  usage: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/package/usage',
    summary: 'How much of its limits a package uses, asked of the server now',
    access: read,
    transaction: 'own',
    input: OfSubscription,
    output: z.object({
      accounts: z.int(),
      diskBytes: z.int(),
      files: z.int(),
      /** In the running month. */
      trafficBytes: z.int(),
      limits: LimitsWire,
    }),
    refusals: [
      'subscription-not-found',
      'package-not-found',
      'package-not-ready',
      'server-cannot',
      'server-refused',
      'server-unreachable',
    ],
  }),
  deliveries: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/deliveries',
    summary: 'What was and is being delivered to a subscription, newest first, step by step',
    access: read,
    input: OfSubscription,
    output: DeliveriesWire,
    refusals: ['subscription-not-found'],
  }),
  orderDeliveries: operation({
    method: 'GET',
    path: '/v1/orders/{orderId}/deliveries',
    summary: 'What an order brings, step by step, newest first',
    access: read,
    input: z.object({ orderId: idWire('ord') }),
    output: DeliveriesWire,
    refusals: ['order-not-found'],
  }),
};
