import type * as z from 'zod';

/**
 * Who sells us licences. A value: id, typed settings, flags, functions. What a vendor cannot do
 * is a flag, not an error, so that screens never offer it.
 *
 * Issuing is the dangerous verb: it costs money and a lost answer must neither lose the licence
 * nor buy a second one. `issueKey` says how a supplier is made safe:
 * - `reference`: the vendor keeps our `intentId` and answers a repeated request with the same key;
 * - `difference`: the vendor has no such field (WHMCS). The caller then lets one intent at a time
 *   be in flight per supplier account and remembers which keys were known before it began, so
 *   that a key which appeared since can only be the lost answer.
 */
export type LicenceSupplier = {
  /** Kebab-case, never changed once licences refer to it. */
  id: string;
  title: { ru: string; en: string };
  capabilities: SupplierCapabilities;
  /** The admin form is drawn from this schema; fields carry `label`, `help`, `secret` in `meta`. */
  settings: z.ZodType;
  connect(
    settings: unknown,
    surroundings: SupplierSurroundings,
  ): SupplierConnection | SettingsRefused;
};

export type SupplierCapabilities = {
  issue: boolean;
  cancel: boolean;
  suspend: boolean;
  /** Frees the key from the machine it is bound to. */
  reissue: boolean;
  upgrade: boolean;
  price: boolean;
  issueKey: 'reference' | 'difference';
};

export type SupplierSurroundings = {
  /** Wall-clock milliseconds since the epoch; never the movable business clock. */
  nowMs(): number;
};

export type SettingsRefused = { kind: 'settings-refused'; field: string; message: string };

/** A verb whose flag is false answers `refused` with code `supplier-cannot`. */
export type SupplierConnection = {
  kind: 'connected';
  /** No verb takes longer: until then nobody else picks up what it was called for. */
  longestCallMs: number;
  issue(input: IssueInput, memory: IssueMemory): Promise<Issued | NotIssued>;
  /** Every live key of the account; what is cancelled or expired may be missing. */
  list(): Promise<{ kind: 'ok'; licences: SupplierLicence[] } | NotDone>;
  /** `licence` is null when the vendor does not know the key. */
  find(key: string): Promise<{ kind: 'ok'; licence: SupplierLicence | null } | NotDone>;
  /** Final. Repeating it is safe: a key that is already dead, or never existed, is `ok`. */
  cancel(key: string): Promise<Done | NotDone>;
  suspend(key: string): Promise<Done | NotDone>;
  unsuspend(key: string): Promise<Done | NotDone>;
  reissue(key: string): Promise<Done | NotDone>;
  upgrade(key: string, product: string): Promise<Done | NotDone>;
  /** Per month, minor units, without tax. */
  price(product: string): Promise<{ kind: 'ok'; monthMinor: bigint; currency: string } | NotDone>;
};

export type IssueInput = {
  /** Ours: one licence is wanted for it, whatever happens on the way. */
  intentId: string;
  /** The vendor's name of what is bought. */
  product: string;
};

/**
 * What the caller stored before it calls, in a transaction of its own: if it dies during the
 * call, the next one knows that something may have been asked. Between calls it keeps one
 * instant, `lastAskedAtMs`; `rememberAsking` and `rememberOutcome` say how it moves.
 */
export type IssueMemory = {
  /** Wall clock when this attempt was stored. */
  askedAtMs: number;
  /** Wall clock of the last attempt whose outcome is not known; null if there is none. */
  lastAskedAtMs: number | null;
  /**
   * Every key known before the first attempt: ours, and what `list` showed then. Written down
   * while the account is held, and anew whenever it was let go: what others bought meanwhile
   * must not pass for what a lost answer brought.
   */
  knownKeys: ReadonlySet<string>;
};

export type Issued = {
  kind: 'ok';
  licence: SupplierLicence;
  /** `adopted`: an earlier attempt had bought it and its answer was lost. */
  how: 'issued' | 'adopted';
  /** Further keys that appeared since: show them to staff, to use or to cancel. */
  surplusKeys: string[];
};

/**
 * - `refused`: the vendor said no to this attempt, and no earlier one left a key. Final.
 * - `unreachable`: nothing was asked, and no earlier attempt left a key; try again later.
 * - `waiting`: nothing was asked now, but an earlier attempt is still unexplained.
 * - `unknown`: asked now, and a licence may have been bought.
 *
 * After `waiting` and `unknown` the intent stays in flight and is called again.
 */
