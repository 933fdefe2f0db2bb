import type * as z from 'zod';

/**
 * What delivers hosting packages: a panel (WHM, Plesk), our own node, the embedded one. A value
 * with id, typed settings, flags and functions, like every extension.
 *
 * A *package* is what an order delivers: a reseller account with limits. Inside it are *hosting
 * accounts*, the first of them (primary) made with the package. Names for the same thing: WHM
 * createacct + setupreseller + setresellerlimits and its accounts; Plesk reseller + webspaces.
 *
 * Every verb may be repeated: the caller names what it makes (`packageRef`, `accountRef`,
 * `addressRef`), and asking again for what is there answers with it. So after `unreachable` one
 * simply asks again with the same references, whether or not the work was done the first time.
 * A vendor without such references looks the account up by its name before it creates.
 */
export type ServerModule = {
  /** Kebab-case, never changed once nodes refer to it. */
  id: string;
  title: LocalText;
  capabilities: ServerCapabilities;
  /** The admin form is drawn from this schema; fields carry `label`, `help`, `secret` in `meta`. */
  settings: z.ZodType;
  connect(settings: unknown): ServerConnection | SettingsRefused;
};

export type LocalText = { ru: string; en: string };

export type SettingsRefused = { kind: 'settings-refused'; field: string; message: string };

/** What a server can do. Screens never offer the rest; verbs for it answer `server-cannot`. */
export type ServerCapabilities = {
  /** `stand-in`: delivered for a demonstration on another system, and shown as such. */
  platforms: Readonly<Record<Platform, 'native' | 'stand-in' | 'none'>>;
  /** Limits the server itself keeps to; the others are told to it and not enforced. */
  enforces: readonly (keyof PackageLimits)[];
  suspend: boolean;
  dedicatedAddress: boolean;
  /** Accounts can be made and managed from our panel. */
  accounts: boolean;
  files: boolean;
  usage: boolean;
  /** The vendor needs a password and an e-mail address for every account. */
  credentials: boolean;
};

export type Platform = 'linux' | 'windows';

/** Null: as much as the server has. */
export type PackageLimits = {
  /** Hosting accounts, the primary one included; a cPanel block raises it. */
  accounts: number | null;
  diskMb: number | null;
  trafficMb: number | null;
};

export type ServerConnection = {
  kind: 'connected';
  /** Whether the server answers and takes our credentials. Changes nothing. */
  status(): Promise<Outcome<ServerStatus>>;

  createPackage(input: PackageInput): Promise<Outcome<ServerPackage>>;
  /** Refused with `package-not-found` when it is not there (any more). */
  findPackage(packageRef: string): Promise<Outcome<ServerPackage>>;
  /** Lower limits than what is used are accepted: what is there stays, nothing more fits. */
  changeLimits(packageRef: string, limits: PackageLimits): Promise<Outcome<ServerPackage>>;
  /** All sites of the package answer with a suspension page from now on. */
  suspendPackage(packageRef: string, reason: string): Promise<Outcome<ServerPackage>>;
  /** Accounts that were suspended one by one stay suspended. */
  unsuspendPackage(packageRef: string): Promise<Outcome<ServerPackage>>;
  /** Final: accounts, files and addresses go. What is gone already is `ok`. */
  terminatePackage(packageRef: string): Promise<Outcome<null>>;
  packageUsage(packageRef: string): Promise<Outcome<PackageUsage>>;
  assignAddress(packageRef: string, addressRef: string): Promise<Outcome<{ address: string }>>;
  releaseAddress(packageRef: string, addressRef: string): Promise<Outcome<null>>;

  createAccount(packageRef: string, input: AccountInput): Promise<Outcome<ServerAccount>>;
  listAccounts(packageRef: string): Promise<Outcome<ServerAccount[]>>;
  suspendAccount(which: AccountKey, reason: string): Promise<Outcome<ServerAccount>>;
  unsuspendAccount(which: AccountKey): Promise<Outcome<ServerAccount>>;
  /** Final. The primary account goes with its package only (`primary-account`). */
  deleteAccount(which: AccountKey): Promise<Outcome<null>>;
  accountUsage(which: AccountKey): Promise<Outcome<AccountUsage>>;

  files: ServerFiles;
};

