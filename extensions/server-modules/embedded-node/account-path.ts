import type { AccountKey } from '#domains/hosting/server-module.ts';

export function packagePath(packageRef: string): string {
  return `/packages/${encodeURIComponent(packageRef)}`;
}

export function accountPath({ packageRef, accountRef }: AccountKey): string {
  return `${packagePath(packageRef)}/accounts/${encodeURIComponent(accountRef)}`;
}