export type NotIssued =
  | NotDone
  | { kind: 'unknown'; message: string; retryAfterMs: number }
  | {
      kind: 'waiting';
      message: string;
      retryAfterMs: number;
      /** Keys of another product that appeared meanwhile: a person says whose they are. */
      unclearKeys: string[];
    };

export type Done = { kind: 'ok' };

/** For the repeatable verbs `unreachable` also covers a lost answer: just call again. */
export type NotDone =
  | { kind: 'refused'; code: SupplierRefusalCode; message: string }
  | { kind: 'unreachable'; message: string; retryAfterMs: number };

export type SupplierRefusalCode =
  | 'supplier-refused'
  | 'supplier-credentials-refused'
  | 'supplier-cannot'
  | 'supplier-key-invalid'
  | 'supplier-product-invalid';

export type SupplierLicence = {
  key: string;
  /** `unbound`: not yet used by any installation. `unknown`: the vendor said something new. */
  state: 'unbound' | 'active' | 'suspended' | 'dead' | 'unknown';
  product: string | null;
  domain: string | null;
  ip: string | null;
};

export type EarlierAttempts =
  | { kind: 'adopt'; licence: SupplierLicence; surplusKeys: string[] }
  | { kind: 'wait'; retryAfterMs: number }
  | { kind: 'unclear'; keys: string[] }
  | { kind: 'ask-again' };

/**
 * What became of an attempt whose answer was lost, for suppliers with `issueKey: 'difference'`.
 * A key counts as its fruit if it appeared since `knownKeys` were written down, is of the product
 * asked for, and is in nobody's use: nobody was ever told a lost key. Nothing there yet proves
 * nothing until the vendor has had `settleMs` to finish.
 */
export function judgeEarlierAttempts(
  listed: readonly SupplierLicence[],
  lost: { lastAskedAtMs: number; knownKeys: ReadonlySet<string> },
  wanted: { product: string; settleMs: number; nowMs: number },
): EarlierAttempts {
  const unused = strayLicences(listed, lost.knownKeys).filter(
    (licence) => licence.domain === null && licence.ip === null,
  );
  const fitting = unused.filter(({ product }) => product === null || product === wanted.product);
  const [first, ...others] = fitting;
  if (first) {
    return { kind: 'adopt', licence: first, surplusKeys: others.map(({ key }) => key) };
  }
  const leftMs = lost.lastAskedAtMs + wanted.settleMs - wanted.nowMs;
  if (leftMs > 0) return { kind: 'wait', retryAfterMs: leftMs };
  if (unused.length > 0) return { kind: 'unclear', keys: unused.map(({ key }) => key) };
  return { kind: 'ask-again' };
}

/** The memory to store before a call; `lastAskedAtMs` is what the store held until now. */
export function rememberAsking(
  lastAskedAtMs: number | null,
  knownKeys: ReadonlySet<string>,
  nowMs: number,
): IssueMemory {
  return { askedAtMs: nowMs, lastAskedAtMs, knownKeys };
}

/**
 * What the store holds as `lastAskedAtMs` after the call, or `settled` when the intent leaves
 * flight. Write it only where the store still holds this attempt's `askedAtMs`: a worker that
 * woke too late must not undo what its successor wrote.
 */
export function rememberOutcome(
  memory: IssueMemory,
  outcome: Issued | NotIssued,
): { lastAskedAtMs: number | null } | 'settled' {
  if (outcome.kind === 'ok' || outcome.kind === 'refused') return 'settled';
  if (outcome.kind === 'unknown') return { lastAskedAtMs: memory.askedAtMs };
  return { lastAskedAtMs: memory.lastAskedAtMs };
}

/**
 * Live keys at the supplier that nobody here accounts for, in a fixed order. Run by a periodic
 * check with every key of ours: what it finds is paid for and used by nobody.
 */
export function strayLicences(
  listed: readonly SupplierLicence[],
  knownKeys: ReadonlySet<string>,
): SupplierLicence[] {
  return listed
    .filter((licence) => licence.state !== 'dead' && !knownKeys.has(licence.key))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}