/** Paths are relative to the account's home, with slashes: `public_html/index.php`. */
export type ServerFiles = {
  list(which: AccountKey, path: string): Promise<Outcome<FolderListing>>;
  /** Replaces a file of the same name. A stream is sent once; bytes are sent again if need be. */
  upload(which: AccountKey, path: string, body: FileBody): Promise<Outcome<{ sizeBytes: number }>>;
  /** Unpacks a zip into the folder, or refuses it whole (`archive-…`). */
  unpack(which: AccountKey, folder: string, body: FileBody): Promise<Outcome<UnpackReport>>;
  download(which: AccountKey, path: string): Promise<Outcome<FileDownload>>;
  makeFolder(which: AccountKey, path: string): Promise<Outcome<null>>;
  /** Files and whole folders. What is gone already is `ok`. */
  remove(which: AccountKey, path: string): Promise<Outcome<null>>;
  /** Never writes over anything. After `unreachable` list the folder to see what happened. */
  rename(which: AccountKey, from: string, to: string): Promise<Outcome<null>>;
};

/**
 * - `refused`: a final "no" to this request; the code is the server's own in kebab-case, such as
 *   `account-limit-reached`, `username-taken`, `domain-taken`, `package-suspended`,
 *   `server-cannot`, `server-credentials-refused`.
 * - `pending`: taken, and still being worked on; the same call later tells how it ended.
 * - `unreachable`: no usable answer; the work may or may not be done. Repeat the same call.
 */
export type Outcome<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'pending'; message: string; checkAfterMs: number }
  | { kind: 'unreachable'; message: string; retryAfterMs: number };

export type PackageInput = {
  /** Ours: one package is wanted for it. 1–96 letters, digits, `_`, `.`, `:`, `-`. */
  packageRef: string;
  /** Small letters and digits, a letter first, at most 16: what every panel takes. */
  username: string;
  /** In ASCII form. */
  domain: string;
  platform: Platform;
  limits: PackageLimits;
  /** The vendor's name of the plan, where it has such. */
  plan?: string;
  /** Given when `capabilities.credentials`. */
  credentials?: { password: string; email: string };
};

export type AccountInput = {
  accountRef: string;
  username: string;
  domain: string;
  plan?: string;
  credentials?: { password: string; email: string };
};

export type AccountKey = { packageRef: string; accountRef: string };

export type ServerStatus = {
  packages: number;
  accounts: number;
  /** Null when the server does not tell. */
  addressesFree: number | null;
  /** What limits the server now, in its own words: "PHP is not installed". */
  notes: string[];
};

export type ServerPackage = {
  packageRef: string;
  username: string;
  domain: string;
  platform: Platform;
  standIn: boolean;
  limits: PackageLimits;
  addresses: { addressRef: string; address: string }[];
  suspended: boolean;
  /** Where the primary account's site answers before its domain points here. */
  url: string;
  primaryAccountRef: string;
};

export type ServerAccount = {
  accountRef: string;
  username: string;
  domain: string;
  primary: boolean;
  suspendedBy: 'package' | 'account' | null;
  url: string;
};

export type AccountUsage = {
  diskBytes: number;
  files: number;
  /** In the running month. */
  trafficBytes: number;
};

export type PackageUsage = AccountUsage & { accounts: number; limits: PackageLimits };

export type FileBody = Uint8Array | ReadableStream<Uint8Array>;
export type FileDownload = { sizeBytes: number; body: ReadableStream<Uint8Array> };
export type UnpackReport = { files: number; sizeBytes: number };

export type FolderListing = {
  path: string;
  entries: {
    name: string;
    kind: 'file' | 'folder' | 'other';
    sizeBytes: number;
    changedAt: Temporal.Instant;
  }[];
  /** The folder holds more than is listed. */
  truncated: boolean;
};
