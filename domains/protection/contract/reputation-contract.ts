import { z } from 'zod';
import { operation } from '#platform/http/operation.ts';
import { idWire, InstantWire } from '#platform/http/wire.ts';

const read = { who: 'staff', permission: 'protection.read' } as const;
const write = { who: 'staff', permission: 'protection.write' } as const;
const Line = z.string().max(253);

const ReputationWire = z.object({
  resolvers: z.array(z.string()),
  everyHours: z.int(),
  checkedAt: InstantWire.nullable(),
  zones: z.array(
    z.object({
      zone: z.string(),
      state: z.enum(['untested', 'working', 'broken', 'refusing']),
      message: z.string().nullable(),
      testedAt: InstantWire.nullable(),
    }),
  ),
  nodes: z.array(z.object({ nodeId: z.string(), name: z.string() })),
  addresses: z.array(
    z.object({
      nodeId: z.string(),
      nodeName: z.string(),
      address: z.string(),
      /** Of the package whose own address it is. */
      domainName: z.string().nullable(),
      /** Others are nobody’s business outside, and no list is asked about them. */
      isPublic: z.boolean(),
    }),
  ),
  listings: z.array(
    z.object({
      id: z.string(),
      nodeId: z.string(),
      nodeName: z.string(),
      address: z.string(),
      zone: z.string(),
      codes: z.array(z.string()),
      reason: z.string().nullable(),
      listedAt: InstantWire,
      seenAt: InstantWire,
      delistedAt: InstantWire.nullable(),
      /** The site with most findings in the fortnight before. */
      culprit: z
        .object({
          accountId: z.string(),
          domainName: z.string(),
          findings: z.int(),
          firstFoundAt: InstantWire,
          lastMendedAt: InstantWire.nullable(),
        })
        .nullable(),
    }),
  ),
});

const SuspectReasonWire = z.discriminatedUnion('kind', [
  /** It sent, and was found to be malicious. */
  z.object({
    kind: z.literal('script'),
    script: z.string(),
    recipients: z.int(),
    findingId: idWire('fnd'),
    class: z.enum(['malicious', 'compromised']),
  }),
  /** Recipients of one hour, and of an hour in which it usually sends. */
  z.object({
    kind: z.literal('burst'),
    recipients: z.int(),
    usual: z.int(),
    at: InstantWire,
  }),
  z.object({
    kind: z.literal('findings'),
    findings: z.int(),
    findingId: idWire('fnd'),
    firstFoundAt: InstantWire,
  }),
  z.object({ kind: z.literal('bounces'), bounces: z.int(), recipients: z.int() }),
]);

const ExplainedListingWire = z.object({
  id: idWire('lst'),
  address: z.string(),
  zone: z.string(),
  nodeName: z.string(),
  /** Who sent in the day before, the likeliest cause first. */
  suspects: z.array(
    z.object({
      accountId: z.string().nullable(),
      domainName: z.string().nullable().describe('null: sent by none of the node’s accounts'),
      messages: z.int(),
      recipients: z.int(),
      usual: z.int().describe('recipients of an hour in which it sends'),
      weight: z.int().describe('0 to 100; 0: it sent as much as it always does'),
      reasons: z.array(SuspectReasonWire),
      script: z.object({ script: z.string(), recipients: z.int() }).nullable(),
    }),
  ),
  /** From the likeliest file to the end of the listing; null: not yet, or not seen. */
  chain: z.object({
    droppedAt: InstantWire.nullable(),
    foundAt: InstantWire.nullable(),
    mendedAt: InstantWire.nullable(),
    listedAt: InstantWire,
    delistedAt: InstantWire.nullable(),
  }),
});

/** The nodes' addresses on DNS blacklists (RFC 5782). */
export const reputationContract = {
  get: operation({
    method: 'GET',
    path: '/v1/admin/reputation',
    summary: 'Addresses of all nodes on blacklists, now and before',
    access: read,
    input: z.object({}),
    output: ReputationWire,
  }),
  explain: operation({
    method: 'GET',
    path: '/v1/admin/reputation/listings/{id}',
    summary: 'Who is likely why an address was listed, from mail logs and findings',
    access: read,
    input: z.object({ id: idWire('lst') }),
    output: ExplainedListingWire,
    refusals: ['listing-not-found'],
  }),
  check: operation({
    method: 'POST',
    path: '/v1/admin/reputation/check',
    summary: 'Ask every list about every address now',
    access: write,
    transaction: 'own',
    perMinute: 6,
    input: z.object({}),
    output: ReputationWire,
  }),
  change: operation({
    method: 'PUT',
    path: '/v1/admin/reputation',
    summary: 'Set which lists are asked, through which DNS servers, how often',
    access: write,
    input: z.object({
      zones: z.array(Line).max(50),
      resolvers: z.array(Line).max(8).describe('empty: the system’s'),
      everyHours: z.int().min(1).max(168),
    }),
    output: ReputationWire,
    refusals: ['zone-invalid', 'resolver-invalid'],
  }),
  setAddresses: operation({
    method: 'PUT',
    path: '/v1/admin/reputation/nodes/{id}/addresses',
    summary: 'Set the addresses of a node, beside those of packages',
    access: write,
    input: z.object({ id: idWire('nod'), addresses: z.array(z.string().max(45)).max(1000) }),
    output: ReputationWire,
    refusals: ['node-not-found', 'address-invalid'],
  }),
};
