import type * as z from 'zod';
import { extensionKind } from '#platform/extensions.ts';
import type {
  AlarmKind,
  FindingClass,
  FindingState,
  FoundBy,
  MendAct,
  Mode,
  ScanState,
} from './protection-words.ts';

/**
 * What finds malware on a node: our own guard, or a vendor's agent that the host already pays for.
 * A value with id, typed settings, flags and functions, like every extension.
 *
 * Every verb may be repeated: events are numbered and asked for after a number, a policy is told
 * whole, a scan carries our key, restoring and ignoring aim at a state.
 */
export type ProtectionEngine = {
  /** Kebab-case, never changed once nodes refer to it. */
  id: string;
  title: { ru: string; en: string };
  capabilities: EngineCapabilities;
  /** Our account with the vendor, for all nodes; an empty object where there is none. */
  settings: z.ZodType;
  /**
   * Null when this engine cannot guard such a node at all. The box is there for servers that call us.
   */
  connect(
    node: GuardableNode,
    settings: unknown,
    box: OrderBox | null,
  ): EngineConnection | EngineRefused | null;
  /** Of an engine whose servers call us: the events that they bring; what does not fit is left out. */
  readEvents?(told: readonly unknown[]): EngineEvent[];
};

export const protectionEngineKind = extensionKind<ProtectionEngine>('protection-engine');

/** The node as its server module knows it. */
export type GuardableNode = { id: string; name: string; moduleId: string; settings: unknown };

/** What an engine can do. Screens never offer the rest; verbs for it answer `engine-cannot`. */
export type EngineCapabilities = {
  /** Tells of each finding. */
  events: boolean;
  /** Keeps a mode for each account; without it modes are set at the vendor. */
  policy: boolean;
  scan: boolean;
  /** Shows the bytes that it took out or would take out. */
  bytes: boolean;
  restore: boolean;
  ignore: boolean;
  /** Is put on a node and taken off by us. */
  install: boolean;
  /** Tells figures of a node. */
  metrics: boolean;
  /** Signs a person in to the vendor's own console. */
  signOn: boolean;
};

export type EngineRefused = { kind: 'settings-refused'; field: string; message: string };

/**
 * What a server that calls us is to do: left in a box, fetched with its next call, answered with a
 * later one. An order that is asked for again while it waits is the same order.
 */
export type OrderBox = {
  /** `ok` once the server has confirmed that very policy. */
  setPolicy(policy: EnginePolicy): Promise<EngineAnswer<null>>;
  /** Waits a few seconds for the answer, which comes as the server gave it. */
  ask(order: OrderInput): Promise<EngineAnswer<unknown>>;
};

export type OrderInput =
  | { kind: 'scan'; accountRef: string; key: string }
  | { kind: 'restore' | 'ignore'; findingRef: string }
  | ({ kind: 'bytes'; findingRef: string } & ByteWindow);

/**
 * - `refused`: a final "no", with the engine's own code in kebab-case.
 * - `unreachable`: no usable answer; the work may or may not be done. Repeat the same call.
 * - `waiting`: left for a server that calls us; the same call later tells how it ended.
 */
export type EngineAnswer<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'unreachable'; message: string }
  | { kind: 'waiting'; message: string };

export type EngineConnection = {
  kind: 'connected';
  /** In order, after that number. `lost`: how many in between are no longer kept. */
  events(after: number, limit: number): Promise<EngineAnswer<EventPage>>;
  setPolicy(policy: EnginePolicy): Promise<EngineAnswer<null>>;
  startScan(accountRef: string, key: string): Promise<EngineAnswer<{ scanRef: string }>>;
  findScan(scanRef: string): Promise<EngineAnswer<EngineScan>>;
  readBytes(findingRef: string, from: ByteWindow): Promise<EngineAnswer<FindingBytes>>;
  restore(findingRef: string): Promise<EngineAnswer<ActedOn>>;
  ignore(findingRef: string): Promise<EngineAnswer<ActedOn>>;
  /** Of agents that are installed by us. Asked again while it goes on, it tells how far it is. */
  install(): Promise<EngineAnswer<AgentState>>;
  uninstall(): Promise<EngineAnswer<AgentState>>;
  metrics(): Promise<EngineAnswer<EngineMetrics | null>>;
  /** A link that signs the caller in, once and for a short time. */
  signOn(accountHome: string | null): Promise<EngineAnswer<{ url: string }>>;
};

