import { z } from 'zod';
import { idWire, InstantWire } from '#platform/http/wire.ts';
import {
  ALARM_KINDS,
  FINDING_CLASSES,
  FINDING_STATES,
  FOUND_BY,
  MEND_ACTS,
  MODES,
  SCAN_STATES,
  STANDINGS,
  WRITTEN_BY,
} from '../protection-words.ts';

/** Shapes that the client's and the staff's contracts share. */
export const ModeWire = z.enum(MODES);

export const RangeWire = z.object({ offset: z.int(), length: z.int() });

export const FindingWire = z.object({
  id: idWire('fnd'),
  accountId: z.string().nullable(),
  domainName: z.string(),
  path: z.string().describe(String.raw`below the account’s home; odd bytes are written as \xNN`),
  class: z.enum(FINDING_CLASSES),
  family: z.string().nullable(),
  certain: z.boolean().describe('certain enough to act on without a person'),
  state: z.enum(FINDING_STATES),
  act: z.enum(MEND_ACTS).nullable(),
  foundAt: InstantWire,
  foundBy: z.enum(FOUND_BY),
  mendedAt: InstantWire.nullable(),
  sizeBytes: z.int(),
});
export type FindingView = z.infer<typeof FindingWire>;

export const FindingDetailWire = FindingWire.extend({
  subscriptionId: z.string().nullable(),
  sha256: z.string(),
  confidence: z.int(),
  rules: z.array(z.string()),
  /** The budget that was met when the content could not be looked at whole. */
  limitMet: z.string().nullable(),
  detectedAfterMs: z.int().nullable(),
  removed: z.array(RangeWire),
  restorableUntil: InstantWire.nullable(),
  /** How it got there, as far as the node saw it. */
  origin: z
    .object({
      by: z.enum(WRITTEN_BY),
      at: InstantWire,
      script: z.string().nullable(),
      request: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable(),
  can: z.object({ restore: z.boolean(), ignore: z.boolean(), bytes: z.boolean() }),
  /** Asked of a server that calls us, and not answered yet. */
  waitingFor: z.enum(['restore', 'ignore']).nullable(),
  history: z.array(
    z.object({
      id: z.string(),
      at: InstantWire,
      actor: z.string(),
      state: z.enum(FINDING_STATES),
      act: z.enum(MEND_ACTS).nullable(),
    }),
  ),
});
export type FindingDetailView = z.infer<typeof FindingDetailWire>;

export const BytesWire = z.object({
  ranges: z.array(RangeWire),
  totalBytes: z.int(),
  offset: z.int().describe('counts through the ranges laid end to end'),
  base64: z.string(),
  nextOffset: z.int().nullable(),
});

export const BytesQuery = {
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 40)
    .default(0),
  limit: z.coerce.number().int().min(1).max(65_536).default(4096),
};

export const ScanWire = z.object({
  id: idWire('scn'),
  kind: z.enum(['first', 'delta', 'on-demand']),
  state: z.enum(SCAN_STATES),
  askedAt: InstantWire,
  startedAt: InstantWire.nullable(),
  endedAt: InstantWire.nullable(),
  scannedFiles: z.int(),
  records: z.int(),
  malicious: z.int(),
  compromised: z.int(),
});
export type ScanView = z.infer<typeof ScanWire>;

/** Six figures: what is open, and the newest scan. */
export const SummaryWire = z.object({
  records: z.int().describe('open findings of any class'),
  malicious: z.int(),
  compromised: z.int(),
  scannedFiles: z.int(),
  scanStartedAt: InstantWire.nullable(),
  scanEndedAt: InstantWire.nullable(),
});

export const AccountProtectionWire = z.object({
  accountId: idWire('acc'),
  subscriptionId: z.string(),
  domainName: z.string(),
  standing: z.enum(STANDINGS),
  mode: ModeWire,
  /** What its server has confirmed; null before the first time. */
  appliedMode: ModeWire.nullable(),
  /** Protection is held as an add-on. */
  bought: z.boolean(),
  summary: SummaryWire,
  /** Dealt with in the last thirty days. */
  mended: z.int(),
  lastFindingAt: InstantWire.nullable(),
});
export type AccountProtectionView = z.infer<typeof AccountProtectionWire>;

export const AlarmWire = z.object({
  nodeId: z.string(),
  seq: z.int(),
  kind: z.enum(ALARM_KINDS),
  rule: z.string().nullable(),
  accountId: z.string().nullable(),
  findingId: z.string().nullable(),
  words: z.string(),
  at: InstantWire,
});
