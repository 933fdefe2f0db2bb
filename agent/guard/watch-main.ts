import { parseArgs } from 'node:util';
import { defaultDataFolder, watchFolder } from './service/watch-folder.ts';
import type { GuardEvent } from './service/wire.ts';

const USAGE = `stoika-guard watch FOLDER [--mode detect|protect] [--data FOLDER] [--json]`;

/** `stoika-guard watch`: guards one folder until it is told to end. Exit codes: 2 called wrongly. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mode: { type: 'string', default: 'detect' },
    data: { type: 'string', default: defaultDataFolder(process.env) },
    json: { type: 'boolean', default: false },
  },
});
const { mode, data, json } = values;
const [folder] = positionals;
if (folder === undefined || (mode !== 'detect' && mode !== 'protect')) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const watching = await watchFolder({
  ...{ folder, dataFolder: data, mode },
  told: (event) => process.stdout.write(`${json ? JSON.stringify(event) : describe(event)}\n`),
  failed: (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
});
process.stderr.write(`watching ${folder}, ${mode}; findings and originals in ${data}\n`);
const stop = () => {
  watching.stop();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

function describe(event: GuardEvent): string {
  switch (event.kind) {
    case 'finding': {
      const mark = event.certain ? 'certain' : 'look';
      return `found\t${event.class}\t${mark}\t${event.path}\t${event.rules.join(' ')}`;
    }
    case 'mended':
      return `mended\t${event.act}\t${event.findingId}`;
    case 'scan':
      return `scan\t${event.state}\t${event.scannedFiles} files\t${event.records} findings`;
    case 'alarm':
      return `alarm\t${event.alarm}\t${event.words}`;
    case 'restored':
    case 'ignored':
      return `${event.kind}\t${event.findingId}`;
  }
}
