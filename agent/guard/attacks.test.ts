import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PURE_FUNCTIONS } from './decode/pure-functions.ts';
import { makeDecodeBudget } from './decode/budget.ts';
import { lexPhp, PADDING } from './lexer/lex-php.ts';
import { makeTokenStream } from './lexer/token-stream.ts';
import { makeScanner, scanPaths } from './scan/scan-paths.ts';
import { showBytes } from './show-bytes.ts';
import { judgeBytes, judgeText, shippedJudge } from './testing/judge-text.ts';

const judge = shippedJudge();
let folder = '';
beforeAll(() => {
  // In memory where there is such a place: a hundred thousand files are made.
  const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  folder = mkdtempSync(join(root, 'stoika-guard-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SHELL = `<?php return; eval($_POST['stoika']);`;

describe('Source made to break a parser', () => {
  const deep = 60_000;
  test.each([
    ['nested brackets', `<?php eval(${'('.repeat(deep)}$_POST['a']${')'.repeat(deep)});`],
    ['nested lists', `<?php eval($_POST[0]); $a = ${'['.repeat(deep)}1${']'.repeat(deep)};`],
    ['nested blocks', `<?php eval($_POST[0]); ${'{'.repeat(deep)}${'}'.repeat(deep)}`],
    ['strings in strings', `<?php eval($_POST[0]); ${'echo "{$a['.repeat(3000)}`],
    ['brackets never opened', `<?php ${')]}'.repeat(deep)} eval($_POST['a']);`],
    ['a chain of a hundred thousand dots', `<?php eval($_POST[0]${'.$a'.repeat(100_000)});`],
    ['a hundred thousand prefixes', `<?php ${'!@-~'.repeat(25_000)}eval($_POST['a']);`],
    ['heredocs never closed', `<?php eval($_POST['a']); ${'$a = <<<X\n'.repeat(2000)}`],
    ['ten thousand gotos', `<?php eval($_POST[0]); ${'a: goto a; '.repeat(10_000)}`],
    [
      'ten thousand functions',
      `<?php eval($_POST[0]); ${'function f($a){return f($a);}'.repeat(9000)}`,
    ],
  ])('%s: answered in time and not clean', async (_, text) => {
    const from = performance.now();
    const verdict = await judgeText(judge, text);
    expect(verdict.class).not.toBe('clean');
    expect(performance.now() - from).toBeLessThan(8000);
  });

  test('twice the text takes about twice the time', async () => {
    const piece = `$a = "x{$b['k']}" . chr(65) . f($_GET['q']); /* c */ if ($a) { system($a); } `;
    const time = async (copies: number) => {
      const from = process.cpuUsage();
      await judgeText(judge, `<?php ${piece.repeat(copies)}`);
      return process.cpuUsage(from).user;
    };
    await time(2000);
    const [once, eightfold] = [await time(4000), await time(32_000)];
    expect(eightfold / once).toBeLessThan(24);
  });
});

describe('Data made to fill memory', () => {
  test('a packed bomb stops at its budget and is not clean', async () => {
    const bomb = deflateRawSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64');
    const verdict = await judgeText(judge, `<?php eval(gzinflate(base64_decode('${bomb}')));`);
    expect(verdict.class).not.toBe('clean');
    expect(verdict.limit).toBe('decoded');
  });

  test('doubling a text stops at its budget', async () => {
    const doubling = '$a = $a . $a;'.repeat(64);
    const verdict = await judgeText(judge, `<?php $a = 'stoika'; ${doubling} eval($a);`);
    expect(verdict.class).not.toBe('clean');
  });

  test('a gzip bomb is suspicious', async () => {
    const verdict = await judgeBytes(judge, gzipSync(Buffer.alloc(64 << 20)), 'backup.gz');
    expect(verdict).toMatchObject({ class: 'suspicious', limit: 'archive-ratio' });
  });
});

describe('The lexer and the decoders', () => {
  const tokens = makeTokenStream(1024);
  const php = fc.constantFrom(
    '<?php ',
    '?>',
    '"',
    "'",
    '`',
    '$a',
    '${',
    '{$',
    '}',
    '<<<X\n',
    '\nX;',
    '/*',
    '*/',
    '//',
    '#',
    '\\',
    'eval',
    '(',
    ')',
    '[',
    ']',
    '->',
    '::',
    '\n',
    '__halt_compiler',
    '\0',
    '\xff',
    '=',
    '.',
  );

  test('end on any bytes, with tokens in order and within the file', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(php, fc.string({ maxLength: 6 })), { maxLength: 80 }),
        (parts) => {
          const content = Buffer.from(parts.join(''), 'latin1');
          const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
          lexPhp(bytes, content.length, tokens);
          let before = 0;
          for (let at = 0; at < tokens.count; at++) {
            expect(tokens.start[at]).toBeGreaterThanOrEqual(before);
            expect(tokens.end[at]).toBeGreaterThanOrEqual(tokens.start[at] as number);
            expect(tokens.end[at]).toBeLessThanOrEqual(content.length + 2);
            before = tokens.start[at] as number;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('judge any mixture of PHP without failing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(php, { maxLength: 120 }), async (parts) => {
        await judgeText(judge, `<?php eval($_GET[0]); ${parts.join('')}`);
      }),
      { numRuns: 500 },
    );
  });

  test('decode any text within the budget', () => {
    const argument = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.array(fc.string(), { maxLength: 5 }),
    );
    for (const [, run] of PURE_FUNCTIONS) {
      fc.assert(
        fc.property(fc.array(argument, { minLength: 1, maxLength: 4 }), (args) => {
          const budget = makeDecodeBudget(10_000);
          run(args, budget);
          expect(budget.bytes).toBeGreaterThanOrEqual(0);
        }),
        { numRuns: 40 },
      );
    }
  });
});

describe('Folders made to lead astray', () => {
  test('links are not followed, pipes not opened, odd names handled and shown inertly', async () => {
    const root = join(folder, 'odd');
    const outside = join(folder, 'outside');
    mkdirSync(root);
    mkdirSync(outside);
    writeFileSync(join(outside, 'secret.php'), SHELL);
    symlinkSync(outside, join(root, 'folder-link'));
    symlinkSync(join(outside, 'secret.php'), join(root, 'file-link.php'));
    execFileSync('mkfifo', [join(root, 'pipe.php')]);
    const name = Buffer.concat([
      Buffer.from('a\n$(id);\x1b[2J<b>'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('.php'),
    ]);
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), SHELL);
    const summary = await scanPaths(makeScanner(judge), [Buffer.from(root)]);
    expect(summary.files).toBe(1);
    const [finding] = summary.findings;
    expect(finding?.path.subarray(root.length + 1)).toEqual(name);
    expect(showBytes(name)).toBe(String.raw`a\x0a$(id);\x1b[2J<b>\xff\xfe.php`);
  });

  test('a hundred thousand files in one folder are walked, then skipped as unchanged', async () => {
    const root = join(folder, 'many');
    mkdirSync(root);
    for (let at = 0; at < 100_000; at++) {
      const first = join(root, `${at - (at % 20_000)}.php`);
      if (at % 20_000 === 0) writeFileSync(first, `<?php echo ${at};`);
      else linkSync(first, join(root, `${at}.php`));
    }
    const scanner = makeScanner(judge);
    const first = await scanPaths(scanner, [Buffer.from(root)]);
    expect(first).toMatchObject({ files: 100_000, findings: [], skipped: [] });
    const again = await scanPaths(scanner, [Buffer.from(root)]);
    expect(again).toMatchObject({ files: 100_000, unchanged: 100_000 });
  }, 60_000);

  test('a changed file is looked at again, even with its old time', async () => {
    const path = join(folder, 'changing.php');
    writeFileSync(path, '<?php echo 1;');
    const scanner = makeScanner(judge);
    expect((await scanPaths(scanner, [Buffer.from(path)])).findings).toEqual([]);
    appendFileSync(path, ` eval($_POST['stoika']);`);
    execFileSync('touch', ['-d', '2001-01-01', path]);
    expect((await scanPaths(scanner, [Buffer.from(path)])).findings).toHaveLength(1);
  });

  test('a known good content is never acted on, and the rule is named as at fault', async () => {
    const path = join(folder, 'known.php');
    writeFileSync(path, `<?php return; $f = 'as' . 'sert'; $f($_POST['stoika']);`);
    const first = await scanPaths(makeScanner(judge), [Buffer.from(path)]);
    const { sha256 = '' } = first.findings[0] ?? {};
    expect(first.findings[0]?.verdict.actionable).toBe(true);
    const knownGood = new Set([sha256]);
    const second = await scanPaths(makeScanner(judge, { knownGood }), [Buffer.from(path)]);
    expect(second.findings[0]).toMatchObject({ knownGood: true, verdict: { actionable: false } });
  });
});
