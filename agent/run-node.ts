import { serve, type ServerType } from '@hono/node-server';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { controlApp } from './control/control-app.ts';
import { openNodeGuard, type NodeGuard } from './guard/service/node-guard.ts';
import { watchMail } from './mail/watch-mail.ts';
import type { FileWritten, NodeContext } from './node-context.ts';
import type { NodeOptions } from './node-options.ts';
import { sweepTerminated } from './packages/change-package.ts';
import { diskUsage } from './packages/disk-usage.ts';
import { openTraffic } from './packages/traffic.ts';
import { startAccountProcess } from './php/account-process.ts';
import { accountPool } from './php/account-pool.ts';
import { isPhpInstalled } from './php/spawn-account.ts';
import { lockDataFolder } from './records/data-lock.ts';
import { openStore, type NodeStore } from './records/node-store.ts';
import { serialQueue } from './serial-queue.ts';
import { webAnswerer } from './web/answer-request.ts';
import { openWeb, type WebListeners } from './web/web-listeners.ts';

const saveTrafficEveryMs = 5_000;

export type RunningNode = {
  controlPort: number;
  webPort: number;
  php: 'available' | 'missing' | 'off';
  stop: () => Promise<void>;
};

/**
 * Starts a node in this process. `onFileWritten` hears of every file that got new content, after
 * the fact and without delaying anybody: the place for whoever inspects files.
 */
export async function runNode(
  options: NodeOptions,
  onFileWritten: (event: FileWritten) => Promise<void> = async () => undefined,
): Promise<RunningNode> {
  const log = pino(
    { name: 'stoika-node', serializers: { error: pino.stdSerializers.err } },
    pino.destination(2),
  );
  const now = () => new Date().toISOString();
  await mkdir(options.dataFolder, { recursive: true, mode: 0o700 });
  const lock = await lockDataFolder(options.dataFolder);
  const store = await openStore(options.dataFolder);
  const traffic = await openTraffic(join(options.dataFolder, 'traffic.json'), now);
  const php = options.php === 'off' ? 'off' : isPhpInstalled() ? 'available' : 'missing';
  const guard =
    options.guard === 'on' ? await openNodeGuard(options, store.folders.homes, log) : null;
  const mail = guard && (await countMail(options, store, guard, log));
  const protects = (ref: string) => guard?.mayProtect(ref) ?? false;
  const pool = accountPool(
    options,
    (ref) => startProcess(options, store, ref, protects(ref)),
    (ref, process) => process.guarded === protects(ref),
  );
  // Known only once it listens, and what it answers with needs the node.
  const opened: { web: WebListeners | null } = { web: null };
  const node: NodeContext = {
    options,
    store,
    usage: diskUsage(store),
    traffic,
    inTurn: serialQueue(),
    now,
    log,
    guard,
    mail,
    announceFile: (event) => {
      guard?.written(event);
      onFileWritten(event).catch((error) => log.error({ error, event }, 'listener failed'));
    },
    stopAccount: pool.stop,
    openAddress: async (address) => (await opened.web?.openAddress(address)) ?? false,
    closeAddress: async (address) => opened.web?.closeAddress(address),
    webPort: () => opened.web?.port ?? options.webPort,
  };
  const answer = webAnswerer(node, pool, php === 'available');
  const web = await openWeb(options.webHost, options.webPort, answer);
  opened.web = web;
  await resumeWork(node);
  const status = { php, processes: pool.liveProcesses, startedAt: now() } as const;
  const control = await openControl(controlApp(node, status).fetch, options.controlPort);
  const saving = setInterval(() => {
    traffic.save().catch((error) => log.error({ error }, 'traffic not saved'));
  }, saveTrafficEveryMs);
  return {
    controlPort: control.port,
    webPort: web.port,
    php,
    stop: async () => {
      clearInterval(saving);
      await Promise.all([control.close(), web.closeAll()]);
      await pool.stopAll();
      await mail?.stop();
      await guard?.stop();
      await traffic.save();
      lock.close();
    },
  };
}

function countMail(options: NodeOptions, store: NodeStore, guard: NodeGuard, log: Logger) {
  const folder = join(options.dataFolder, 'mail');
  return watchMail({ folder, logs: options.mailLogs, store, log }, (counts) =>
    guard.call('tellMail', counts),
  );
}

function startProcess(options: NodeOptions, store: NodeStore, ref: string, guarded: boolean) {
  const account = store.accounts.get(ref);
  if (!account) throw new Error(`no account ${ref}`);
  return startAccountProcess(store.homeOf(ref), {
    username: account.username,
    uid: process.getuid?.() === 0 ? account.uid : null,
    memoryLimitMb: options.phpMemoryMb,
    maxBodyMb: options.maxBodyMb,
    maxRssMb: options.processMemoryMb,
    guarded,
  });
}

/** Takes up what the last run left: addresses to listen on, deletions cut short, the trash. */
async function resumeWork(node: NodeContext): Promise<void> {
  for (const address of node.store.index.assignedAddresses()) {
    if (await node.openAddress(address)) continue;
    node.log.error({ address }, 'an assigned address cannot be opened');
  }
  for (const record of node.store.packages.values()) {
    if (record.terminatedAt !== null) await sweepTerminated(node, record.ref);
  }
  node.store.emptyTrash().catch((error) => node.log.error({ error }, 'trash not emptied'));
}

function openControl(fetch: Parameters<typeof serve>[0]['fetch'], port: number) {
  return new Promise<{ port: number; close: () => Promise<void> }>((resolve, reject) => {
    const server: ServerType = serve({ fetch, port, hostname: '127.0.0.1' }, (info) => {
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done());
          if ('closeAllConnections' in server) server.closeAllConnections();
        });
      resolve({ port: info.port, close });
    });
    server.once('error', reject);
  });
}
