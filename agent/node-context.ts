import type { Logger } from 'pino';
import type { NodeOptions } from './node-options.ts';
import type { NodeStore } from './records/node-store.ts';
import type { DiskUsage } from './packages/disk-usage.ts';
import type { MailWatch } from './mail/watch-mail.ts';
import type { NodeGuard } from './guard/service/node-guard.ts';
import type { Traffic } from './packages/traffic.ts';
import type { serialQueue } from './serial-queue.ts';

/** A file of an account has new content; told after it is on disk. */
export type FileWritten = {
  accountRef: string;
  /** Relative to the account's home, with slashes. */
  path: string;
  by: 'upload' | 'archive' | 'php';
  at: string;
  /** For what PHP wrote: the script, the request that ran it, and who sent that. */
  cause?: { script: string; request: string; address: string };
};

/** Everything an operation of the node needs, passed in so that each stays a plain function. */
export type NodeContext = {
  options: NodeOptions;
  store: NodeStore;
  usage: DiskUsage;
  traffic: Traffic;
  /** All changes to packages and accounts happen one after another. */
  inTurn: ReturnType<typeof serialQueue>;
  /** ISO instant in UTC. */
  now: () => string;
  log: Logger;
  /** Null where the node is set up without one. */
  guard: NodeGuard | null;
  /** Who sends how much; told with what the guard tells, so null without one. */
  mail: MailWatch | null;
  /** The hook for whoever inspects new files; a failing listener is logged, never waited for. */
  announceFile: (event: FileWritten) => void;
  /** Ends the account's process, if it has one; resolves when it is gone. */
  stopAccount: (accountRef: string) => Promise<void>;
  /** Opens the web side on one more local address; false when the machine refuses it. */
  openAddress: (address: string) => Promise<boolean>;
  closeAddress: (address: string) => Promise<void>;
  webPort: () => number;
};
