import { readFileSync, writeSync } from 'node:fs';
import { loadavg, availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { hash } from 'node:crypto';
import { lockDown } from '../../php/lock-down.ts';
import { fileKind } from '../formats/file-kind.ts';
import { readModel } from '../model/model.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { lookUpInode, rememberInode } from '../scan/inode-cache.ts';
import { judgeContent } from '../scan/judge-content.ts';
import { makeJudge, type Judge } from '../scan/judge-php.ts';
import { readContent, type Content } from '../scan/read-content.ts';
import type { Verdict } from '../scan/verdict.ts';
import { walkFolder, type Found } from '../scan/walk-folder.ts';
import { loadClean, saveClean } from './clean-cache-file.ts';
import type { FromScan, ScanSetup } from './scan-messages.ts';

/**
 * Looks through one home, its working folder, as the account it belongs to, and names every file
 * that is not clean. What is done about those is decided elsewhere, on a fresh look. Descriptor 4
 * holds what was clean before, 5 tells the guard which file is being judged, should it end us.
 */
const CACHE = 4;
const POSITION = 5;
const SAVE_EVERY_MS = 20_000;
const WORK_MS = 20;

const model = readModel();
const weights = fileURLToPath(new URL('../model/weights.json', import.meta.url));
const modelSum = hash('sha256', readFileSync(weights));
const sleeper = new Int32Array(new SharedArrayBuffer(4));
let files = 0;
let skipped = 0;

process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => undefined);
process.once('message', async (setup: ScanSetup) => {
  lockDown(setup.uid, setup.codeFolders);
  await scan(setup);
  send({ kind: 'end', files, skipped });
});

async function scan(setup: ScanSetup): Promise<void> {
  const { version, rules } = setup.rules;
  const engine = `${version} ${hash('sha256', JSON.stringify(rules))} ${modelSum}`;
  const judge = makeJudge(compileRules(version, rules), model);
  const clean = loadClean(CACHE, engine);
  const fatal = new Set(setup.fatalHex);
  const pace = makePace(setup.gently);
  const packed: Buffer[] = [];
  let savedAt = performance.now();
  const note = (path: Buffer, content: Content, verdict: Verdict) => {
    if (verdict.class === 'clean' && !content.partial) rememberInode(clean, content.stats, 0);
    else send({ kind: 'found', pathHex: belowHome(path) });
  };
  const look = (found: Found) => {
    files += 1;
    if (files % 1000 === 0) send({ kind: 'progress', files });
    pace();
    if (lookUpInode(clean, found.stats) >= 0) return;
    const path = found.path();
    if (fatal.has(belowHome(path))) return send({ kind: 'found', pathHex: belowHome(path) });
    mark(path);
    const content = tryToRead(found.entry);
    const name = found.name.toString('latin1');
    if (content && isPacked(name, content)) packed.push(path);
    else if (content) note(path, content, judgeNow(judge, name, content) as Verdict);
    mark(null);
    if (performance.now() - savedAt < SAVE_EVERY_MS) return;
    saveClean(CACHE, engine, clean);
    savedAt = performance.now();
  };
  walkFolder(Buffer.from('.'), { file: look, skipped: () => (skipped += 1) });
  // One after another: an archive takes its time to unpack, and many at once take the memory.
  for (const path of packed) {
    pace();
    mark(path);
    const content = tryToRead(path);
    if (content) note(path, content, await judgeNow(judge, nameOf(path), content));
    mark(null);
  }
  saveClean(CACHE, engine, clean);
}

function judgeNow(judge: Judge, name: string, content: Content): Verdict | Promise<Verdict> {
  return judgeContent(judge, name, content.bytes, content.length);
}

function isPacked(name: string, { bytes, length }: Content): boolean {
  const kind = fileKind(name, bytes, length);
  return kind === 'zip' || kind === 'gzip';
}

/** The walk's paths start with `./`. */
function belowHome(path: Buffer): string {
  return path.subarray(2).toString('hex');
}

function nameOf(path: Buffer): string {
  return path.subarray(path.lastIndexOf('/') + 1).toString('latin1');
}

function tryToRead(entry: Buffer): Content | null {
  try {
    return readContent(entry);
  } catch {
    // Not readable to its own account: PHP could not run it either.
    skipped += 1;
    return null;
  }
}

/** Which file is in hand; null when none is. */
function mark(path: Buffer | null): void {
  const place = Buffer.alloc(4 + (path?.length ?? 0));
  place.writeUInt32LE(path?.length ?? 0);
  path?.copy(place, 4);
  writeSync(POSITION, place, 0, place.length, 0);
}

/** Works in short turns and leaves the machine to others the longer, the busier it is. */
function makePace(gently: boolean): () => void {
  const cores = availableParallelism();
  let turnFrom = performance.now();
  return () => {
    const now = performance.now();
    if (now - turnFrom < WORK_MS) return;
    const load = (loadavg()[0] ?? 0) / cores;
    const rest = !gently || load < 0.7 ? 0 : load < 1.5 ? WORK_MS : WORK_MS * 4;
    if (rest > 0) Atomics.wait(sleeper, 0, 0, rest);
    turnFrom = performance.now();
  };
}

function send(message: FromScan): void {
  process.send?.(message);
}
