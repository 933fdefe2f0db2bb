import { z } from 'zod';
import { mailLog } from './mail/mail-log.ts';

const address = z.ipv4();

/** How a node is set up. Sizes in MiB, times in ms; port 0 means any free port. */
export const nodeOptions = z.object({
  dataFolder: z.string().min(1),
  /** Bearer token of the control API. */
  controlToken: z.string().min(16),
  controlPort: z.coerce.number().int().min(0).max(65_535).default(0),
  webHost: address.default('127.0.0.1'),
  webPort: z.coerce.number().int().min(0).max(65_535).default(0),
  /** Addresses the node may give to packages; on Linux all of 127/8 is loopback. */
  addressPool: z.array(address).default(loopbackPool(16)),
  php: z.enum(['auto', 'off']).default('auto'),
  requestTimeoutMs: z.coerce.number().int().min(100).default(30_000),
  idleTimeoutMs: z.coerce.number().int().min(100).default(60_000),
  maxProcesses: z.coerce.number().int().min(1).default(8),
  maxQueuedPerAccount: z.coerce.number().int().min(1).default(32),
  phpMemoryMb: z.coerce.number().int().min(16).default(128),
  /** Whole account process: PHP's runtime itself takes about 220. */
  processMemoryMb: z.coerce.number().int().min(256).default(512),
  maxBodyMb: z.coerce.number().int().min(1).default(32),
  maxUploadMb: z.coerce.number().int().min(1).default(256),
  maxUnpackedMb: z.coerce.number().int().min(1).default(1024),
  maxArchiveEntries: z.coerce.number().int().min(1).default(20_000),
  /** Looks for malware in what accounts hold; what it does about it is its policy's say. */
  guard: z.enum(['on', 'off']).default('on'),
  /** Room for originals of what was mended, and how long they are kept. */
  guardQuarantineMb: z.coerce.number().int().min(1).default(512),
  guardKeepDays: z.coerce.number().int().min(1).default(30),
  /** Between two scans of an account; 0: only on demand. */
  guardScanEveryMinutes: z.coerce.number().int().min(0).default(120),
  /** File with the public key (Ed25519, PEM) of who signs rule packs; without it none is taken. */
  guardRulesKey: z.string().min(1).optional(),
  /** A folder of YARA rules, and clamd's socket or host:port: asked in the background, if named. */
  guardYaraRules: z.string().startsWith('/').optional(),
  guardClamd: z
    .string()
    .regex(/^(\/[^\0]{1,107}|[^/\s]{1,253}:\d{1,5})$/, 'Use a path from / or host:port')
    .optional(),
  /** Logs that say who sends mail, such as `exim:/var/log/exim4/mainlog`; read by the guard's node. */
  mailLogs: z.array(mailLog).max(10).default([]),
});

export type NodeOptions = z.output<typeof nodeOptions>;
export type NodeOptionsInput = z.input<typeof nodeOptions>;

/** 127.0.1.10, .11 …: 127.0.1.1 is left alone, Debian gives it to the machine's own name. */
export function loopbackPool(size: number): string[] {
  return Array.from({ length: size }, (_, index) => `127.0.1.${10 + index}`);
}

/** Comma-separated in flags and in the environment. */
const lists = new Set(['addressPool', 'mailLogs']);

/**
 * Reads options from the environment (`STOIKA_NODE_DATA_FOLDER`, …) and flags
 * (`--data-folder=…`, flags win; a pool is comma-separated). The token is taken from the
 * environment only: flags are visible to every user of the machine in `ps`.
 */
export function readNodeOptions(environment: NodeJS.ProcessEnv, flags: string[]): NodeOptions {
  const given: Record<string, unknown> = {};
  for (const key of Object.keys(nodeOptions.shape)) {
    const words = key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    const flag = `--${words.toLowerCase().replaceAll('_', '-')}=`;
    const fromFlag = flags.find((text) => text.startsWith(flag))?.slice(flag.length);
    const secret = key === 'controlToken';
    const value = (secret ? undefined : fromFlag) ?? environment[`STOIKA_NODE_${words}`];
    if (value !== undefined) given[key] = lists.has(key) ? value.split(',') : value;
  }
  return nodeOptions.parse(given);
}
