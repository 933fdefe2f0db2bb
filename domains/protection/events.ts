import { z } from 'zod';
import { eventType } from '#platform/events.ts';
import type { Finding } from './finding.ts';
import { FINDING_CLASSES, FINDING_STATES, MEND_ACTS } from './protection-words.ts';

const Payload = z.object({
  findingId: z.string(),
  accountId: z.string().nullable(),
  clientId: z.string().nullable(),
  sellerId: z.string(),
  nodeId: z.string(),
  domainName: z.string(),
  /** Printable ASCII; every other byte as `\xNN`. */
  path: z.string(),
  class: z.enum(FINDING_CLASSES),
  certain: z.boolean(),
  state: z.enum(FINDING_STATES),
  act: z.enum(MEND_ACTS).nullable(),
  /** Business time. */
  happenedAt: z.string(),
});

/** What is told of a finding. */
export type FindingFact = z.infer<typeof Payload>;

/** Malware, or what may be malware, was found; the subject of both is the finding. */
export const protectionFinding = eventType('protection.finding', Payload);
/** It was mended, restored, ignored, left to people, or is gone. */
export const protectionFindingChanged = eventType('protection.finding-changed', Payload);

/** A machine stopped answering for good measure, or answers again; the subject is the node. */
export const protectionNodeChanged = eventType(
  'protection.node-changed',
  z.object({
    nodeId: z.string(),
    sellerId: z.string(),
    name: z.string(),
    state: z.enum(['silent', 'answering']),
  }),
);

export function factOf(finding: Finding, happenedAt: string) {
  return {
    branch: finding.branch,
    subject: finding.id,
    payload: {
      findingId: finding.id,
      accountId: finding.accountId,
      clientId: finding.clientId,
      sellerId: finding.sellerId,
      nodeId: finding.nodeId,
      domainName: finding.domainName,
      path: finding.path,
      class: finding.class,
      certain: finding.certain,
      state: finding.state,
      act: finding.act,
      happenedAt,
    },
  };
}
