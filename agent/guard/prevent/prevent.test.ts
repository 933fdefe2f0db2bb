import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lexPhp, PADDING } from '../lexer/lex-php.ts';
import { makeTokenStream } from '../lexer/token-stream.ts';
import { readModel } from '../model/model.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { STANDARD_SET } from '../scan/rule-set.ts';
import { makeJudge } from '../scan/judge-php.ts';
import { callsIn } from './calls-in.ts';
import { keepRules, rollBackSite } from './keep-rules.ts';
import { snuffleupagusRules } from './snuffleupagus-rules.ts';
import { surveySite } from './survey-site.ts';

function calls(code: string): string[] {
  const bytes = Buffer.concat([Buffer.from(`<?php ${code}`), Buffer.alloc(PADDING)]);
  const tokens = makeTokenStream();
  lexPhp(bytes, bytes.length - PADDING, tokens);
  return [...callsIn(bytes, tokens)];
}

it.each([
  [`exec('ls');`, ['exec']],
  [`\\EXEC ('ls');`, ['exec']],
  ['echo `ls`;', ['shell_exec']],
  [`array_map('system', $lines); call_user_func("\\\\passthru");`, ['system', 'passthru']],
  [`if (mail($to, $s, $b)) popen($x, 'r');`, ['mail', 'popen']],
])('%s needs %j', (code, names) => {
  expect(calls(code)).toEqual(names);
});

it.each([
  `$db->exec('select'); PDO::exec($x); $m?->mail($x);`,
  `function mail($a) {} new System($x); // exec('x')`,
  `if (function_exists('exec') && is_callable("proc_open")) {}`,
  `$menu = ['type' => 'link', 'to' => 'mail']; add('system', $menu); strlen('dl');`,
  `$text = 'we exec it'; $exec = 1; echo "system (of rules)";`,
])('%s needs nothing', (code) => {
  expect(calls(code)).toEqual([]);
});

let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stoika-prevent-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As a gallery has it: a file that clearly needs what it calls. */
const THUMBNAILS = `<?php
/** Makes small pictures. */
class Thumbnailer {
    private string $tool = '/usr/bin/convert';
    public function make(string $from, string $to): bool {
        if (!is_file($from)) { return false; }
        $command = sprintf('%s %s -resize 200x200 %s', $this->tool, escapeshellarg($from), escapeshellarg($to));
        exec($command, $output, $code);
        return $code === 0;
    }
}
`;

const order = {
  siteFolder: '/home/anna/public_html',
  version: 3,
  madeAt: '2026-12-01T10:00:00.000Z',
  simulation: false,
};

async function rulesOf(simulation = false): Promise<string[]> {
  const judge = makeJudge(compileRules(STANDARD_SET.version, STANDARD_SET.rules), readModel());
  const survey = await surveySite(Buffer.from(folder), ['wp-content/uploads'], judge);
  return snuffleupagusRules(survey, { ...order, simulation })
    .trimEnd()
    .split('\n');
}
const about = (lines: string[], name: string) =>
  lines.filter((line) => line.includes(`function("${name}")`));

describe('the rules of a site', () => {
  it('leave a function to the files that call it, and take it from all others', async () => {
    write('lib/thumb.php', THUMBNAILS);
    write('index.php', `<?php echo 'hello';`);
    const lines = await rulesOf();
    const inSite = String.raw`filename_r("^/home/anna/public_html/")`;
    expect(about(lines, 'exec')).toEqual([
      'sp.disable_function.function("exec").filename("/home/anna/public_html/lib/thumb.php").allow();',
      `sp.disable_function.function("exec").${inSite}.drop();`,
    ]);
    expect(about(lines, 'system')).toEqual([
      `sp.disable_function.function("system").${inSite}.drop();`,
    ]);
  });

  it('stop nothing in simulation', async () => {
    write('wp-content/uploads/photo.txt', 'x');
    const lines = await rulesOf(true);
    const stopping = lines.filter((line) => line.includes('drop()'));
    expect(stopping.length).toBeGreaterThan(20);
    expect(stopping.every((line) => line.includes('.simulation().drop();'))).toBe(true);
  });

  it('give nothing to a web shell, to scripts among uploads, to links and to names that lie', async () => {
    write('shell.php', `<?php system($_GET['c']);`);
    write('wp-content/uploads/x.php', `<?php mail($to, 's', 'b');`);
    write('a"); sp.allow(".php', THUMBNAILS);
    symlinkSync('/etc/passwd', join(folder, 'link.php'));
    const lines = await rulesOf();
    expect(lines.some((line) => line.includes('allow()'))).toBe(false);
    const remarks = lines.filter((line) => line.startsWith('#')).slice(3);
    expect(remarks).toEqual([
      '# shell.php is given nothing: not found clean, or among uploads',
      '# wp-content/uploads/x.php is given nothing: not found clean, or among uploads',
      '# exec: a"); sp.allow(".php cannot be named in a rule',
    ]);
    const uploads = String.raw`value_r("(^|/)wp\\-content/[./]*uploads/")`;
    expect(about(lines, 'include')[0]).toContain(uploads);
    expect(about(lines, 'move_uploaded_file')[0]).toContain(`param("to")`);
  });
});

it('versions of rules are kept, the same rules are no new one, and the one before comes back', () => {
  const text = (rule: string) => (version: number) =>
    `# Site /home/anna, version ${version}, now\n${rule}\n`;
  const current = () => readFileSync(join(folder, 'anna.rules'), 'utf8');
  expect(rollBackSite(folder, 'anna')).toBeNull();
  expect(keepRules(folder, 'anna', text('a'))).toEqual({ version: 1, changed: true });
  expect(keepRules(folder, 'anna', text('a'))).toEqual({ version: 1, changed: false });
  expect(keepRules(folder, 'anna', text('b'))).toEqual({ version: 2, changed: true });
  expect(rollBackSite(folder, 'anna')).toBe(1);
  expect(current()).toContain('version 1, now\na');
  expect(rollBackSite(folder, 'anna')).toBeNull();
  expect(keepRules(folder, 'anna', text('c'))).toEqual({ version: 3, changed: true });
});
