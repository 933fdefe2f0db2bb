import { once } from 'node:events';
import { spawn } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeFrame, changeReader } from './change-frames.ts';
import { FAN_Q_OVERFLOW, fanotifyEvents } from './fanotify-events.ts';
import { watchChanges, type ChangeWatch } from './watch-changes.ts';

const wait = { timeout: 20_000 };
const never = { changed: () => undefined, missed: () => undefined, failed: () => undefined };

/** Only a root process may watch a file system as a whole. */
async function kindsHere(): Promise<ChangeWatch['kind'][]> {
  const best = await watchChanges(realpathSync(tmpdir()), never);
  best.stop();
  return best.kind === 'fanotify' ? ['tree', 'fanotify'] : ['tree'];
}

const kinds = await kindsHere();
let folder = '';
let root = '';
let watch: ChangeWatch | null = null;
let seen: string[] = [];
let missed = 0;
const failures: unknown[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'stoika-changes-')));
  root = join(folder, 'homes');
  mkdirSync(join(root, 'anna/site/deep'), { recursive: true });
  mkdirSync(join(folder, 'elsewhere'));
  seen = [];
  missed = 0;
  failures.length = 0;
});
afterEach(() => {
  watch?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(kinds)('changes seen by %s', (kind) => {
  beforeEach(async () => {
    watch = await watchChanges(
      root,
      {
        changed: (path) => seen.push(path.toString('latin1')),
        missed: () => (missed += 1),
        failed: (error) => failures.push(error),
      },
      kind,
    );
  });

  it('are files written, in folders old and new, and moved in with their folder', async () => {
    writeFileSync(join(root, 'anna/site/deep/a.php'), 'a');
    mkdirSync(join(root, 'boris/new/below'), { recursive: true });
    writeFileSync(join(root, 'boris/new/below/b.php'), 'b');
    writeFileSync(join(folder, 'elsewhere/c.php'), 'c');
    renameSync(join(folder, 'elsewhere/c.php'), join(root, 'anna/c.php'));
    mkdirSync(join(folder, 'elsewhere/tree/deep'), { recursive: true });
    writeFileSync(join(folder, 'elsewhere/tree/deep/d.php'), 'd');
    renameSync(join(folder, 'elsewhere/tree'), join(root, 'anna/tree'));
    const wanted = ['anna/site/deep/a.php', 'boris/new/below/b.php', 'anna/c.php'];
    await expect.poll(() => seen, wait).toEqual(expect.arrayContaining(wanted));
    await expect.poll(() => seen, wait).toContain('anna/tree/deep/d.php');
    writeFileSync(join(root, 'anna/tree/deep/e.php'), 'e');
    await expect.poll(() => seen, wait).toContain('anna/tree/deep/e.php');
    expect(seen.filter((path) => path.startsWith('elsewhere'))).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('are told by the bytes of their names', async () => {
    const odd = Buffer.from('6f6464ff0a5c2e706870', 'hex');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/anna/`), odd]), 'x');
    await expect.poll(() => seen, wait).toContain(`anna/${odd.toString('latin1')}`);
  });

  it('are told while a file stays open, and when it comes by another name', async () => {
    const file = openSync(join(root, 'anna/open.php'), 'w');
    writeSync(file, '<?php');
    await expect.poll(() => seen, wait).toContain('anna/open.php');
    closeSync(file);
    writeFileSync(join(folder, 'elsewhere/linked.php'), 'l');
    linkSync(join(folder, 'elsewhere/linked.php'), join(root, 'anna/linked.php'));
    await expect.poll(() => seen, wait).toContain('anna/linked.php');
  });

  it('do not lead out of the folder by a link', async () => {
    symlinkSync(join(folder, 'elsewhere'), join(root, 'anna/way-out'));
    writeFileSync(join(root, 'anna/way-out/outside.php'), 'x');
    writeFileSync(join(root, 'anna/last.php'), 'x');
    await expect.poll(() => seen, wait).toContain('anna/last.php');
    expect(seen.join(' ')).not.toContain('outside');
  });
});

it.runIf(kinds.includes('fanotify'))(
  'more changes than the kernel keeps in mind are said to be missed',
  async () => {
    const program = join(import.meta.dirname, 'watch-mount-main.ts');
    const child = spawn(process.execPath, ['--no-warnings', program, root], {
      env: {},
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const said: string[] = [];
    const read = changeReader((kind) => said.push(kind));
    child.stdout.on('data', read);
    await expect.poll(() => said, wait).toContain('ready');
    child.kill('SIGSTOP');
    // Each name is an event of its own.
    const queue = Number(readFileSync('/proc/sys/fs/fanotify/max_queued_events', 'utf8'));
    writeFileSync(join(root, 'anna/one'), '');
    for (let at = 0; at < queue + 100; at += 1) {
      linkSync(join(root, 'anna/one'), join(root, `anna/${at}`));
    }
    child.kill('SIGCONT');
    await expect.poll(() => said, wait).toContain('missed');
    child.stdin.end();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  },
);

it('frames arrive in whatever pieces, and what is no frame is refused', () => {
  const heard: string[] = [];
  const read = changeReader((kind, payload) => heard.push(`${kind} ${payload.toString()}`));
  const bytes = Buffer.concat([
    changeFrame('changed', Buffer.from('a/b')),
    changeFrame('missed', Buffer.alloc(0)),
  ]);
  for (const byte of bytes) read(Buffer.from([byte]));
  expect(heard).toEqual(['changed a/b', 'missed ']);
  expect(() => read(Buffer.from([9, 0, 0, 0, 0]))).toThrow('no frame');
});

it('what the kernel would never say ends the reading', () => {
  const overflow = Buffer.alloc(24);
  overflow.writeUInt32LE(24, 0);
  overflow.writeUInt16LE(24, 6);
  overflow.writeBigUInt64LE(FAN_Q_OVERFLOW, 8);
  expect([...fanotifyEvents(overflow)]).toMatchObject([{ folder: null }]);
  for (let length = 0; length < 24; length += 1) {
    expect([...fanotifyEvents(overflow.subarray(0, length))]).toEqual([]);
  }
  const short = Buffer.concat([overflow, Buffer.alloc(24)]);
  short.writeUInt32LE(48, 0);
  short[24] = 2;
  short.writeUInt16LE(24, 26);
  short.writeUInt32LE(0xffffffff, 36);
  expect([...fanotifyEvents(short)]).toMatchObject([{ folder: null }]);
});
