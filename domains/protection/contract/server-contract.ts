import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire, textWire } from '#platform/http/wire.ts';
import { SERVER_STATES, WATCHERS } from '../server-words.ts';

const read = { who: 'staff', permission: 'protection.read' } as const;
const write = { who: 'staff', permission: 'protection.write' } as const;
const ById = z.object({ id: idWire('nod') });
const PACK_CHARS_MAX = 2_000_000;

/** How a server that calls us stands. */
export const GuardServerWire = z.object({
  state: z.enum(SERVER_STATES),
  hostName: z.string().nullable(),
  version: z.string().nullable(),
  watcher: z.enum(WATCHERS).nullable(),
  watcherWhy: z.string().nullable(),
  homes: z.string().nullable(),
  rules: z.string().nullable(),
  accounts: z.int(),
  waitingOrders: z.int(),
  heardAt: InstantWire.nullable(),
  joinUntil: InstantWire.nullable().describe('of a code that nobody has used yet'),
});
export type GuardServerView = z.infer<typeof GuardServerWire>;

const JoinWire = z.object({ id: idWire('nod'), code: z.string().describe('told once') });

/** Servers whose guard calls us. */
export const serverContract = {
  add: operation({
    method: 'POST',
    path: '/v1/admin/protection/servers',
    summary: 'Make ready for a server to join, as a node of its own; the code is told once',
    access: write,
    idempotency: 'told-once',
    perMinute: 20,
    input: z.object({ name: textWire(80) }),
    output: JoinWire,
    refusals: ['node-name-taken', 'server-there'],
  }),
  addTo: operation({
    method: 'POST',
    path: '/v1/admin/protection/nodes/{id}/server',
    summary: 'Have a node that is there guarded by a guard that calls us',
    access: write,
    idempotency: 'told-once',
    perMinute: 20,
    input: ById,
    output: JoinWire,
    refusals: ['node-not-found', 'server-there'],
  }),
  code: operation({
    method: 'POST',
    path: '/v1/admin/protection/servers/{id}/code',
    summary: 'Another code to join, for the first time or again; the last one is void',
    access: write,
    idempotency: 'told-once',
    perMinute: 20,
    input: ById,
    output: JoinWire,
    refusals: ['node-not-found', 'server-not-found'],
  }),
  accounts: operation({
    method: 'GET',
    path: '/v1/admin/protection/servers/{id}/accounts',
    summary: 'Accounts that a server says it has, ours or not',
    access: read,
    input: ById,
    output: z.object({
      items: z.array(z.object({ accountRef: z.string(), owner: z.string().describe('Unix user') })),
    }),
    refusals: ['node-not-found', 'server-not-found'],
  }),
  scan: operation({
    method: 'POST',
    path: '/v1/admin/protection/servers/{id}/scans',
    summary: 'Have a server look at all files of one of its accounts',
    access: write,
    input: ById.extend({ accountRef: z.string().max(96) }),
    output: z.object({}),
    refusals: [
      'node-not-found',
      'server-not-found',
      'server-not-joined',
      'server-account-not-found',
    ],
  }),
  rotate: operation({
    method: 'POST',
    path: '/v1/admin/protection/servers/{id}/rotate',
    summary: 'Have a server fetch another key with its next call',
    access: write,
    input: ById,
    output: z.object({}),
    refusals: ['node-not-found', 'server-not-found', 'server-not-joined'],
  }),
  revoke: operation({
    method: 'POST',
    path: '/v1/admin/protection/servers/{id}/revoke',
    summary: 'Turn a server away: its key opens nothing from now on',
    access: write,
    input: ById,
    output: z.object({}),
    refusals: ['node-not-found', 'server-not-found'],
  }),
  saveRules: operation({
    method: 'PUT',
    path: '/v1/admin/protection/servers/rules',
    summary: 'Give all servers signed rules; each checks the signature itself',
    access: write,
    secret: ['pack'],
    input: z.object({ pack: z.string().max(PACK_CHARS_MAX) }),
    output: z.object({ version: z.string() }),
    refusals: ['rule-pack-invalid'],
  }),
};
