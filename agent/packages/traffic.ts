import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeDurably } from '../records/durable-file.ts';

const savedTraffic = z.object({ month: z.string(), bytes: z.record(z.string(), z.number()) });

export type Traffic = Awaited<ReturnType<typeof openTraffic>>;

/**
 * Bytes sent per account in the running month (UTC), saved every few seconds: a killed node
 * forgets a few seconds of counting, which no bill depends on.
 */
export async function openTraffic(path: string, now: () => string) {
  let month = now().slice(0, 7);
  let bytes = await readSaved(path, month);
  let unsaved = false;

  const turnMonth = () => {
    const current = now().slice(0, 7);
    if (current === month) return;
    month = current;
    bytes = new Map();
  };

  const save = async () => {
    if (!unsaved) return;
    unsaved = false;
    const text = JSON.stringify({ month, bytes: Object.fromEntries(bytes) });
    await writeDurably(path, text);
  };

  return {
    sent(accountRef: string, count: number) {
      turnMonth();
      bytes.set(accountRef, (bytes.get(accountRef) ?? 0) + count);
      unsaved = true;
    },
    ofAccount(accountRef: string): number {
      turnMonth();
      return bytes.get(accountRef) ?? 0;
    },
    save,
  };
}

async function readSaved(path: string, month: string): Promise<Map<string, number>> {
  try {
    const saved = savedTraffic.parse(JSON.parse(await readFile(path, 'utf8')));
    return saved.month === month ? new Map(Object.entries(saved.bytes)) : new Map();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}
