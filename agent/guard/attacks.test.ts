import {
  appendFileSync,
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
import { analyseFlow, DEFAULT_FLOW_LIMITS, type Flow } from './flow/analyse-flow.ts';
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
  folder = mkdtempSync(join(tmpdir(), 'stoika-guard-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** GUARD_FILES=1000000 for the long run. */
const MANY = Number(process.env['GUARD_FILES'] ?? 10_000);
/** Names per inode: file systems allow no more than some ten thousand. */
const LINKS = 20_000;
/** GUARD_CASES=1000 for a fuzzing run of hours: every count of cases is taken so often. */
const TIMES = Number(process.env['GUARD_CASES'] ?? 1);
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
  ])('%s: answered within the budget and not clean', async (_, text) => {
    expect((await judgeText(judge, text)).class).not.toBe('clean');
    expect(workOf(text).steps).toBeLessThanOrEqual(DEFAULT_FLOW_LIMITS.steps);
  });

  const piece = `$a = "x{$b['k']}" . chr(65) . f($_GET['q']); /* c */ if ($a) { system($a); } `;
  const hostile: [string, (size: number) => string][] = [
    ['ordinary code', (size) => piece.repeat(size)],
    [
      'functions that call each other',
      (size) =>
        numbered(size, (at) => `function f${at}($a) { return f${at + 1}($a . $_GET[0]); } `),
    ],
    [
      'functions within functions',
      (size) => numbered(size, (at) => `function f${at}() { $a = $b${at}; `),
    ],
    [
      'returns in deep blocks',
      (size) => `function f() { ${'{'.repeat(size)}${' return $a;'.repeat(size)}`,
    ],
    [
      'a long list, joined each time',
      (size) => `$a = [${`'x', `.repeat(size)}]; ${'$b = implode($a); '.repeat(20)}`,
    ],
    ['lists added up', (size) => `$a = ['a', 'b']; ${'$a = $a + $a; '.repeat(size)}`],
    [
      'conditions over long texts',
      (size) => `$a = '${'stoika '.repeat(40)}'; ${'$b = $c ? $a : $a . 1; '.repeat(size)}`,
    ],
    [
      'global after global',
      (size) => `function f() { ${'global $a, $b; $a = $b; '.repeat(size)} }`,
    ],
  ];
  test.each(hostile)('the work grows no faster than the text: %s', (_, make) => {
    const once = workOf(`<?php ${make(400)}`);
    const eightfold = workOf(`<?php ${make(3200)}`);
    expect(eightfold.steps).toBeLessThan(once.steps * 10 + 1000);
  });

  test('a text that grows and is looked at each time is paid for, and ends at the budget', () => {
    const looked = `$a = ''; ${"$a .= 'stoika'; f($a); system($a); ".repeat(60_000)}`;
    expect(workOf(`<?php ${looked}`)).toMatchObject({ limit: 'steps' });
  });

  const unfinished: [string, string][] = [
    ['comments nothing closes', '/* '],
    ['script tags nothing closes', '?><script '],
    ['script tags', '?><script x="y" z="w">'],
    ['tags', '?><?= '],
    ['strings with variables', '"$a '],
    ['braces in strings', '"{$a['],
    ['heredocs nothing closes', '<<<X\n'],
    ['nowdocs nothing closes', "<<<'X'\n"],
    ['backticks', '` $a '],
    ['attributes', '#[a('],
    ['keys in strings', '"$a[b '],
  ];
  test.each(unfinished)('the lexer looks at each byte a few times at most: %s', (_, part) => {
    const once = bytesRead(part.repeat(1000));
    const eightfold = bytesRead(part.repeat(8000));
    expect(eightfold).toBeLessThan(once * 9 + 1000);
  });
});

function numbered(size: number, line: (at: number) => string): string {
  return Array.from({ length: size }, (_, at) => line(at)).join('');
}

/** What the analysis of a text costs, in its own steps. */
function workOf(text: string): Flow {
  const content = Buffer.from(text, 'latin1');
  const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
  const tokens = makeTokenStream();
  lexPhp(bytes, content.length, tokens);
  return analyseFlow(bytes, tokens);
}

/** How often the lexer reads a byte, over a text behind an opening tag. */
function bytesRead(text: string): number {
  const content = Buffer.from(`<?php ${text}`, 'latin1');
  let reads = 0;
  const counted = new Proxy(Buffer.concat([content, Buffer.alloc(PADDING)]), {
    get(bytes, key) {
      if (typeof key === 'string' && /^\d/.test(key)) reads++;
      const value: unknown = Reflect.get(bytes, key, bytes);
      return value;
    },
  });
  lexPhp(counted, content.length, makeTokenStream());
  return reads;
}

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
      { numRuns: 2000 * TIMES },
    );
  });

  test('judge any mixture of PHP without failing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(php, { maxLength: 120 }), async (parts) => {
        await judgeText(judge, `<?php eval($_GET[0]); ${parts.join('')}`);
      }),
      { numRuns: 500 * TIMES },
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
        { numRuns: 40 * TIMES },
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

  test(`${MANY} files in one folder are walked, then skipped as unchanged`, async () => {
    const root = join(folder, 'many');
    mkdirSync(root);
    for (let at = 0; at < MANY; at++) {
      const first = join(root, `${at - (at % LINKS)}.php`);
      if (at % LINKS === 0) writeFileSync(first, `<?php echo ${at};`);
      else linkSync(first, join(root, `${at}.php`));
    }
    const scanner = makeScanner(judge);
    const first = await scanPaths(scanner, [Buffer.from(root)]);
    expect(first).toMatchObject({ files: MANY, findings: [], skipped: [] });
    const again = await scanPaths(scanner, [Buffer.from(root)]);
    expect(again).toMatchObject({ files: MANY, unchanged: MANY });
  }, 600_000);

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