export type AgentState = { state: 'installing' | 'installed' | 'removing' | 'absent' };

/** The whole of it: what is not named here has the node's own mode. */
export type EnginePolicy = {
  node: Mode;
  accounts: readonly { accountRef: string; mode: Mode }[];
  /** Folders below an account's home; the longest that fits wins over the account's mode. */
  paths: readonly { accountRef: string; prefix: string; mode: Mode }[];
  /** What another scanner finds is acted on without a person. */
  outsideActs: boolean;
};

export type ByteRange = { offset: number; length: number };
export type ByteWindow = { offset: number; limit: number };

/** `offset` counts through the ranges laid end to end. */
export type FindingBytes = {
  ranges: ByteRange[];
  totalBytes: number;
  offset: number;
  base64: string;
  nextOffset: number | null;
};

/** How it stands after the verb; an engine's `open` is our `needs-decision`. */
export type ActedOn = { state: FindingState };

/** How a content got there, as far as the node saw it. */
export type FindingOrigin = {
  by: 'upload' | 'archive' | 'php' | 'unknown';
  at: string;
  /** The script that wrote it, the request that ran the script, and who sent that. */
  script: string | null;
  request: string | null;
  address: string | null;
};

export type EngineFinding = {
  findingRef: string;
  accountRef: string;
  /** Below the account's home; every byte that is not printable ASCII written as `\xNN`. */
  path: string;
  class: FindingClass;
  family: string | null;
  rules: string[];
  /** 0 to 100. */
  confidence: number;
  /** Certain enough to act on without a person. */
  certain: boolean;
  /** The budget that was met when the content could not be looked at whole. */
  limit: string | null;
  sha256: string;
  sizeBytes: number;
  foundAt: string;
  detectedAfterMs: number | null;
  foundBy: FoundBy;
  origin: FindingOrigin | null;
};

export type EngineScan = {
  scanRef: string;
  accountRef: string;
  kind: 'first' | 'delta' | 'on-demand';
  state: Exclude<ScanState, 'wanted'>;
  startedAt: string | null;
  endedAt: string | null;
  scannedFiles: number;
  records: number;
  malicious: number;
  compromised: number;
};

/** What an account sent in one hour of the node's clock so far; told again while it grows. */
export type EngineMailCount = {
  hour: string;
  /** Null: sent by none of the node's accounts. */
  accountRef: string | null;
  messages: number;
  recipients: number;
  bounces: number;
  scripts: { script: string; messages: number; recipients: number }[];
};

type Stamp = { seq: number; at: string };

export type EngineEvent = Stamp &
  (
    | ({ kind: 'finding' } & EngineFinding)
    | {
        kind: 'mended';
        findingRef: string;
        act: MendAct;
        removed: ByteRange[];
        restorableUntil: string | null;
      }
    | { kind: 'restored' | 'ignored'; findingRef: string }
    | { kind: 'mail'; counts: EngineMailCount[] }
    | ({ kind: 'scan'; scanKind: EngineScan['kind'] } & Omit<EngineScan, 'kind'>)
    | {
        kind: 'alarm';
        alarm: AlarmKind;
        accountRef: string | null;
        findingRef: string | null;
        rule: string | null;
        words: string;
      }
  );

/** Another scanner that an engine asks in the background, as it stands at this moment. */
export type EngineSource = {
  source: 'yara' | 'clamav';
  state: 'unasked' | 'up' | 'down';
  /** Why it is down, or why it last passed a content by. */
  words: string | null;
  waiting: number;
  asked: number;
  hits: number;
  /** Contents that it has not looked at. */
  passedBy: number;
};

export type EventPage = {
  events: EngineEvent[];
  nextAfter: number;
  lost: number;
  /** Null: nothing is said of them. */
  sources: EngineSource[] | null;
};

/** The six figures that a vendor's agent tells of a node. */
export type EngineMetrics = {
  records: number;
  malicious: number;
  compromised: number;
  scannedFiles: number;
  scanStartedAt: string | null;
  scanEndedAt: string | null;
};
