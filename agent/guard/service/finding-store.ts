import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../mend/write-durably.ts';
import { findingView } from './wire.ts';

/** A finding as the guard keeps it: what it tells, and the path in bytes. */
export const findingRecord = findingView.extend({ pathHex: z.string() });
export type FindingRecord = z.infer<typeof findingRecord>;

export type FindingStore = ReturnType<typeof openFindings>;

/** One file a finding, each change on disk before it is visible. */
export function openFindings(folder: string, most: number) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const byId = new Map<string, FindingRecord>();
  const byContent = new Map<string, string>();
  const byPlace = new Map<string, Set<string>>();
  const index = (finding: FindingRecord) => {
    byId.delete(finding.findingId);
    byId.set(finding.findingId, finding);
    byContent.set(contentKey(finding), finding.findingId);
    const place = `${finding.accountRef}\0${finding.pathHex}`;
    const there = byPlace.get(place) ?? new Set();
    if (finding.state === 'open') there.add(finding.findingId);
    else there.delete(finding.findingId);
    if (there.size > 0) byPlace.set(place, there);
    else byPlace.delete(place);
  };
  const read = readdirSync(folder).flatMap((name) => readFinding(join(folder, name)) ?? []);
  for (const finding of read.toSorted((a, b) => (a.foundAt < b.foundAt ? -1 : 1))) index(finding);

  return {
    get: (findingId: string) => byId.get(findingId) ?? null,
    /** The newest finding of this very content in this place. */
    of(accountRef: string, pathHex: string, sha256: string) {
      const findingId = byContent.get(contentKey({ accountRef, pathHex, sha256 }));
      return findingId === undefined ? null : (byId.get(findingId) ?? null);
    },
    /** What is open in one place, whatever its content. */
    openAt(accountRef: string, pathHex: string) {
      const there = byPlace.get(`${accountRef}\0${pathHex}`) ?? [];
      return [...there].flatMap((findingId) => byId.get(findingId) ?? []);
    },
    all: () => [...byId.values()],
    ofAccount: (ref: string) => [...byId.values()].filter(({ accountRef }) => accountRef === ref),
    save(finding: FindingRecord) {
      const path = join(folder, `${finding.findingId}.json`);
      writeDurably(path, Buffer.from(JSON.stringify(finding)));
      index(finding);
      for (const [findingId, old] of byId) {
        if (byId.size <= most) break;
        // What the owner said about a content holds for good.
        if (['open', 'ignored', 'restored'].includes(old.state)) continue;
        byId.delete(findingId);
        rmSync(join(folder, `${findingId}.json`), { force: true });
      }
    },
  };
}

/** The same write found twice is one finding, also when the guard was killed in between. */
export function findingIdOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}

function contentKey(finding: Pick<FindingRecord, 'accountRef' | 'pathHex' | 'sha256'>): string {
  return `${finding.accountRef}\0${finding.pathHex}\0${finding.sha256}`;
}

function readFinding(path: string): FindingRecord | null {
  if (path.endsWith('.json')) {
    return findingRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
  }
  rmSync(path, { force: true });
  return null;
}
