import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../mend/write-durably.ts';
import { guardEvent, type GuardEvent } from './wire.ts';

type WithoutStamp<T> = T extends unknown ? Omit<T, 'seq' | 'at'> : never;
export type Told = WithoutStamp<GuardEvent>;

export type EventSpool = ReturnType<typeof openSpool>;

/**
 * What happened, in order, until somebody fetches it: on disk before it is answered. Of more than
 * `most` events the oldest are dropped; numbers go on and never come twice.
 */
export function openSpool(folder: string, most: number, now: () => string) {
  const path = join(folder, 'events.jsonl');
  let events = readEvents(path);
  let next = (events.at(-1)?.seq ?? 0) + 1;
  const save = () => writeDurably(path, Buffer.from(events.map(toLine).join('')));
  // Without a torn last line, onto which the next event would be written.
  save();
  let file = openSync(path, 'a', 0o600);
  let lines = events.length;

  return {
    /** Durable when it returns. */
    tell(told: Told): GuardEvent {
      const event = guardEvent.parse({ ...told, seq: next, at: now() });
      next += 1;
      events.push(event);
      const line = Buffer.from(toLine(event));
      for (let at = 0; at < line.length;) at += writeSync(file, line, at);
      fdatasyncSync(file);
      lines += 1;
      if (events.length > most) events = events.slice(-most);
      if (lines > most * 2) {
        save();
        closeSync(file);
        file = openSync(path, 'a', 0o600);
        lines = events.length;
      }
      return event;
    },
    page(after: number, limit: number) {
      const first = events[0]?.seq ?? next;
      const from = Math.max(0, after + 1 - first);
      const page = events.slice(from, from + limit);
      const lost = Math.max(0, Math.min(first, next) - after - 1);
      return { events: page, nextAfter: page.at(-1)?.seq ?? next - 1, lost };
    },
    all: (): readonly GuardEvent[] => events,
    close: () => closeSync(file),
  };
}

const toLine = (event: GuardEvent) => `${JSON.stringify(event)}\n`;

function readEvents(path: string): GuardEvent[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [guardEvent.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
