import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { command, hasSystemd } from '../install/install-steps.ts';
import { INSTALLED, UNIT } from '../install/places.ts';
import { join } from './join-command.ts';
import { runServer } from './run-server.ts';
import { SETTINGS_PATH } from './server-settings.ts';

/** Options of the commands that make a server one of ours. */
export interface ServerOptions {
  config: string;
  homes: string;
  data: string;
  key?: string | undefined;
}

type Print = (line: string) => void;

/** `stoika-guard join`: 0, or 1 with words that say what to do. */
export async function joinCommand(
  centre: string,
  code: string,
  { config, homes, data, key }: ServerOptions,
  print: Print,
): Promise<number> {
  try {
    const order = {
      ...{ centre, code },
      settingsPath: resolve(config),
      homes: resolve(homes),
      dataFolder: resolve(data),
      rulesKey: key === undefined ? null : resolve(key),
    };
    print(await join(order));
    print(startAfterJoin(order.settingsPath));
    return 0;
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** An agent that is installed here begins, or begins anew with the other key. */
function startAfterJoin(settingsPath: string): string {
  const isInstalled = settingsPath === SETTINGS_PATH && existsSync(INSTALLED.unit);
  if (!isInstalled || !hasSystemd()) return 'start it: stoika-guard serve';
  command('systemctl', ['restart', UNIT]);
  return `${UNIT} is started`;
}

/** `stoika-guard serve`: the agent of this server, in the foreground, until it is told to end. */
export async function serveCommand({ config }: ServerOptions): Promise<number> {
  const log = pino(
    { name: 'stoika-guard', serializers: { error: pino.stdSerializers.err } },
    pino.destination(2),
  );
  const server = await runServer(resolve(config), log);
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await server.stop();
  return 0;
}
