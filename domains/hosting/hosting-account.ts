/**
 * An account inside a package: a site with its files. `wanted` is its owner's word, `applied` what
 * the server is known to have; as long as they differ the server is told again.
 */
export type HostingAccount = {
  readonly id: string;
  readonly branch: number;
  readonly packageId: string;
  readonly clientId: string;
  /** The server's name for it. */
  readonly accountRef: string;
  readonly username: string;
  readonly domainName: string;
  readonly isPrimary: boolean;
  readonly wanted: 'active' | 'suspended' | 'deleted';
  readonly applied: 'none' | 'active' | 'suspended' | 'deleted';
  readonly url: string | null;
  readonly attempts: number;
  readonly nextAttemptAt: Temporal.Instant | null;
  readonly lastError: string | null;
  readonly createdAt: Temporal.Instant;
  readonly deletedAt: Temporal.Instant | null;
};

export const ACCOUNT_STANDINGS = ['creating', 'active', 'suspended'] as const;
export type AccountStanding = (typeof ACCOUNT_STANDINGS)[number];

/** What its owner sees; an account being deleted is already gone for them. */
export function standingOf(account: HostingAccount): AccountStanding {
  if (account.applied === 'none') return 'creating';
  return account.wanted === 'suspended' ? 'suspended' : 'active';
}
