import type { PackageLimits, Platform } from './server-module.ts';

export const PACKAGE_STATES = ['creating', 'active', 'suspended', 'terminated'] as const;
export type PackageState = (typeof PACKAGE_STATES)[number];

/** What a subscription has on a node. Its id is the reference by which the server knows it. */
export type PackageAccount = {
  readonly id: string;
  readonly branch: number;
  readonly brandId: string;
  readonly sellerId: string;
  readonly clientId: string;
  readonly subscriptionId: string;
  readonly nodeId: string;
  readonly username: string;
  readonly domainName: string;
  readonly platform: Platform;
  /** Delivered for a demonstration on another system. */
  readonly standIn: boolean;
  readonly state: PackageState;
  /** What the server was told last. */
  readonly limits: PackageLimits;
  readonly addresses: readonly PackageAddress[];
  readonly url: string | null;
  readonly createdAt: Temporal.Instant;
  readonly readyAt: Temporal.Instant | null;
  readonly terminatedAt: Temporal.Instant | null;
};

/** An address of the package's own; `ref` begins with the entitlement that brought it. */
export type PackageAddress = { readonly ref: string; readonly address: string };

/** The server has it, and it is not gone. */
export function isThere(account: PackageAccount | null): account is PackageAccount {
  return account?.state === 'active' || account?.state === 'suspended';
}
