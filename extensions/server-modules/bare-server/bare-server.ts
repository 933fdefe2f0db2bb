import * as z from 'zod';
import type { Outcome, ServerConnection, ServerModule } from '#domains/hosting/server-module.ts';

/**
 * A server of somebody's that we look after and put no packages on: it has no panel that we speak
 * to, and nothing listens there for us.
 */
export const bareServer: ServerModule = {
  id: 'bare-server',
  title: { ru: 'Сервер без панели', en: 'Server without a panel' },
  capabilities: {
    platforms: { linux: 'none', windows: 'none' },
    enforces: [],
    suspend: false,
    dedicatedAddress: false,
    accounts: false,
    files: false,
    usage: false,
    credentials: false,
  },
  settings: z.object({}),
  connect: () => connection,
};

function cannot(): Promise<Outcome<never>> {
  const message = 'nothing on this server listens for us';
  return Promise.resolve({ kind: 'refused', code: 'server-cannot', message });
}

const connection: ServerConnection = {
  kind: 'connected',
  status: cannot,
  createPackage: cannot,
  findPackage: cannot,
  changeLimits: cannot,
  suspendPackage: cannot,
  unsuspendPackage: cannot,
  terminatePackage: cannot,
  packageUsage: cannot,
  assignAddress: cannot,
  releaseAddress: cannot,
  createAccount: cannot,
  listAccounts: cannot,
  suspendAccount: cannot,
  unsuspendAccount: cannot,
  deleteAccount: cannot,
  accountUsage: cannot,
  files: {
    list: cannot,
    upload: cannot,
    unpack: cannot,
    download: cannot,
    makeFolder: cannot,
    remove: cannot,
    rename: cannot,
  },
};
