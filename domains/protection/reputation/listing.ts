import type { ZoneState } from './blacklist.ts';

export type Zone = {
  readonly zone: string;
  readonly state: ZoneState;
  readonly message: string | null;
  readonly testedAt: Temporal.Instant | null;
};

/** An address of a node: set by staff, or a package's own. */
export type KnownAddress = {
  readonly nodeId: string;
  readonly branch: number;
  readonly address: string;
  /** The package whose own address it is. */
  readonly packageId: string | null;
  readonly domainName: string | null;
};

/** An address on a list, from when it was first seen there until it was not any more. */
export type Listing = {
  readonly id: string;
  readonly nodeId: string;
  readonly address: string;
  readonly zone: string;
  readonly codes: readonly string[];
  readonly reason: string | null;
  readonly listedAt: Temporal.Instant;
  readonly seenAt: Temporal.Instant;
  readonly delistedAt: Temporal.Instant | null;
};

/** A site on whose node something was found before its address was listed. */
export type Culprit = {
  readonly listingId: string;
  readonly accountId: string;
  readonly domainName: string;
  readonly findings: number;
  readonly firstFoundAt: Temporal.Instant;
  readonly lastMendedAt: Temporal.Instant | null;
};
