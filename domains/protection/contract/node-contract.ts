import { z } from 'zod';
import { SettingsFormWire, SettingsValuesWire } from '#kit/settings-form.ts';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire } from '#platform/http/wire.ts';
import { engineSays } from './client-contract.ts';
import { ModeWire, SummaryWire } from './protection-wire.ts';
import { GuardServerWire } from './server-contract.ts';

const read = { who: 'staff', permission: 'protection.read' } as const;
const write = { who: 'staff', permission: 'protection.write' } as const;
const ById = z.object({ id: idWire('nod') });
const Localised = z.object({ ru: z.string(), en: z.string() });

const CapabilitiesWire = z.object({
  events: z.boolean(),
  policy: z.boolean(),
  scan: z.boolean(),
  install: z.boolean(),
  metrics: z.boolean(),
  signOn: z.boolean(),
});

const GuardedNodeWire = z.object({
  nodeId: idWire('nod'),
  name: z.string(),
  engineId: z.string().nullable(),
  engineTitle: Localised.nullable(),
  can: CapabilitiesWire.nullable(),
  /** Null: the seller's default. */
  mode: ModeWire.nullable(),
  accounts: z.int(),
  protectedAccounts: z.int(),
  openFindings: z.int(),
  risk: z.int(),
  syncedAt: InstantWire.nullable(),
  attempts: z.int(),
  lastError: z.string().nullable(),
  policyAppliedAt: InstantWire.nullable(),
  lostEvents: z.int(),
  agentState: z.enum(['absent', 'installing', 'installed', 'removing']),
  metrics: SummaryWire.nullable(),
  /** Other scanners that the node asks in the background. */
  sources: z.array(
    z.object({
      source: z.enum(['yara', 'clamav']),
      state: z.enum(['unasked', 'up', 'down']),
      words: z.string().nullable(),
      waiting: z.int(),
      asked: z.int(),
      hits: z.int(),
      passedBy: z.int(),
    }),
  ),
  outsideActs: z.boolean().describe('what those find is acted on without a person'),
  /** Of a server that calls us. */
  server: GuardServerWire.nullable(),
});
export type GuardedNodeView = z.infer<typeof GuardedNodeWire>;

const EngineWire = z.object({
  engineId: z.string(),
  title: Localised,
  saved: z.boolean(),
  form: SettingsFormWire,
});

/** How nodes are guarded: by which engine, in which mode, and whether it answers. */
export const nodeContract = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/protection/nodes',
    summary: 'Servers by risk, with the default that holds where nothing is set',
    access: read,
    input: z.object({}),
    output: z.object({ defaultMode: ModeWire, items: z.array(GuardedNodeWire) }),
  }),
  change: operation({
    method: 'PUT',
    path: '/v1/admin/protection/nodes/{id}',
    summary: 'Set which engine guards a server, and its mode',
    access: write,
    input: ById.extend({
      engineId: z.string().max(60),
      mode: ModeWire.nullable(),
      outsideActs: z.boolean().default(false),
    }),
    output: z.object({}),
    refusals: ['node-not-found', 'engine-not-found', 'engine-unfit'],
  }),
  pull: operation({
    method: 'POST',
    path: '/v1/admin/protection/nodes/{id}/pull',
    summary: 'Tell a server its policy and take in what it has found, now',
    access: write,
    transaction: 'own',
    input: ById,
    output: GuardedNodeWire,
    refusals: ['node-not-found'],
  }),
  setDefault: operation({
    method: 'PUT',
    path: '/v1/admin/protection/default',
    summary: 'Set the mode of servers that have none of their own',
    access: write,
    input: z.object({ mode: ModeWire }),
    output: z.object({}),
  }),
  install: operation({
    method: 'POST',
    path: '/v1/admin/protection/nodes/{id}/agent/install',
    summary: 'Put the vendor’s agent on a server; asked again, tells how far it is',
    access: write,
    transaction: 'own',
    input: ById,
    output: GuardedNodeWire,
    refusals: ['node-not-found', ...engineSays],
  }),
  uninstall: operation({
    method: 'POST',
    path: '/v1/admin/protection/nodes/{id}/agent/uninstall',
    summary: 'Take the vendor’s agent off a server',
    access: write,
    transaction: 'own',
    input: ById,
    output: GuardedNodeWire,
    refusals: ['node-not-found', ...engineSays],
  }),
  signOn: operation({
    method: 'POST',
    path: '/v1/admin/protection/nodes/{id}/agent/sign-on',
    summary: 'A link into the vendor’s own console; it works once and for a short time',
    access: write,
    transaction: 'own',
    secret: ['url'],
    input: ById,
    output: z.object({ url: z.url() }),
    refusals: ['node-not-found', ...engineSays],
  }),
  engines: operation({
    method: 'GET',
    path: '/v1/admin/protection/engines',
    summary: 'Engines that are installed, with our accounts there; secrets are never told',
    access: read,
    input: z.object({}),
    output: z.object({ items: z.array(EngineWire) }),
  }),
  saveEngine: operation({
    method: 'PUT',
    path: '/v1/admin/protection/engines/{engineId}',
    summary: 'Set our account with an engine’s vendor up',
    access: write,
    secret: ['values'],
    input: z.object({ engineId: z.string().max(60), values: SettingsValuesWire }),
    output: EngineWire,
    refusals: ['engine-not-found', 'settings-value-invalid'],
  }),
};
