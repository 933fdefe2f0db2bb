import { generateKeyPairSync, hash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildZip } from '../testing/build-zip.ts';
import { PURE_FUNCTIONS } from './decode/pure-functions.ts';
import { mendFile } from './mend/mend-file.ts';
import { restoreFile } from './mend/restore-file.ts';
import { openMendFolder } from './mend/testing/open-mend-folder.ts';
import { compileRules } from './rules/compile-rules.ts';
import type { Rule } from './rules/rule.ts';
import { STANDARD_RULES } from './rules/standard-rules.ts';
import { readPack, signPack } from './scan/read-rule-pack.ts';
import { makeScanner, scanPaths } from './scan/scan-paths.ts';
import { judgeBytes, judgeText, shippedJudge } from './testing/judge-text.ts';
import { legitimateClass } from './testing/legitimate-files.ts';

/**
 * What scanners and panels were broken by, one entry for each: what it was, why it does not apply
 * here or what stands against it, and a test of that. Races are tried here at each step once;
 * `mend/link-swap.test.ts` tries them as fast as a thread can.
 */
interface Entry {
  ids: string;
  was: string;
  here: string;
  proof: () => void | Promise<void>;
}

const SHELL = `<?php return; $f = 'as' . 'sert'; $f($_POST['stoika']);`;
const judge = shippedJudge();
const ANY_RULE = STANDARD_RULES[0] as Rule;
const folderOf = (path: string) => join(import.meta.dirname, path);

/** The program's own code, without tests, comments and the texts of rules. */
function sources(...folders: string[]): string {
  const isCode = (name: string) =>
    name.endsWith('.ts') && !/\.test\.ts$|testing\/|(standard|alert)-rules/.test(name);
  return folders
    .flatMap((folder) =>
      readdirSync(folderOf(folder), { recursive: true, encoding: 'utf8' })
        .filter(isCode)
        .map((name) => readFileSync(join(folderOf(folder), name), 'utf8')),
    )
    .join('\n')
    .replaceAll(/^\s*(\/?\*|\/\/).*$/gm, '');
}
const ENGINE = ['lexer', 'flow', 'decode', 'formats', 'model', 'rules', 'scan', 'known-good'];

let root = '';
let mend: ReturnType<typeof openMendFolder>;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stoika-cves-'));
  mend = openMendFolder();
});
afterEach(() => {
  mend.close();
  rmSync(root, { recursive: true, force: true });
});

/** Mends after the attacker's move; what he aimed at must be as it was, with mode and times. */
function expectUntouched(path: string, attack: (target: string) => void): void {
  mend.makeFolder('site');
  mend.makeFolder('site/deep');
  mend.write('site/deep/a.php', SHELL);
  const target = join(mend.folder, 'outside');
  mkdirSync(join(target, 'deep'), { recursive: true });
  for (const at of ['a.php', 'deep/a.php']) writeFileSync(join(target, at), SHELL, { mode: 0o604 });
  const stat = (at: string) => {
    const { mode, uid, gid, mtimeNs, ctimeNs } = lstatSync(join(target, at), { bigint: true });
    return { mode, uid, gid, mtimeNs, ctimeNs };
  };
  const before = ['', 'deep', 'a.php', 'deep/a.php'].map(stat);
  const order = mend.order(path, Buffer.alloc(0));
  attack(target);
  expect(mendFile(mend.quarantine, order).kind).toBe('left');
  expect(mendFile(mend.quarantine, { ...order, findingId: 'f2', content: null }).kind).toBe('left');
  expect(['', 'deep', 'a.php', 'deep/a.php'].map(stat)).toEqual(before);
  expect(readFileSync(join(target, 'deep/a.php'), 'utf8')).toBe(SHELL);
}
const swap = (name: string, target: string) => {
  renameSync(mend.at(name), mend.at('aside'));
  symlinkSync(target, mend.at(name));
};

