import type {
  AccountInput,
  AccountKey,
  Outcome,
  PackageInput,
  PackageLimits,
  ServerAccount,
  ServerConnection,
  ServerModule,
  ServerPackage,
} from '#domains/hosting/server-module.ts';
import type * as z from 'zod';
import { accountPath, packagePath } from './account-path.ts';
import { callNode } from './call-node.ts';
import { nodeFiles } from './node-files.ts';
import { embeddedNodeSettings, type EmbeddedNodeSettings } from './settings.ts';
import * as wire from './wire.ts';

/** The node that Stoika runs beside itself: real PHP hosting without a server. */
export const embeddedNode: ServerModule = {
  id: 'embedded-node',
  title: { ru: 'Встроенный узел', en: 'Embedded node' },
  capabilities: {
    platforms: { linux: 'native', windows: 'stand-in' },
    enforces: ['accounts', 'diskMb'],
    suspend: true,
    dedicatedAddress: true,
    accounts: true,
    files: true,
    usage: true,
    credentials: false,
  },
  settings: embeddedNodeSettings,
  connect(stored) {
    const settings = embeddedNodeSettings.safeParse(stored);
    if (settings.success) return connection(settings.data);
    const issue = settings.error.issues[0];
    return {
      kind: 'settings-refused',
      field: issue?.path.join('.') ?? '',
      message: issue?.message ?? 'the settings cannot be read',
    };
  },
};

function connection(settings: EmbeddedNodeSettings): ServerConnection {
  return {
    kind: 'connected',
    status: () => readStatus(settings),
    ...packageVerbs(settings),
    ...accountVerbs(settings),
    files: nodeFiles(settings),
  };
}

function packageVerbs(settings: EmbeddedNodeSettings) {
  const change = (method: 'GET' | 'PUT' | 'DELETE', path: string, json?: unknown) =>
    callNode(settings, { method, path, json }, wire.wirePackage.transform(toPackage));
  const done = (path: string) => callNode(settings, { method: 'DELETE', path }, wire.wireNothing);
  return {
    createPackage: ({ packageRef, username, domain, platform, limits }: PackageInput) => {
      const json = { username, domain, platform, limits: toNodeLimits(limits) };
      return change('PUT', packagePath(packageRef), json);
    },
    findPackage: (packageRef: string) => change('GET', packagePath(packageRef)),
    changeLimits: (packageRef: string, limits: PackageLimits) =>
      change('PUT', `${packagePath(packageRef)}/limits`, toNodeLimits(limits)),
    suspendPackage: (packageRef: string, reason: string) =>
      change('PUT', `${packagePath(packageRef)}/suspension`, { reason }),
    unsuspendPackage: (packageRef: string) =>
      change('DELETE', `${packagePath(packageRef)}/suspension`),
    terminatePackage: async (packageRef: string): Promise<Outcome<null>> => {
      const outcome = await done(packagePath(packageRef));
      const absent = outcome.kind === 'refused' && outcome.code === 'package-not-found';
      return absent ? { kind: 'ok', value: null } : outcome;
    },
    packageUsage: async (packageRef: string) => {
      const path = `${packagePath(packageRef)}/usage`;
      return callNode(settings, { method: 'GET', path }, wire.wirePackageUsage.transform(toUsage));
    },
    assignAddress: (packageRef: string, addressRef: string) => {
      const path = `${packagePath(packageRef)}/addresses/${encodeURIComponent(addressRef)}`;
      return callNode(settings, { method: 'PUT', path }, wire.wireAddress);
    },
    releaseAddress: (packageRef: string, addressRef: string) =>
      done(`${packagePath(packageRef)}/addresses/${encodeURIComponent(addressRef)}`),
  };
}

function accountVerbs(settings: EmbeddedNodeSettings) {
  const one = wire.wireAccount.transform(toAccount);
  const change = (method: 'PUT' | 'DELETE', path: string, json?: unknown) =>
    callNode(settings, { method, path, json }, one);
  return {
    createAccount: (packageRef: string, { accountRef, username, domain }: AccountInput) =>
      change('PUT', accountPath({ packageRef, accountRef }), { username, domain }),
    listAccounts: (packageRef: string) => {
      const path = `${packagePath(packageRef)}/accounts`;
      const all = wire.wireAccounts.transform(({ accounts }) => accounts.map(toAccount));
      return callNode(settings, { method: 'GET', path }, all);
    },
    suspendAccount: (which: AccountKey, reason: string) =>
      change('PUT', `${accountPath(which)}/suspension`, { reason }),
    unsuspendAccount: (which: AccountKey) => change('DELETE', `${accountPath(which)}/suspension`),
    deleteAccount: (which: AccountKey) =>
      callNode(settings, { method: 'DELETE', path: accountPath(which) }, wire.wireNothing),
    accountUsage: (which: AccountKey) => {
      const path = `${accountPath(which)}/usage`;
      return callNode(settings, { method: 'GET', path }, wire.wireUsage);
    },
  };
}

function readStatus(settings: EmbeddedNodeSettings): ReturnType<ServerConnection['status']> {
  const answer = wire.wireStatus.transform(({ php, ...status }) => ({
    ...status,
    notes: php === 'available' ? [] : ['PHP is not installed: static files only'],
  }));
  return callNode(settings, { method: 'GET', path: '/status' }, answer);
}

/** The node wants figures; "as much as there is" becomes the highest it takes. */
function toNodeLimits(limits: PackageLimits) {
  return { accounts: limits.accounts ?? 10_000, diskMb: limits.diskMb ?? 10_000_000 };
}

function toLimits(limits: { accounts: number; diskMb: number }): PackageLimits {
  return { ...limits, trafficMb: null };
}

function toUsage({ limits, ...usage }: z.infer<typeof wire.wirePackageUsage>) {
  return { ...usage, limits: toLimits(limits) };
}

function toPackage({
  ref,
  limits,
  addresses,
  ...rest
}: z.infer<typeof wire.wirePackage>): ServerPackage {
  return {
    ...rest,
    packageRef: ref,
    limits: toLimits(limits),
    addresses: addresses.map((entry) => ({ addressRef: entry.ref, address: entry.address })),
  };
}

function toAccount({ ref, ...rest }: z.infer<typeof wire.wireAccount>): ServerAccount {
  return { ...rest, accountRef: ref };
}
