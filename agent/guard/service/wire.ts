import { z } from 'zod';
import { externalRef } from '../../records/names.ts';

/**
 * What the guard of a node says and hears over the control API, under `/v1/guard`. JSON, the same
 * bearer token as the rest; instants are ISO 8601 in UTC, offsets and lengths are bytes.
 *
 *     GET  /guard/events?after=&limit=        → eventPage
 *     GET  /guard/policy · PUT /guard/policy  → policy
 *     GET  /guard/rules · PUT /guard/rules    → rules   (body: a signed pack)
 *     POST /guard/rules/roll-back             → rules
 *     POST /guard/scans                       → { scanId }   (header Idempotency-Key)
 *     GET  /guard/scans/:id                   → scanView
 *     GET  /guard/accounts/:ref/summary       → summary
 *     GET  /guard/findings/:id                → findingView
 *     GET  /guard/findings/:id/bytes          → findingBytes
 *     POST /guard/findings/:id/restore        → findingView
 *     POST /guard/findings/:id/ignore         → findingView
 */

/** off: nothing is looked at. detect: found and told. protect: also stopped and mended. */
export const guardMode = z.enum(['off', 'detect', 'protect']);
export type GuardMode = z.infer<typeof guardMode>;

export const guardId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Use the identifier as it was given');
const instant = z.iso.datetime();
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Below the account's home, with slashes; printable ASCII, every other byte written as `\xNN`. */
const shownPath = z.string().max(16_384);

const folderPath = z
  .string()
  .max(1024)
  .refine((path) => path !== '' && !/(^|\/)\.{0,2}(\/|$)|\0/.test(path), {
    message: 'Use a folder below the home, without “..” and without slashes at the ends',
  });

/**
 * The whole policy: the closest answer wins, path before account before server; of several paths
 * the longest. `uploadFolders` are names of folders (`wp-content/uploads`), wherever in the site
 * they stand: PHP in them is not run where the mode is protect.
 */
export const guardPolicy = z.strictObject({
  server: guardMode,
  accounts: z
    .array(z.strictObject({ accountRef: externalRef, mode: guardMode }))
    .max(100_000)
    .default([]),
  paths: z
    .array(z.strictObject({ accountRef: externalRef, prefix: folderPath, mode: guardMode }))
    .max(100_000)
    .default([]),
  uploadFolders: z
    .array(folderPath)
    .max(200)
    .default(['wp-content/uploads', 'uploads', 'sites/default/files', 'pub/media']),
  /** What another scanner finds is certain too; else a person decides. */
  outsideActs: z.boolean().default(false),
});
export type GuardPolicy = z.infer<typeof guardPolicy>;

/** The rules in use: a pack's version, or that of the rules that come with the program. */
export const guardRules = z.object({ version: z.string().max(64), standard: z.boolean() });
export type GuardRules = z.infer<typeof guardRules>;

export const byteRange = z.object({ offset: count, length: count });
export type ByteRange = z.infer<typeof byteRange>;

/** How the content got there, as far as the node saw it. */
export const findingOrigin = z.object({
  /** unknown: seen on the disk, by whom it was written is not. */
  by: z.enum(['upload', 'archive', 'php', 'unknown']),
  at: instant,
  /** The script that wrote it, the request that ran the script, and who sent that. */
  script: shownPath.nullable(),
  request: z.string().max(2100).nullable(),
  address: z.string().max(64).nullable(),
});
export type FindingOrigin = z.infer<typeof findingOrigin>;

const finding = z.object({
  findingId: guardId,
  accountRef: externalRef,
  path: shownPath,
  class: z.enum(['malicious', 'compromised', 'suspicious', 'unwanted']),
  family: z.string().max(100).nullable(),
  rules: z.array(z.string().max(100)).max(50),
  /** 0 to 100. */
  confidence: z.int().min(0).max(100),
  /** Certain enough to act on without a person. */
  certain: z.boolean(),
  /** The budget that was met when the content could not be looked at whole. */
  limit: z.string().max(100).nullable(),
  sha256,
  size: count,
  foundAt: instant,
  /** From the write to the verdict; null where the write was not seen. */
  detectedAfterMs: count.nullable(),
  foundBy: z.enum(['write', 'request', 'scan']),
  origin: findingOrigin.nullable(),
});

/** blocked: refused to run and left in place, because it could not be mended safely. */
export const mendAct = z.enum(['restored-original', 'cut', 'trimmed', 'quarantined', 'blocked']);
export type MendAct = z.infer<typeof mendAct>;

