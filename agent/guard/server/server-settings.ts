import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeDurably } from '../mend/write-durably.ts';

export const SETTINGS_PATH = '/etc/stoika-guard/server.json';
export const DATA_FOLDER = '/var/lib/stoika-guard';

const folder = z.string().regex(/^\/[^\0]*$/, 'Use a path from the root');

/** Where a server belongs and what it looks after; with its key, so for root's eyes alone. */
export const serverSettings = z.strictObject({
  /** Origin of the centre. */
  centre: z.url(),
  serverId: z.string().max(60),
  key: z.string().max(200),
  /** Holds a home for each account, owned by its Unix user. */
  homes: folder,
  dataFolder: folder,
  /** File with the public key (Ed25519, PEM) of who signs rules; null: those of the program. */
  rulesKey: folder.nullable(),
  /** Folder of YARA rules, and the socket of clamd: asked in the background where they are named. */
  yaraRules: folder.nullable().default(null),
  clamd: folder.nullable().default(null),
});
export type ServerSettings = z.infer<typeof serverSettings>;

export function readSettings(path: string): ServerSettings {
  return serverSettings.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** For the owner's eyes alone; a reader sees the old or the new whole. */
export function saveSettings(path: string, settings: ServerSettings): void {
  writeDurably(path, Buffer.from(`${JSON.stringify(settings, null, 2)}\n`));
}

/** The origin that a person means, or null: keys travel over https, or within this machine. */
export function centreOf(text: string): string | null {
  const url = URL.parse(text);
  if (!url) return null;
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isHere);
  return isSafe ? url.origin : null;
}
