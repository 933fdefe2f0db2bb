import { Resolver } from 'node:dns/promises';
import { queryName, readAnswer } from './blacklist.ts';
import type { ZoneSays } from './blacklist.ts';

const TIMEOUT_MS = 2000;
const TRIES = 2;
const REASON_CHARS = 300;

export type Lookup = {
  /** Null: no usable answer; nothing is known either way. */
  ask(address: string, zone: string): Promise<ZoneSays | null>;
  /** What the list says of a listing, in its own words. */
  reason(address: string, zone: string): Promise<string | null>;
};

/** Asks DNS servers about addresses; with none named, those of the system. */
export function lookupThrough(servers: readonly string[]): Lookup {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) resolver.setServers([...servers]);
  return {
    ask: async (address, zone) => {
      try {
        return readAnswer(await resolver.resolve4(queryName(address, zone)));
      } catch (error) {
        return isAbsent(error) ? readAnswer([]) : null;
      }
    },
    reason: async (address, zone) => {
      try {
        const records = await resolver.resolveTxt(queryName(address, zone));
        const text = records.map((parts) => parts.join('')).join(' ');
        return text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, REASON_CHARS) || null;
      } catch {
        return null;
      }
    },
  };
}

/** No such name, or no such record: the answer of a list that has nothing against us. */
function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOTFOUND' || code === 'ENODATA';
}
