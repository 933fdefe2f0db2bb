import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, PageQuery, pageWire } from '#platform/http/wire.ts';
import {
  AccountProtectionWire,
  BytesQuery,
  BytesWire,
  FindingDetailWire,
  FindingWire,
  ScanWire,
  SummaryWire,
} from './protection-wire.ts';

const read = { who: 'client', scope: 'protection.read' } as const;
const write = { who: 'client', scope: 'protection.write' } as const;
const ByAccount = z.object({ id: idWire('acc') });
const ByFinding = z.object({ id: idWire('fnd') });
export const engineSays = [
  'engine-unreachable',
  'engine-waiting',
  'engine-cannot',
  'engine-refused',
] as const;

/** A client's own sites: how they stand, what was found, and what to do about it. */
export const clientContract = {
  ofSubscription: operation({
    method: 'GET',
    path: '/v1/subscriptions/{subscriptionId}/protection',
    summary: 'How the sites of a package stand',
    access: read,
    input: z.object({ subscriptionId: idWire('sub') }),
    output: z.object({ items: z.array(AccountProtectionWire) }),
    refusals: ['subscription-not-found'],
  }),
  account: operation({
    method: 'GET',
    path: '/v1/hosting-accounts/{id}/protection',
    summary: 'How one site stands, with its newest scan',
    access: read,
    input: ByAccount,
    output: z.object({
      account: AccountProtectionWire.nullable().describe('null until its server was visited'),
      scan: ScanWire.nullable(),
    }),
    refusals: ['hosting-account-not-found'],
  }),
  summary: operation({
    method: 'GET',
    path: '/v1/hosting-accounts/{id}/protection/summary',
    summary: 'Six figures of one site: what is open, and the newest scan',
    access: read,
    input: ByAccount,
    output: SummaryWire,
    refusals: ['hosting-account-not-found'],
  }),
  findings: operation({
    method: 'GET',
    path: '/v1/hosting-accounts/{id}/findings',
    summary: 'What was found on one site, newest first',
    access: read,
    input: PageQuery.extend({ id: idWire('acc') }),
    output: pageWire(FindingWire),
    refusals: ['hosting-account-not-found'],
  }),
  scan: operation({
    method: 'POST',
    path: '/v1/hosting-accounts/{id}/scans',
    summary: 'Look at all files of a site now; a look that is under way is the same one',
    access: write,
    perMinute: 10,
    input: ByAccount,
    output: ScanWire,
    refusals: [
      'hosting-account-not-found',
      'account-not-guarded',
      'protection-off',
      'engine-cannot',
    ],
  }),
  finding: operation({
    method: 'GET',
    path: '/v1/findings/{id}',
    summary: 'One finding: what it is, what was done, how it got there',
    access: read,
    input: ByFinding,
    output: FindingDetailWire,
    refusals: ['finding-not-found'],
  }),
  bytes: operation({
    method: 'GET',
    path: '/v1/findings/{id}/bytes',
    summary: 'The bytes that were taken out, or that offend, asked of the server now',
    access: read,
    transaction: 'own',
    input: ByFinding.extend(BytesQuery),
    output: BytesWire,
    refusals: ['finding-not-found', ...engineSays],
  }),
  restore: operation({
    method: 'POST',
    path: '/v1/findings/{id}/restore',
    summary: 'Put a file back as it was found; it is left alone from then on',
    access: write,
    transaction: 'own',
    input: ByFinding,
    output: FindingDetailWire,
    refusals: ['finding-not-found', 'finding-gone', 'finding-not-restorable', ...engineSays],
  }),
  ignore: operation({
    method: 'POST',
    path: '/v1/findings/{id}/ignore',
    summary: 'Leave this content at this path alone from now on',
    access: write,
    transaction: 'own',
    input: ByFinding,
    output: FindingDetailWire,
    refusals: ['finding-not-found', 'finding-gone', ...engineSays],
  }),
};
