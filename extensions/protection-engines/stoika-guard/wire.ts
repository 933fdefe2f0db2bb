import * as z from 'zod';
import type { EngineEvent, EngineScan } from '#domains/protection/protection-engine.ts';

/** What the guard answers, as far as we use it, in the words of the engine contract. */
const count = z.int().min(0);
const range = z.object({ offset: count, length: count });

const findingShape = {
  findingId: z.string(),
  accountRef: z.string(),
  path: z.string(),
  class: z.enum(['malicious', 'compromised', 'suspicious', 'unwanted']),
  family: z.string().nullable(),
  rules: z.array(z.string()),
  confidence: z.int().min(0).max(100),
  certain: z.boolean(),
  limit: z.string().nullable(),
  sha256: z.string(),
  size: count,
  foundAt: z.string(),
  detectedAfterMs: count.nullable(),
  foundBy: z.enum(['write', 'request', 'scan']),
  origin: z
    .object({
      by: z.enum(['upload', 'archive', 'php', 'unknown']),
      at: z.string(),
      script: z.string().nullable(),
      request: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable(),
};

const scanShape = {
  scanId: z.string(),
  accountRef: z.string(),
  scanKind: z.enum(['first', 'delta', 'on-demand']),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  scannedFiles: count,
  records: count,
  malicious: count,
  compromised: count,
};

const stamp = { seq: z.int().min(1), at: z.string() };
const ofFinding = { ...stamp, findingId: z.string() };

const event = z.discriminatedUnion('kind', [
  z.object({ ...stamp, kind: z.literal('finding'), ...findingShape }),
  z.object({
    ...ofFinding,
    kind: z.literal('mended'),
    act: z.enum(['restored-original', 'cut', 'trimmed', 'quarantined', 'blocked']),
    removed: z.array(range),
    restorableUntil: z.string().nullable(),
  }),
  z.object({ ...ofFinding, kind: z.literal('restored') }),
  z.object({ ...ofFinding, kind: z.literal('ignored') }),
  z.object({ ...stamp, kind: z.literal('scan'), ...scanShape }),
  z.object({
    ...stamp,
    kind: z.literal('alarm'),
    alarm: z.enum([
      'known-good-hit',
      'circuit-open',
      'quarantine-full',
      'not-mendable',
      'scan-failed',
    ]),
    accountRef: z.string().nullable(),
    findingId: z.string().nullable(),
    rule: z.string().nullable(),
    words: z.string(),
  }),
  z.object({
    ...stamp,
    kind: z.literal('mail'),
    counts: z.array(
      z.object({
        hour: z.string(),
        accountRef: z.string().nullable(),
        messages: count,
        recipients: count,
        bounces: count,
        scripts: z.array(z.object({ script: z.string(), messages: count, recipients: count })),
      }),
    ),
  }),
]);

function toEvent(told: z.output<typeof event>): EngineEvent {
  if (told.kind === 'finding') {
    const { findingId, size, ...rest } = told;
    return { ...rest, findingRef: findingId, sizeBytes: size };
  }
  if (told.kind === 'scan') {
    const { scanId, ...rest } = told;
    return { ...rest, scanRef: scanId };
  }
  if (told.kind === 'mail') return told;
  const { findingId, ...rest } = told;
  return { ...rest, findingRef: findingId } as EngineEvent;
}

export const guardEvent = event.transform(toEvent);

export const eventPage = z.object({
  events: z.array(guardEvent),
  nextAfter: count,
  lost: count,
  sources: z
    .array(
      z.object({
        source: z.enum(['yara', 'clamav']),
        state: z.enum(['unasked', 'up', 'down']),
        words: z.string().nullable(),
        waiting: count,
        asked: count,
        hits: count,
        passedBy: count,
      }),
    )
    .default([]),
});

export const scan = z.object(scanShape).transform(({ scanId, scanKind, ...rest }): EngineScan => {
  return { ...rest, scanRef: scanId, kind: scanKind };
});

export const scanStarted = z.object({ scanId: z.string() }).transform(({ scanId }) => ({
  scanRef: scanId,
}));

export const findingBytes = z.object({
  ranges: z.array(range),
  totalBytes: count,
  offset: count,
  base64: z.string(),
  nextOffset: count.nullable(),
});

/** The guard's `open` waits for a person; the other states have our names. */
export const actedOn = z
  .object({ state: z.enum(['open', 'mended', 'restored', 'ignored', 'gone']) })
  .transform(({ state }) => ({
    state: state === 'open' ? ('needs-decision' as const) : state,
  }));

export const nothing = z.object({}).transform(() => null);
