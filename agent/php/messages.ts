import type { Watch } from '../guard/service/watch.ts';

/** One request as PHP is to see it. */
export type PhpRequest = {
  method: string;
  /** Path and query as the client sent them. */
  uri: string;
  /** Below the home, with slashes. */
  scriptPath: string;
  /** Names in small letters; repeated headers are joined already. */
  headers: Record<string, string>;
  /** CGI variables (RFC 3875) the runtime does not know by itself. */
  server: Record<string, string>;
  body: Uint8Array | null;
  /** How much this request may add to the account's disk. */
  budget: { bytes: number; files: number };
  /** What must be looked at before PHP gets it; null: nothing. */
  watch: Watch | null;
};

/** Sent once, before anything else. */
export type AccountSetup = {
  username: string;
  /** Unix user and group to become; null when the node is not root. */
  uid: number | null;
  memoryLimitMb: number;
  maxBodyMb: number;
  maxRssMb: number;
  parentPid: number;
  /** Malicious files that PHP itself just wrote are kept from it. */
  guarded: boolean;
  /** What the process may read to start, and gives up afterwards. */
  codeFolders: string[];
};

export type ToAccount =
  | { kind: 'setup'; setup: AccountSetup }
  | { kind: 'request'; request: PhpRequest }
  /** A chunk went on to the client; `go` false: the client is gone, send no more. */
  | { kind: 'taken'; go: boolean };

export type FromAccount =
  | { kind: 'ready'; phpVersion: string }
  | { kind: 'head'; status: number; headers: Record<string, string[]> }
  | { kind: 'chunk'; bytes: Uint8Array }
  /** A file below the home has its first new content in this request. */
  | { kind: 'wrote'; path: string }
  /** Lines of PHP's own log of the mail it was asked to send. */
  | { kind: 'mailed'; text: string }
  | { kind: 'end'; written: string[]; growthBytes: number; changed: boolean; retire: boolean };
