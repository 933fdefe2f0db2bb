import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { judgeText, shippedJudge } from './testing/judge-text.ts';

/**
 * A stand-in of ours: it begins with `return;`, so as PHP it does nothing, and it shows the shape of
 * a shell. Whatever is done to its looks, the verdict stays.
 */
const STAND_IN = `return; system($_GET['stoika']);`;
const judge = shippedJudge();
const packed = deflateRawSync(STAND_IN).toString('base64');
const hex = (text: string) => [...Buffer.from(text)].map((b) => `\\x${b.toString(16)}`).join('');
const octal = (text: string) => [...Buffer.from(text)].map((b) => `\\${b.toString(8)}`).join('');
const xored = (text: string) =>
  Buffer.from([...Buffer.from(text)].map((byte) => byte ^ 3)).toString('latin1');
const inverted = (text: string) =>
  Buffer.from([...Buffer.from(text)].map((byte) => ~byte & 255)).toString('latin1');

const MUTATIONS: Record<string, string> = {
  'as it is': `<?php ${STAND_IN}`,
  'in mixed case': `<?PHP return; SyStEm($_GET['stoika']);`,
  'with comments between the words': `<?php return; system/**/(/*a*/$_GET#b\n['stoika']//c\n);`,
  'with the name put together': `<?php return; $f = 'sys' . "t" . 'em'; $f($_GET['stoika']);`,
  'with hexadecimal escapes': `<?php return; $f = "${hex('system')}"; $f($_GET['stoika']);`,
  'with octal escapes': `<?php return; $f = "${octal('system')}"; $f($_GET['stoika']);`,
  'with an array of characters': `<?php return; $a = ['s','y','t','e','m']; $f = $a[0].$a[1].$a[0].$a[2].$a[3].$a[4]; $f($_GET['stoika']);`,
  'with chr': `<?php return; $f = chr(115).chr(121).chr(115).chr(100+16).chr(101).chr(109); $f($_GET['stoika']);`,
  'with a text indexed by braces': `<?php return; $s = 'metsy'; $f = $s{3}.$s{4}.$s{3}.$s{2}.$s{1}.$s{0}; $f($_GET['stoika']);`,
  'with str_replace': `<?php return; $f = str_replace('-', '', 's-y-s-t-e-m'); $f($_GET['stoika']);`,
  'with strrev': `<?php return; $f = strrev('metsys'); $f($_GET['stoika']);`,
  'with rot13': `<?php return; $f = str_rot13('flfgrz'); $f($_GET['stoika']);`,
  'with pack': `<?php return; $f = pack('H*', '73797374656d'); $f($_GET['stoika']);`,
  'with implode': `<?php return; $f = implode('', array('sys', 'tem')); $f($_GET['stoika']);`,
  'with sprintf': `<?php return; $f = sprintf('%s%s', 'sys', 'tem'); $f($_GET['stoika']);`,
  'with xor': `<?php return; $f = '${xored('system')}' ^ '${'\x03'.repeat(6)}'; $f($_GET['stoika']);`,
  'with inverted bytes': `<?php return; $f = ~'${inverted('system')}'; $f($_GET['stoika']);`,
  'with a hidden superglobal': `<?php return; $g = '_G' . 'ET'; system($$g['stoika']);`,
  'with braces around a superglobal': `<?php return; system(\${'_' . 'GET'}['stoika']);`,
  'in a text': `<?php return; echo "\${@eval($_GET['stoika'])}";`,
  'through a callback': `<?php return; array_map('sys' . 'tem', array($_GET['stoika']));`,
  'through call_user_func': `<?php return; call_user_func('system', $_GET['stoika']);`,
  'through backticks': '<?php return; $c = $_GET["stoika"]; echo `$c`;',
  'through a function': `<?php return; function run($c) { return system($c); } run($_GET['stoika']);`,
  'through a property': `<?php return; class A { public $f = 'sys' . 'tem'; function go() { $f = $this->f; $f($_GET['stoika']); } }`,
  'cut up by goto': `<?php goto a; c: $f($_GET['stoika']); goto d; a: return; goto b; b: $f = 'sys' . 'tem'; goto c; d: exit;`,
  'as a heredoc': `<?php return; $f = <<<X\nsystem\nX;\n$g = $f . ''; $g($_GET['stoika']);`,
  'packed once': `<?php eval(gzinflate(base64_decode('${packed}')));`,
  'packed three times': `<?php eval(base64_decode('${Buffer.from(
    `eval(gzinflate(base64_decode('${deflateRawSync(
      `eval(str_rot13('${rot13(STAND_IN)}'));`,
    ).toString('base64')}')));`,
  ).toString('base64')}'));`,
  'gzip in hexadecimal': `<?php eval(gzdecode(hex2bin('${gzipSync(STAND_IN).toString('hex')}')));`,
  'behind a byte order mark': `\xef\xbb\xbf<?php ${STAND_IN}`,
  'in short tags': `<? ${STAND_IN} ?>`,
  'in echo tags': `<?= system($_GET['stoika']) ?>`,
  'in script tags': `<script language="php">${STAND_IN}</script>`,
  'behind HTML': `<html><body>${'<p>stoika</p>'.repeat(50)}</body></html><?php ${STAND_IN}`,
  'behind halted data': `<?php ${STAND_IN} __halt_compiler(); ${'stoika '.repeat(40)}`,
};

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) + ((letter.charCodeAt(0) & 31) <= 13 ? 13 : -13)),
  );
}

describe('A shell is a shell however it is written', () => {
  test.each(Object.entries(MUTATIONS))('%s', async (_, text) => {
    const verdict = await judgeText(judge, text);
    expect(verdict.class, JSON.stringify(verdict)).not.toBe('clean');
  });

  test('padded to eleven megabytes in front and behind', async () => {
    const padding = `/* ${'stoika '.repeat(850_000)} */\n`;
    const text = `<?php\n${padding}${MUTATIONS['packed once']?.slice(5)}\n${padding}`;
    expect(text.length).toBeGreaterThan(11 * 1024 * 1024);
    expect((await judgeText(judge, text)).class).not.toBe('clean');
  });

  test('behind the head of an image', async () => {
    const text = `GIF89a\x01\x00\x01\x00\x80\x00\x00 <?php ${STAND_IN} ?>`;
    expect((await judgeText(judge, text, 'logo.gif')).class).not.toBe('clean');
    expect((await judgeText(judge, text, 'logo.gif.php')).class).not.toBe('clean');
  });
});

const HARMLESS: Record<string, string> = {
  'a form that greets': `<?php $name = htmlspecialchars($_POST['name'] ?? ''); echo "Hello $name";`,
  'a router': `<?php $handler = $routes[$path] ?? 'notFound'; echo $handler($request);`,
  'a template engine': `<?php ob_start(); include __DIR__ . '/views/' . basename($view) . '.php'; return ob_get_clean();`,
  'an embedded picture': `<?php echo '<img src="data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUg'.repeat(30)}">';`,
  'a translation': `<?php return ['eval' => 'Auswertung', 'system' => 'System', 'exec' => 'Ausführen'];`,
};

test('a thumbnail made by a program is never acted on', async () => {
  const text = `<?php exec('convert ' . escapeshellarg($file) . ' -resize 100 out.png', $lines);`;
  expect((await judgeText(judge, text)).actionable).toBe(false);
});

test.each(Object.entries(HARMLESS))('%s is left alone', async (_, text) => {
  const verdict = await judgeText(judge, text);
  expect(verdict.actionable, JSON.stringify(verdict)).toBe(false);
  expect(verdict.class, JSON.stringify(verdict)).toBe('clean');
});
