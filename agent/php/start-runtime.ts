import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { PHP } from '@php-wasm/universal';
import type { WasmFilesystem } from './emscripten.ts';
import { guardFilesystem, type FilesystemGuard } from './guard-filesystem.ts';
import { hearMail } from './hear-mail.ts';
import { phpIni } from './php-ini.ts';
import type { AccountSetup } from './messages.ts';
import type { OpenWatcher } from './watch-opens.ts';

export type PhpRuntime = {
  guard: FilesystemGuard;
  /** Null where the account is not protected. */
  watcher: OpenWatcher | null;
  /** The account's home as PHP sees it. */
  home: string;
  version: string;
  /** Shows PHP the working folder; called once the process has locked itself in. */
  mount(): Promise<void>;
  run: PHP['runStream'];
};

/**
 * Loads PHP 8.3 as WebAssembly. The packages are GPL-2.0-or-later and live in this process alone;
 * where they are not installed the import rejects and the node serves static files only.
 */
export async function startRuntime(
  setup: AccountSetup,
  firstWrite: (path: string) => void,
  mailed: (text: string) => void,
): Promise<PhpRuntime> {
  // Emscripten asks process.binding for open(2)'s flags; the permission model forbids that call.
  Object.assign(process, { binding: () => ({ fs: constants }) });
  const universal = await import('@php-wasm/universal');
  const { getPHPLoaderModule } = await import('@php-wasm/node-8-3');
  const loader = await getPHPLoaderModule();
  const refuseSocket = () => {
    throw new Error('no network');
  };
  const php = new universal.PHP(
    await universal.loadPHPRuntime(loader, {
      websocket: { decorator: refuseSocket, serverDecorator: refuseSocket },
      print: () => undefined,
      printErr: () => undefined,
    }),
  );
  const home = `/home/${setup.username}`;
  php.writeFile('/internal/shared/php.ini', phpIni(home, setup.memoryLimitMb, setup.maxBodyMb));
  let guard: FilesystemGuard | undefined;
  let watcher: OpenWatcher | null = null;
  const watching = setup.guarded ? await import('./watch-opens.ts') : null;
  await php.mount(home, (_php, fs) => {
    guard = guardFilesystem(fs as unknown as WasmFilesystem, firstWrite);
    hearMail(fs as unknown as WasmFilesystem, mailed);
    watcher = watching?.watchOpens(fs as unknown as WasmFilesystem) ?? null;
    return () => undefined;
  });
  if (!guard) throw new Error('the file system was not guarded');
  const mountAt = (root: string, path: string) =>
    php.mount(path, (_php, fs) => {
      const { filesystems, mkdirTree, mount } = fs as unknown as WasmFilesystem;
      mkdirTree(path);
      mount(filesystems.NODEFS, { root }, path);
      return () => undefined;
    });
  return {
    guard,
    watcher,
    home,
    version: loaderVersion(loader.dependencyFilename),
    async mount() {
      // Relative to the working folder: an account's user cannot walk down to it by name.
      await mountAt('.', home);
      await mountAt('tmp', '/tmp');
    },
    run(request) {
      // PHP under a web server starts in the script's folder; this runtime stays where it was.
      php.chdir(dirname(request.scriptPath));
      return php.runStream(request);
    },
  };
}

/** The package keeps its binary in a folder named after the release: …/8_3_33/php_8_3.wasm. */
function loaderVersion(path: string): string {
  return /(\d+)_(\d+)_(\d+)\/[^/]*$/.exec(path)?.slice(1).join('.') ?? '8.3';
}
