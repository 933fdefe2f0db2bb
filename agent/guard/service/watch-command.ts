import { once } from 'node:events';
import type { RuleFolder } from '../scan/rule-folder.ts';
import { watchFolder } from './watch-folder.ts';
import type { GuardEvent } from './wire.ts';

interface WatchOptions {
  folder: string;
  mode: 'detect' | 'protect';
  dataFolder: string;
  json: boolean;
  rules: RuleFolder | null;
}

/** `stoika-guard watch`: guards one folder and says what happens, until it is told to end. */
export async function watchCommand({ json, ...order }: WatchOptions) {
  const { folder, mode, dataFolder } = order;
  const watching = await watchFolder({
    ...order,
    told: (event) => process.stdout.write(`${json ? JSON.stringify(event) : describe(event)}\n`),
    failed: (error) => process.stderr.write(`${error instanceof Error ? error.stack : error}\n`),
  });
  const how = watching.kind === 'fanotify' ? 'whole file systems' : `by folder (${watching.why})`;
  process.stderr.write(
    `watching ${folder} ${how}, ${mode}; findings and originals in ${dataFolder}\n`,
  );
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  watching.stop();
}

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
    case 'mail':
      return `mail\t${event.counts.length} counts`;
    case 'restored':
    case 'ignored':
      return `${event.kind}\t${event.findingId}`;
  }
}
