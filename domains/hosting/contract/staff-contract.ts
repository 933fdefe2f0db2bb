import { z } from 'zod';
import { SettingsFormWire, SettingsValuesWire } from '#kit/settings-form.ts';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire, PageQuery, pageWire, textWire } from '#platform/http/wire.ts';
import { DELIVERY_KINDS, DELIVERY_STATES } from '../delivery-words.ts';
import { NODE_STATES } from '../node.ts';
import { PACKAGE_STATES } from '../package-account.ts';
import { StaffDeliveryWire } from './delivery-wire.ts';
import { PackageWire } from './package-contract.ts';

const readDeliveries = { who: 'staff', permission: 'deliveries.read' } as const;
const readHosting = { who: 'staff', permission: 'hosting.read' } as const;
const writeHosting = { who: 'staff', permission: 'hosting.write' } as const;
const DeliveryById = z.object({ id: idWire('dlv') });
const NodeById = z.object({ id: idWire('nod') });
const Localised = z.object({ ru: z.string(), en: z.string() });

const NodeWire = z.object({
  id: idWire('nod'),
  sellerId: z.string(),
  name: z.string(),
  moduleId: z.string(),
  moduleTitle: Localised,
  state: z.enum(NODE_STATES),
  capacity: z.int(),
  packages: z.int(),
  createdAt: InstantWire,
});

const NodeInput = {
  name: textWire(80),
  state: z.enum(NODE_STATES),
  capacity: z.int().min(0).max(1_000_000),
  /** The server module's settings, by field. */
  values: SettingsValuesWire,
};
const nodeRefusals = [
  'settings-value-invalid',
  'node-name-taken',
  'server-module-unknown',
] as const;

const StaffPackageWire = PackageWire.omit({ can: true }).extend({
  clientId: z.string(),
  nodeId: z.string(),
  nodeName: z.string(),
});

export const staffContract = {
  deliveries: {
    list: operation({
      method: 'GET',
      path: '/v1/admin/deliveries',
      summary: 'Deliveries to all clients, newest first',
      access: readDeliveries,
      input: PageQuery.extend({
        state: z.enum(DELIVERY_STATES).optional(),
        kind: z.enum(DELIVERY_KINDS).optional(),
        subscriptionId: idWire('sub').optional(),
        clientId: idWire('cli').optional(),
        search: z.string().trim().max(100).optional(),
      }),
      output: pageWire(StaffDeliveryWire),
    }),
    get: operation({
      method: 'GET',
      path: '/v1/admin/deliveries/{id}',
      summary: 'One delivery with its steps and what the server said',
      access: readDeliveries,
      input: DeliveryById,
      output: StaffDeliveryWire,
      refusals: ['delivery-not-found'],
    }),
    retry: operation({
      method: 'POST',
      path: '/v1/admin/deliveries/{id}/retry',
      summary: 'Try a delivery again now',
      access: { who: 'staff', permission: 'deliveries.retry' },
      input: DeliveryById,
      output: StaffDeliveryWire,
      refusals: [
        'delivery-not-found',
        'delivery-nothing-to-do',
        'delivery-running',
        'delivery-waits-for-package',
      ],
    }),
  },
  nodes: {
    list: operation({
      method: 'GET',
      path: '/v1/admin/nodes',
      summary: 'Nodes with what they hold',
      access: readHosting,
      input: z.object({}),
      output: z.object({ items: z.array(NodeWire) }),
    }),
    get: operation({
      method: 'GET',
      path: '/v1/admin/nodes/{id}',
      summary: 'One node with its settings',
      access: readHosting,
      input: NodeById,
      output: NodeWire.extend({ settings: SettingsFormWire }),
      refusals: ['node-not-found'],
    }),
    status: operation({
      method: 'GET',
      path: '/v1/admin/nodes/{id}/status',
      summary: 'Whether a node answers, asked now',
      access: readHosting,
      transaction: 'own',
      input: NodeById,
      output: z.object({
        answers: z.boolean(),
        message: z.string().nullable(),
        packages: z.int().nullable(),
        accounts: z.int().nullable(),
        addressesFree: z.int().nullable(),
        notes: z.array(z.string()),
      }),
      refusals: ['node-not-found'],
    }),
    modules: operation({
      method: 'GET',
      path: '/v1/admin/server-modules',
      summary: 'Kinds of servers that can be added, with the fields of their settings',
      access: readHosting,
      input: z.object({}),
      output: z.object({
        items: z.array(z.object({ id: z.string(), title: Localised, settings: SettingsFormWire })),
      }),
    }),
    create: operation({
      method: 'POST',
      path: '/v1/admin/nodes',
      summary: 'Add a node',
      access: writeHosting,
      secret: ['values'],
      input: z.object({ moduleId: z.string().max(60), ...NodeInput }),
      output: NodeWire,
      refusals: nodeRefusals,
    }),
    change: operation({
      method: 'PUT',
      path: '/v1/admin/nodes/{id}',
      summary: 'Change a node; secrets that are left out stay as they are',
      access: writeHosting,
      secret: ['values'],
      input: NodeById.extend(NodeInput),
      output: NodeWire,
      refusals: ['node-not-found', ...nodeRefusals],
    }),
  },
  packages: operation({
    method: 'GET',
    path: '/v1/admin/packages',
    summary: 'Packages on nodes, newest first',
    access: readHosting,
    input: PageQuery.extend({
      nodeId: idWire('nod').optional(),
      clientId: idWire('cli').optional(),
      state: z.enum(PACKAGE_STATES).optional(),
      search: z.string().trim().max(100).optional(),
    }),
    output: pageWire(StaffPackageWire),
  }),
};