/** Behind the head of a file that other scanners parse, PHP is found; damage to it changes nothing. */
async function expectNotParsed(name: string, head: Buffer): Promise<void> {
  const php = Buffer.from(`\n${SHELL}`);
  const found = await judgeBytes(judge, Buffer.concat([head, php]), name);
  expect(found.class, name).not.toBe('clean');
  expect(found.actionable, name).toBe(false);
  expect((await judgeBytes(judge, head, name)).class, name).toBe('clean');
  const damage = fc.record({ at: fc.nat(head.length - 1), byte: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { maxLength: 8 }), async (places) => {
      const damaged = Buffer.from(head);
      for (const { at, byte } of places) damaged[at] = byte;
      const verdict = await judgeBytes(judge, Buffer.concat([damaged, php]), name);
      expect(verdict.class).not.toBe('clean');
    }),
    { numRuns: 20, seed: 5 },
  );
}
const head = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(400, 7)]);

const TABLE: Entry[] = [
  {
    ids: 'CVE-2021-21956 (TALOS-2021-1383)',
    was: 'Imunify360 unserialised data from the scanned file',
    here: 'nothing in the engine deserialises, evaluates or imports what a file holds',
    proof: async () => {
      expect(sources(...ENGINE)).not.toMatch(
        /\beval\(|\bFunction\(|node:vm|deserialize|child_process|\bimport\(|process\.binding/,
      );
      const gadget = 'O:9:"__proto__":1:{s:8:"polluted";b:1;}';
      await judgeText(
        judge,
        `<?php unserialize('${gadget}'); unserialize(base64_decode('${btoa(gadget)}'));`,
      );
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    },
  },
  {
    ids: 'CVE-2025-65530',
    was: 'AI-Bolit called functions by names it found in the file, though the command line had that off',
    here: 'decoders are a closed table of our own; a name from a file is only looked up in it, also by a scan with several processes’ options',
    proof: async () => {
      const names = ['constructor', '__proto__', 'hasOwnProperty', 'toString', 'process.exit'];
      for (const name of names) expect(PURE_FUNCTIONS.get(name)).toBeUndefined();
      const marker = join(root, 'called');
      const calls = [
        'file_put_contents',
        'writeFileSync',
        'touch',
        'constructor',
        'exec',
        'require',
      ];
      for (const [at, name] of calls.entries()) {
        const code = `<?php $f = '${name.slice(0, 2)}' . '${name.slice(2)}'; call_user_func_array($f, array('${marker}', 'x')); $f('${marker}', 'x'); eval("${name}('${marker}', 'x');");`;
        writeFileSync(join(root, `${at}.php`), code);
      }
      const summary = await scanPaths(makeScanner(judge), [Buffer.from(root)]);
      expect(summary.files).toBe(calls.length);
      expect(existsSync(marker)).toBe(false);
    },
  },
  {
    ids: 'CVE-2020-3350',
    was: 'ClamAV deleted through a link swapped in for the found file',
    here: 'the file is opened without following links and must be the one that was judged',
    proof: () =>
      expectUntouched('site/deep/a.php', (target) =>
        swap('site/deep/a.php', join(target, 'deep/a.php')),
      ),
  },
  {
    ids: 'CVE-2020-7267',
    was: 'McAfee for Linux deleted through a link swapped in for the folder',
    here: 'each folder of the path is opened by descriptor from the one above it',
    proof: () =>
      expectUntouched('site/deep/a.php', (target) => swap('site/deep', join(target, 'deep'))),
  },
  {
    ids: 'CVE-2020-8099',
    was: 'Bitdefender’s quarantine followed a junction further up the path',
    here: 'no component of the path may be a link, however far up',
    proof: () => expectUntouched('site/deep/a.php', (target) => swap('site', target)),
  },
  {
    ids: 'CVE-2019-20000',
    was: 'BullGuard restored from quarantine through a junction: a write anywhere as the system',
    here: 'restoring goes the same way as mending, with the account’s rights and without links',
    proof: () => {
      mend.makeFolder('site');
      mend.write('site/a.php', SHELL);
      const mended = mendFile(mend.quarantine, mend.order('site/a.php', null));
      if (mended.kind !== 'mended') throw new Error(mended.reason);
      const target = join(mend.folder, 'outside');
      mkdirSync(target);
      swap('site', target);
      expect(restoreFile(mend.quarantine, mended.record, mend.owner).kind).toBe('left');
      expect(readdirSync(target)).toEqual([]);
    },
  },
  {
    ids: 'CVE-2007-6595',
    was: 'ClamAV wrote to temporary files whose names could be foreseen and were links',
    here: 'the scanner writes no file; the mender’s temporary file is made anew beside the original, or not at all',
    proof: async () => {
      expect(sources('lexer', 'flow', 'decode', 'formats', 'model', 'rules')).not.toMatch(
        /writeFile|createWriteStream|mkdtemp|openSync|tmpdir/,
      );
      expect(sources('mend').match(/O_CREAT(?! \| O_EXCL)(?=.*openSync|\b \|)/g) ?? []).toEqual([]);
      expect(sources('mend').match(/O_EXCL(?! \| O_NOFOLLOW|, O_NOFOLLOW)/g) ?? []).toEqual([]);
    },
  },
  {
    ids: 'CVE-2004-0217',
    was: 'Symantec’s updater wrote to a foreseeable name in /tmp that was a link',
    here: 'what the guard keeps lies in a folder of its own that nobody else may enter',
    proof: () => {
      mend.write('a.php', SHELL);
      expect(mendFile(mend.quarantine, mend.order('a.php', null)).kind).toBe('mended');
      expect(lstatSync(mend.quarantine.objects).mode & 0o077).toBe(0);
      expect(sources('mend', 'service')).not.toMatch(/['"`]\/tmp/);
    },
  },
  {
    ids: 'CVE-2026-29203',
    was: 'cPanel’s chmod followed a link of the user',
    here: 'modes are set on the open descriptor of a file the mender made itself',
    proof: () => {
      expect(sources('mend')).not.toMatch(/\b(l?chmodSync|chmod)\(/);
      expectUntouched('site/deep/a.php', (target) =>
        swap('site/deep/a.php', join(target, 'a.php')),
      );
    },
  },
  {
    ids: 'CVE-2026-105476',
    was: 'cPanel wrote as root where a link of the user led (CWE-59)',
    here: 'writing happens with the account’s rights, beside the file, by descriptor',
    proof: () => expectUntouched('site/deep/a.php', (target) => swap('site/deep', target)),
  },
  {
    ids: 'CVE-2026-54420',
    was: 'LiteSpeed’s cPanel plugin followed links of the user as root',
    here: 'a link that turns up where the file was is no file, be its target the account’s own',
    proof: () => expectUntouched('site/deep/a.php', () => swap('site/deep/a.php', 'no-such-place')),
  },
  {
    ids: 'CVE-2026-100716',
    was: 'Froxlor checked the last component of a path only, then chown -R',
    here: 'every component counts, and nothing is done to a folder’s content as a whole',
    proof: () => {
      expect(sources('mend', 'service')).not.toMatch(/\b(l?chownSync|chown)\(|chown -R|chmod -R/);
      expectUntouched('site/deep/a.php', (target) => swap('site', target));
    },
  },
  {
    ids: 'CVE-2026-68491',
    was: 'SolusVM followed a link while it set owner and times',
    here: 'owner and times too are set on the descriptor only',
    proof: () => {
      expect(sources('mend')).not.toMatch(/\b(l?utimesSync|utimes)\(/);
      expectUntouched('site/deep/a.php', (target) => swap('site/deep', join(target, 'deep')));
    },
  },
  {
    ids: 'CVE-2024-20328',
    was: 'clamd put a file’s name into a shell command',
    here: 'no shell is ever started, and names travel as bytes',
    proof: async () => {
      const program = sources('scan', 'service', 'mend', 'known-good');
      expect(program).not.toMatch(/import \{[^}]*\bexec\w*[^}]*\} from 'node:child_process'/);
      expect(program).not.toMatch(/shell: true|['"]\/?(bin\/)?(ba)?sh['"]/);
      const names = [
        ';touch called;.php',
        '$(touch called).php',
        '`touch called`.php',
        '| touch called.php',
        "'; touch called; '.php",
        '\n touch called \n.php',
        '-rf.php',
        '%f %v.php',
        '&& touch called.php',
      ];
      for (const name of names) writeFileSync(join(root, name), SHELL);
      const summary = await scanPaths(makeScanner(judge), [Buffer.from(root)]);
      const found = summary.findings.map(({ path }) => path.subarray(root.length + 1).toString());
      expect(found.sort()).toEqual(names.sort());
      for (const [at, name] of names.entries()) {
        mend.write(name, SHELL);
        const order = mend.order(name, Buffer.alloc(0), { findingId: `f${at}` });
        expect(mendFile(mend.quarantine, order).kind).toBe('mended');
      }
      expect(existsSync('called') || existsSync(join(mend.owner.home, 'called'))).toBe(false);
      expect(readdirSync(root).sort()).toEqual(names.sort());
    },
  },
  {
    ids: 'CVE-2023-20032',
    was: 'ClamAV’s HFS+ parser wrote behind a buffer',
    here: 'disk images are not parsed: PHP is looked for in any bytes',
    proof: () => expectNotParsed('disk.dmg', head(`${'\0'.repeat(1024)}H+\x00\x04`)),
  },
  {
    ids: 'CVE-2025-20260',
    was: 'ClamAV’s PDF parser wrote behind a buffer',
    here: 'PDF is not parsed',
    proof: () => expectNotParsed('a.pdf', head('%PDF-1.7\n1 0 obj<</Length 99999999999>>stream\n')),
  },
  {
    ids: 'CVE-2024-20505',
    was: 'ClamAV’s PDF parser read behind a buffer',
    here: 'PDF is not parsed',
    proof: () => expectNotParsed('b.pdf', head('%PDF-1.4\nxref\n0 -1\ntrailer<</Size -1>>\n')),
  },
  {
    ids: 'CVE-2026-20346',
    was: 'ClamAV’s PDF parser once more',
    here: 'PDF is not parsed',
    proof: () =>
      expectNotParsed('c.pdf', head('%PDF-2.0\n<</Filter[/FlateDecode/FlateDecode]>>\n')),
  },
  {
    ids: 'CVE-2024-20290',
    was: 'ClamAV’s OLE2 parser read behind a buffer',
    here: 'Office files are not parsed',
    proof: () => expectNotParsed('a.doc', head('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')),
  },
  {
    ids: 'CVE-2026-20339',
    was: 'ClamAV’s unpacker for PESpin',
    here: 'programs are neither unpacked nor run',
    proof: () => expectNotParsed('a.exe', head('MZ\x90\x00\x03\x00\x00\x00PE\x00\x00L\x01')),
  },
  {
    ids: 'CVE-2026-20345',
    was: 'ClamAV’s parser of GPT partition tables',
    here: 'disk images are not parsed',
    proof: () => expectNotParsed('disk.img', head(`${'\0'.repeat(512)}EFI PART\x00\x00\x01\x00`)),
  },
  {
    ids: 'CVE-2026-20347',
    was: 'ClamAV’s Mach-O parser',
    here: 'programs are not parsed',
    proof: () => expectNotParsed('a.dylib', head('\xcf\xfa\xed\xfe\x07\x00\x00\x01')),
  },
  {
    ids: 'CVE-2024-20506',
    was: 'ClamAV’s log file could be a link to anything',
    here: 'the engine opens no log: it answers, and who asked writes it down',
    proof: () => {
      expect(sources(...ENGINE)).not.toMatch(/appendFile|createWriteStream|logFile|O_APPEND/);
    },
  },
  {
    ids: 'CVE-2026-20337',
    was: 'ClamAV trusted sizes in a ZIP’s directory',
    here: 'sizes and offsets are checked against what is there; a damaged archive is suspicious',
    proof: async () => {
      const zip = buildZip([
        { name: 'a.php', content: SHELL, claimedBytes: 0xffff_fff0 },
        { name: 'b.php', content: SHELL, claimedBytes: 1 },
      ]);
      expect((await judgeBytes(judge, zip, 'a.zip')).class).not.toBe('clean');
      const cut = zip.subarray(0, zip.length - 30);
      expect((await judgeBytes(judge, cut, 'a.zip')).class).not.toBe('clean');
    },
  },
  {
    ids: 'CVE-2026-20338',
    was: 'ClamAV’s ZIP reader went wrong on fields that contradict each other',
    here: 'any byte of an archive may be anything: there is always a verdict, and it costs little',
    proof: async () => {
      const zip = buildZip([
        { name: '../../etc/a.php', content: SHELL },
        { name: 'deep/b.php', content: '<?php echo 1;' },
      ]);
      const damage = fc.record({ at: fc.nat(zip.length - 1), byte: fc.nat(255) });
      await fc.assert(
        fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 12 }), async (places) => {
          const damaged = Buffer.from(zip);
          for (const { at, byte } of places) damaged[at] = byte;
          const verdict = await judgeBytes(judge, damaged, 'a.zip');
          expect(verdict.actionable && damaged.readUInt32BE(0) === 0x504b0304).toBe(false);
        }),
        { numRuns: 150, seed: 5 },
      );
    },
  },
  {
    ids: 'Zip Slip (archive traversal)',
    was: 'unpackers wrote where a member’s name led',
    here: 'members are read in memory; their names are never paths',
    proof: async () => {
      expect(sources('formats')).not.toMatch(/node:fs|writeFile|mkdir/);
      const slip = buildZip([{ name: `../../../..${root}/slipped.php`, content: SHELL }]);
      writeFileSync(join(root, 'a.zip'), slip);
      const summary = await scanPaths(makeScanner(judge), [Buffer.from(root)]);
      expect(summary.findings).toHaveLength(1);
      expect(readdirSync(root)).toEqual(['a.zip']);
    },
  },
  {
    ids: 'CVE-2019-12625',
    was: 'a ZIP of members that overlap kept ClamAV busy for hours',
    here: 'what is unpacked in all has a bound; beyond it an archive is suspicious',
    proof: async () => {
      const bomb = buildZip(
        Array.from({ length: 40 }, (_, at) => ({
          name: `${at}.txt`,
          content: Buffer.alloc(1024 * 1024),
        })),
      );
      expect(await judgeBytes(judge, bomb, 'a.zip')).toMatchObject({
        class: 'suspicious',
        limit: expect.stringContaining('archive'),
      });
      const packed = deflateRawSync(Buffer.alloc(20 * 1024 * 1024, 'a')).toString('base64');
      const code = `<?php eval(gzinflate(base64_decode('${packed}')));`;
      expect((await judgeText(judge, code)).class).not.toBe('clean');
      const twice = gzipSync(gzipSync(Buffer.alloc(20 * 1024 * 1024)));
      expect((await judgeBytes(judge, twice, 'a.gz')).class).not.toBe('clean');
    },
  },
  {
    ids: 'CVE-2017-9304, CVE-2017-9438, CVE-2017-5924, CVE-2016-10210',
    was: 'YARA’s compiler crashed on rules made for it',
    here: 'rules are data of our own kind; one that cannot run in linear time, or at all, is refused with its pack',
    proof: () => {
      const rule = (pattern: string) => [{ ...ANY_RULE, when: [{ pattern }] }];
      // Brackets are plain bytes here: there is nothing to nest.
      expect(compileRules('1', rule('('.repeat(100_000))).rules).toHaveLength(1);
      for (const pattern of [
        `abcd${'a?'.repeat(2000)}`,
        'abcd[a-z]+[a-z]+[a-z]+x',
        'abcd.{1,99999999}x',
        'abcd[',
        'a+',
        '',
      ]) {
        expect(() => compileRules('1', rule(pattern)), pattern.slice(0, 20)).toThrow(/./);
      }
    },
  },
  {
    ids: 'CVE-2019-19648, CVE-2021-3402',
    was: 'YARA’s modules for Mach-O files read behind their end',
    here: 'rules have no modules: what they may ask is written down in one type',
    proof: () => {
      const unknown = [{ ...ANY_RULE, when: [{ module: 'macho', entry: 1 }] }];
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const pack = signPack('2026.12.01-1', unknown as never, privateKey);
      const answer = readPack(JSON.stringify(pack), pem, null);
      expect(answer).toMatchObject({ ok: false, code: 'pack-broken' });
    },
  },
  {
    ids: 'CVE-2021-45429, CVE-2023-40857',
    was: 'YARA overflowed on rule files that anybody could hand it',
    here: 'a pack counts only with our signature; any other change to it is refused',
    proof: () => {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const json = JSON.stringify(signPack('2026.12.01-1', STANDARD_RULES.slice(0, 3), privateKey));
      expect(readPack(json, pem, null).ok).toBe(true);
      fc.assert(
        fc.property(
          fc.nat(json.length - 1),
          fc.constantFrom('0', 'a', 'Z', '{', '[', '"', '9'),
          (at, sign) => {
            fc.pre(json[at] !== sign);
            const changed = json.slice(0, at) + sign + json.slice(at + 1);
            const answer = readPack(changed, pem, null);
            // Base64 may be written in several ways: then it is the same pack.
            if (answer.ok) expect(JSON.parse(changed).rules).toEqual(JSON.parse(json).rules);
          },
        ),
        { numRuns: 150, seed: 5 },
      );
    },
  },
  {
    ids: 'maldet issue 231',
    was: 'a scanner that gave no reply was taken for a finding, and files were quarantined',
    here: 'an analysis that meets a limit is a suspicion and never acted on',
    proof: async () => {
      const hurried = { ...judge, flowLimits: { steps: 50, decodedBytes: 10, layers: 1 } };
      const text = `<?php\n${legitimateClass()}`;
      expect((await judgeText(judge, text)).class).toBe('clean');
      expect(await judgeText(hurried, text)).toMatchObject({
        class: 'suspicious',
        limit: 'steps',
        actionable: false,
      });
    },
  },
  {
    ids: 'maldet issue 427',
    was: 'the scanner found its own signatures and took them away',
    here: 'neither the rules nor what lies in the quarantine is malware to the guard',
    proof: async () => {
      const rules = readFileSync(folderOf('rules/standard-rules.ts'));
      expect((await judgeBytes(judge, rules, 'standard-rules.ts')).actionable).toBe(false);
      const { privateKey } = generateKeyPairSync('ed25519');
      const pack = JSON.stringify(signPack('1', STANDARD_RULES, privateKey));
      expect((await judgeText(judge, pack, 'pack.json')).actionable).toBe(false);
      mend.write('a.php', SHELL);
      mendFile(mend.quarantine, mend.order('a.php', null));
      for (const name of readdirSync(mend.quarantine.objects)) {
        const object = readFileSync(join(mend.quarantine.objects, name));
        expect((await judgeBytes(judge, object, 'f1.php')).class).toBe('clean');
      }
    },
  },
  {
    ids: 'maldet: lost restores',
    was: 'what was taken by mistake could not be given back',
    here: 'what was taken comes back byte for byte, and only once it is there is it forgotten',
    proof: () => {
      mend.write('a.php', SHELL);
      chmodSync(mend.at('a.php'), 0o640);
      const mended = mendFile(mend.quarantine, mend.order('a.php', null));
      if (mended.kind !== 'mended') throw new Error(mended.reason);
      expect(existsSync(mend.at('a.php'))).toBe(false);
      expect(restoreFile(mend.quarantine, mended.record, mend.owner).kind).toBe('restored');
      expect(hash('sha256', readFileSync(mend.at('a.php')))).toBe(hash('sha256', SHELL));
    },
  },
  {
    ids: 'ReDoS (`^(?:\\$(?:\\w+)+)+;` and kin)',
    was: 'an expression that backtracks over a file’s bytes took seconds for thirty of them',
    here: 'no regular expression runs over a file; patterns of rules never go back',
    proof: async () => {
      for (const pump of ['$a', '$$', 'a(', "'\\", '<?=', '/*', '"{$', 'a->']) {
        const verdict = await judgeText(judge, `<?php ${pump.repeat(20_000)};`);
        expect(verdict.score === null || Number.isFinite(verdict.score), pump).toBe(true);
      }
    },
  },
  {
    ids: 'Polyglots',
    was: 'a file that is a picture or an archive to the scanner is PHP to the server',
    here: 'the name decides what a server runs, the bytes whether PHP is in it; both are looked at',
    proof: async () => {
      for (const start of ['GIF89a', '\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', '%PDF-1.7', 'RIFF']) {
        const text = `${start}\x00\x01${SHELL} __halt_compiler();\x00\xff`;
        expect(await judgeText(judge, text, 'a.php')).toMatchObject({ actionable: true });
        expect((await judgeText(judge, text, 'a.jpg')).class).not.toBe('clean');
      }
      const zip = buildZip([{ name: 'a.txt', content: 'stoika' }]).toString('latin1');
      expect((await judgeText(judge, `${SHELL}?>${zip}`, 'a.phar')).class).toBe('malicious');
    },
  },
];

const named = TABLE.map(
  (entry) => [`${entry.ids}: ${entry.was}. Here ${entry.here}`, entry] as const,
);
test.each(named)('%s', async (_, { proof }) => {
  await proof();
  expect.hasAssertions();
});
