import { once } from 'node:events';
import { resolve } from 'node:path';
import { pino } from 'pino';
import { join } from './join-command.ts';
import { runServer } from './run-server.ts';

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
    return 0;
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return 1;
  }
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
