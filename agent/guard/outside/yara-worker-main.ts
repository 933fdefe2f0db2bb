import type { FromYara, ToYara } from './yara-messages.ts';

/**
 * Somebody's rules, compiled and run by somebody's engine in native code: in a process that belongs
 * to nobody, gets contents and gives names. Whatever happens to it, the guard starts another.
 */
const MOST_NAMES = 20;
const MOST_MATCHES = 100;

type Scanner = {
  scan(content: Buffer): { ruleIdentifier: string }[];
  setMaxMatchesPerPattern(most: number): void;
};

let scanners: Scanner[] = [];

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.on('message', async (message: ToYara) => {
  if (message.kind === 'setup') return setUp(message);
  const { id, content } = message;
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.length);
  const hits = scanners.flatMap((scanner) => scanner.scan(bytes));
  const names = [...new Set(hits.map(({ ruleIdentifier }) => ruleIdentifier))];
  send({ kind: 'scanned', id, names: names.slice(0, MOST_NAMES) });
});

async function setUp({ uid, rules }: ToYara & { kind: 'setup' }): Promise<void> {
  const engine = await import('@litko/yara-x').catch(() => null);
  if (!engine) return send({ kind: 'missing' });
  if (uid !== null) {
    process.setgroups?.([]);
    process.setgid?.(uid);
    process.setuid?.(uid);
    if (process.getuid?.() !== uid) process.exit(70);
  }
  const refused: string[] = [];
  let words: string | null = null;
  // One file at a time: a file that does not compile takes no others with it.
  scanners = rules.flatMap(({ name, text }) => {
    try {
      const scanner: Scanner = engine.compile(text);
      scanner.setMaxMatchesPerPattern(MOST_MATCHES);
      return [scanner];
    } catch (error) {
      refused.push(name);
      words ??= error instanceof Error ? error.message : String(error);
      return [];
    }
  });
  send({ kind: 'ready', files: scanners.length, refused, words });
}

function send(message: FromYara): void {
  process.send?.(message);
}