const mend = z.object({
  act: mendAct,
  at: instant,
  /** What was taken out of the content that was found. */
  removed: z.array(byteRange).max(1000),
  /** Null when nothing is kept: there is nothing to restore. */
  restorableUntil: instant.nullable(),
});

export const findingView = finding.extend({
  state: z.enum(['open', 'mended', 'restored', 'ignored', 'gone']),
  mend: mend.nullable(),
});
export type FindingView = z.infer<typeof findingView>;

/** Six figures of the newest scan and of what is open now. */
export const guardSummary = z.object({
  /** Findings that wait for somebody: open, of any class. */
  records: count,
  malicious: count,
  compromised: count,
  scannedFiles: count,
  scanStartedAt: instant.nullable(),
  scanEndedAt: instant.nullable(),
});
export type GuardSummary = z.infer<typeof guardSummary>;

export const scanOrder = z.strictObject({ accountRef: externalRef });
export const scanKind = z.enum(['first', 'delta', 'on-demand']);

export const scanView = z.object({
  scanId: guardId,
  accountRef: externalRef,
  scanKind,
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  scannedFiles: count,
  /** Of the scanned files, found in this scan: all classes, then the two by name. */
  records: count,
  malicious: count,
  compromised: count,
});
export type ScanView = z.infer<typeof scanView>;

export const alarmKind = z.enum([
  /** A rule hit a content that is known to be good: the rule is wrong, nothing was done. */
  'known-good-hit',
  /** A rule, or the server, acted too often: from here on people decide. */
  'circuit-open',
  /** No room to keep originals: found and told, not mended. */
  'quarantine-full',
  /** The file is not the account's alone (a hard link, another owner): not mended. */
  'not-mendable',
  /** A scan could not be brought to its end. */
  'scan-failed',
]);

/**
 * What an account sent in one hour so far. The same hour may be told again, never with less; an
 * account that is null stands for what none of the node's accounts sent.
 */
const mailCount = z.object({
  hour: instant,
  accountRef: externalRef.nullable(),
  messages: count,
  recipients: count,
  bounces: count,
  /** Those that sent most, as far as a log names them. */
  scripts: z
    .array(z.object({ script: z.string().max(600), messages: count, recipients: count }))
    .max(10),
});
export type MailCount = z.infer<typeof mailCount>;

const stamp = z.object({ seq: z.int().min(1), at: instant });

export const guardEvent = z.discriminatedUnion('kind', [
  stamp.extend({ kind: z.literal('finding'), ...finding.shape }),
  stamp.extend({
    kind: z.literal('mended'),
    findingId: guardId,
    accountRef: externalRef,
    ...mend.omit({ at: true }).shape,
  }),
  stamp.extend({ kind: z.literal('restored'), findingId: guardId, accountRef: externalRef }),
  stamp.extend({ kind: z.literal('ignored'), findingId: guardId, accountRef: externalRef }),
  stamp.extend({ kind: z.literal('scan'), ...scanView.shape }),
  stamp.extend({
    kind: z.literal('alarm'),
    alarm: alarmKind,
    accountRef: externalRef.nullable(),
    findingId: guardId.nullable(),
    rule: z.string().max(100).nullable(),
    words: z.string().max(500),
  }),
  stamp.extend({ kind: z.literal('mail'), counts: z.array(mailCount).max(100) }),
]);
export type GuardEvent = z.infer<typeof guardEvent>;

export const outsideState = z.object({
  source: z.enum(['yara', 'clamav']),
  state: z.enum(['unasked', 'up', 'down']),
  words: z.string().max(200).nullable(),
  waiting: count,
  asked: count,
  hits: count,
  passedBy: count,
});

export const eventsQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

/**
 * Events in order. Give `nextAfter` as `after` next time; numbers never come twice. The spool has a
 * bound: `lost` counts events between `after` and the first answered that are no longer kept.
 */
export const eventPage = z.object({
  events: z.array(guardEvent),
  nextAfter: count,
  lost: count,
  /** Other scanners as they stand at this moment. */
  sources: z.array(outsideState).default([]),
});

export const bytesQuery = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(65_536).default(16_384),
});

/**
 * The removed bytes, or the offending content where nothing was removed, to be shown as inert text.
 * `offset` counts through the ranges laid end to end.
 */
export const findingBytes = z.object({
  findingId: guardId,
  ranges: z.array(byteRange).max(1000),
  totalBytes: count,
  offset: count,
  base64: z.string(),
  nextOffset: count.nullable(),
});
