import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire, PageQuery, pageWire } from '#platform/http/wire.ts';
import { FINDING_CLASSES, FINDING_RESPONSES, FINDING_STATES } from '../protection-words.ts';
import { engineSays } from './client-contract.ts';
import {
  AccountProtectionWire,
  AlarmWire,
  BytesQuery,
  BytesWire,
  FindingDetailWire,
  FindingWire,
  ModeWire,
  ScanWire,
} from './protection-wire.ts';

const read = { who: 'staff', permission: 'protection.read' } as const;
const write = { who: 'staff', permission: 'protection.write' } as const;
const ByFinding = z.object({ id: idWire('fnd') });
const ByAccount = z.object({ accountId: idWire('acc') });

/** Null: a machine of a seller above, which is none of theirs. */
const NodeWire = z.object({ id: z.string(), name: z.string() });

const StaffAccountWire = AccountProtectionWire.extend({
  clientId: z.string(),
  clientName: z.string(),
  node: NodeWire.nullable(),
  ownMode: ModeWire.nullable(),
  risk: z.int(),
});

const StaffFindingWire = FindingWire.extend({
  clientId: z.string().nullable(),
  rules: z.array(z.string()),
  confidence: z.int(),
});

/** `waiting`: left for a server that calls us; the state is the one from before. */
const ActedOnWire = z.object({ state: z.enum(FINDING_STATES), waiting: z.boolean() });

const FindingQuery = {
  state: z
    .enum([...FINDING_STATES, 'open'])
    .optional()
    .describe('`open`: not yet dealt with'),
  class: z.enum(FINDING_CLASSES).optional(),
  nodeId: idWire('nod').optional(),
  accountId: idWire('acc').optional(),
  clientId: idWire('cli').optional(),
  rule: z.string().max(100).optional(),
  search: z.string().trim().max(100).optional(),
};

const PathWire = z.object({
  prefix: z
    .string()
    .min(1)
    .max(1000)
    .refine((path) => !/(^|\/)\.{0,2}(\/|$)|\0/.test(path), {
      error: 'a folder below the home, without “..” and without slashes at the ends',
    }),
  mode: ModeWire,
});

const accounts = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/protection/accounts',
    summary: 'Sites by risk, the worst first',
    access: read,
    input: PageQuery.extend({
      nodeId: idWire('nod').optional(),
      clientId: idWire('cli').optional(),
      mode: ModeWire.optional(),
      open: z.stringbool().optional().describe('only those with something open'),
      search: z.string().trim().max(100).optional(),
    }),
    output: pageWire(StaffAccountWire),
  }),
  get: operation({
    method: 'GET',
    path: '/v1/admin/protection/accounts/{accountId}',
    summary: 'One site with its policy and its newest scan',
    access: read,
    input: ByAccount,
    output: StaffAccountWire.extend({ paths: z.array(PathWire), scan: ScanWire.nullable() }),
    refusals: ['hosting-account-not-found'],
  }),
  setPolicy: operation({
    method: 'PUT',
    path: '/v1/admin/protection/accounts/{accountId}/policy',
    summary: 'Set what holds for one site and for folders of it',
    access: write,
    input: ByAccount.extend({
      ownMode: ModeWire.nullable().describe('null: what was bought, else the server’s'),
      paths: z.array(PathWire).max(100),
    }),
    output: z.object({}),
    refusals: ['hosting-account-not-found'],
  }),
  scan: operation({
    method: 'POST',
    path: '/v1/admin/protection/accounts/{accountId}/scans',
    summary: 'Look at all files of a site now',
    access: write,
    input: ByAccount,
    output: ScanWire,
    refusals: [
      'hosting-account-not-found',
      'account-not-guarded',
      'protection-off',
      'engine-cannot',
    ],
  }),
};

const findings = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/protection/findings',
    summary: 'Findings on all sites, newest first',
    access: read,
    input: PageQuery.extend(FindingQuery),
    output: pageWire(StaffFindingWire),
  }),
  csv: operation({
    method: 'GET',
    path: '/v1/admin/protection/findings/csv',
    summary: 'The same findings as CSV',
    access: read,
    perMinute: 30,
    input: z.object({ ...FindingQuery, language: z.enum(['ru', 'en']).default('ru') }),
    output: z.file().mime('text/csv'),
    refusals: ['report-too-large'],
  }),
  get: operation({
    method: 'GET',
    path: '/v1/admin/protection/findings/{id}',
    summary: 'One finding',
    access: read,
    input: ByFinding,
    output: FindingDetailWire.extend({
      node: NodeWire.nullable(),
      client: z.object({ id: z.string(), name: z.string() }).nullable(),
    }),
    refusals: ['finding-not-found'],
  }),
  bytes: operation({
    method: 'GET',
    path: '/v1/admin/protection/findings/{id}/bytes',
    summary: 'The bytes that were taken out, or that offend',
    access: read,
    transaction: 'own',
    input: ByFinding.extend(BytesQuery),
    output: BytesWire,
    refusals: ['finding-not-found', ...engineSays],
  }),
  restore: operation({
    method: 'POST',
    path: '/v1/admin/protection/findings/{id}/restore',
    summary: 'Put a file back as it was found',
    access: write,
    transaction: 'own',
    input: ByFinding,
    output: ActedOnWire,
    refusals: ['finding-not-found', 'finding-gone', 'finding-not-restorable', ...engineSays],
  }),
  ignore: operation({
    method: 'POST',
    path: '/v1/admin/protection/findings/{id}/ignore',
    summary: 'Leave this content at this path alone',
    access: write,
    transaction: 'own',
    input: ByFinding,
    output: ActedOnWire,
    refusals: ['finding-not-found', 'finding-gone', ...engineSays],
  }),
};

const rules = {
  list: operation({
    method: 'GET',
    path: '/v1/admin/protection/rules',
    summary: 'What each rule did in the last days, the one that people undid most first',
    access: read,
    input: z.object({ days: z.coerce.number().int().min(1).max(365).default(30) }),
    output: z.object({
      rules: z.array(
        z.object({
          rule: z.string(),
          hits: z.int(),
          undone: z.int(),
          toDecide: z.int(),
          accounts: z.int(),
          knownGoodHits: z.int(),
          circuitsOpen: z.int(),
          lastAt: InstantWire,
        }),
      ),
      alarms: z.array(AlarmWire),
    }),
  }),
  settle: operation({
    method: 'POST',
    path: '/v1/admin/protection/alarms/{nodeId}/{seq}/settle',
    summary: 'Say that an alarm was looked at',
    access: write,
    input: z.object({
      nodeId: idWire('nod'),
      seq: z.coerce
        .number()
        .int()
        .min(1)
        .max(2 ** 50),
    }),
    output: z.object({}),
    refusals: ['alarm-not-found'],
  }),
};

const ResponseWire = z.object({ response: z.enum(FINDING_RESPONSES) });

/** For the clients of the staff's own seller. */
const response = {
  get: operation({
    method: 'GET',
    path: '/v1/admin/protection/response',
    summary: 'Whether a finding opens a ticket for the client',
    access: read,
    input: z.object({}),
    output: ResponseWire,
  }),
  set: operation({
    method: 'PUT',
    path: '/v1/admin/protection/response',
    summary: 'Set whether a finding opens a ticket for the client: never, when needed, always',
    access: write,
    input: ResponseWire,
    output: ResponseWire,
  }),
};

export const staffContract = { accounts, findings, rules, response };
