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
