import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildZip } from '../testing/build-zip.ts';
import { judgeBytes, judgeText, shippedJudge } from './testing/judge-text.ts';

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
  'with a reflected function': `<?php return; $f = new ReflectionFunction('system'); $f->invoke($_GET['stoika']);`,
  'with a name counted up in letters': `<?php return; $_ = ''; $_[+$_]++; $_ = $_ . ''; $a = $_[0]; $s = $a; ${'$s++; '.repeat(18)} $y = $s; ${'$y++; '.repeat(6)} $t = $s; $t++; $e = $a; ${'$e++; '.repeat(4)} $m = $e; ${'$m++; '.repeat(8)} $f = $s . $y . $s . $t . $e . $m; $f($_GET['stoika']);`,
  'with a name finished by reference': `<?php return; function end_it(&$f) { $f = $f . 'em'; } $f = 'syst'; end_it($f); $f($_GET['stoika']);`,
  'with variables made of the request': `<?php return; foreach (array('_GET', '_POST') as $g) foreach ($$g as $k => $v) $$k = $v; $stoika($v);`,
  'through a filter': `<?php return; filter_var($_GET['stoika'], FILTER_CALLBACK, array('options' => 'system'));`,
  'through an unpacked list': `<?php return; usort(...$_GET);`,
  'through a closure made of a name': `<?php return; Closure::fromCallable('sys' . 'tem')->__invoke($_GET['stoika']);`,
  'through a pattern that runs': `<?php return; preg_replace('/.*/e', '\\\\0', $_GET['stoika']);`,
  'through an included request': `<?php return; include 'php://input';`,
  'through a sorted object': `<?php return; $o = new ArrayObject(array('x', $_GET['stoika'])); $o->uasort('system');`,
  'through a database function': `<?php return; $db = new SQLite3('x'); $db->createFunction('f', $_GET['f']); $g = $_GET['g']; $g($_GET['stoika']);`,
  'with a name in a comment': `<?php return; /** system */ class A {} $r = new ReflectionClass('A'); $f = trim(substr($r->getDocComment(), 4, 6)); $f($_GET['stoika']);`,
  'through a property set elsewhere': `<?php return; class A { function __destruct() { eval($this->c); } } $a = new A; $a->c = $_POST['stoika'];`,
  'through an object that is brought back': `<?php return; class A { public $c; function __destruct() { eval($this->c); } } unserialize($_COOKIE['stoika']);`,
  'through an object that is called': `<?php return; class A { function __invoke($p) { eval($p); } } call_user_func(new A(), $_POST['stoika']);`,
  'through a function that is handed over': `<?php return; function run($c) { system($c); } array_map('run', $_GET);`,
  'through what a pattern found': `<?php return; preg_match('/a(.*)b/', $_POST['stoika'], $m); eval($m[1]);`,
  'through a file that is included': `<?php return; file_put_contents('a.txt', '<?php ' . $_POST['stoika']); include 'a.txt';`,
  'in the arguments of an object': `<?php return; $a = new ArrayIterator(array_map('assert', (array) $_POST['stoika']));`,
  'through a database’s own callback': `<?php return; $db = new PDO('sqlite::memory:'); $db->query("SELECT '{$_POST['stoika']}'")->fetchAll(PDO::FETCH_FUNC, 'ass' . 'ert');`,
  'with an unset variable grown': `<?php return; $f = $f . 'sys'; $f .= 'tem'; $f($_GET['stoika']);`,
  'with words left out of a list': `<?php return; $f = implode('', array_diff(array('sys', '-', 'tem'), array('-'))); $f($_GET['stoika']);`,
  'behind a comment nothing closes': `<?php return; /* stoika\n ?>\n<?php ${STAND_IN}`,
  'behind halted data': `<?php ${STAND_IN} __halt_compiler(); ${'stoika '.repeat(40)}`,
};

const quoted = (code: string) => code.replaceAll('\\', '\\\\').replaceAll("'", "\\'");

/** Each gives code that does what it was given. */
const WRAPPINGS: Record<string, (code: string) => string> = {
  base64: (code) => `eval(base64_decode('${Buffer.from(code, 'latin1').toString('base64')}'));`,
  deflate: (code) =>
    `eval(gzinflate(base64_decode('${deflateRawSync(Buffer.from(code, 'latin1')).toString('base64')}')));`,
  rot13: (code) => `eval(str_rot13('${quoted(rot13(code))}'));`,
  hexadecimal: (code) => `eval(hex2bin('${Buffer.from(code, 'latin1').toString('hex')}'));`,
  backwards: (code) =>
    `eval(strrev('${quoted(Buffer.from(code, 'latin1').reverse().toString('latin1'))}'));`,
  escapes: (code) =>
    `eval("${Buffer.from(code, 'latin1').toString('hex').replace(/../g, '\\x$&')}");`,
  'a variable': (code) => `$c = '${quoted(code)}'; eval($c);`,
  pieces: (code) =>
    `$c = '${quoted(code.slice(0, 9))}'; $c .= '${quoted(code.slice(9))}'; eval($c);`,
  'a function': (code) => `function run_it($c) { eval($c); } run_it('${quoted(code)}');`,
};

/** What may stand around the code without changing it. */
const DISGUISES: Record<string, (code: string) => string> = {
  nothing: (code) => `<?php ${code}`,
  'capital letters': (code) => `<?PHP ${code.replace(/^eval\(/, 'EvAl(')}`,
  comments: (code) => `<?php /* stoika */ ${code} // stoika`,
  'a byte order mark': (code) => `\xef\xbb\xbf<?php ${code}`,
  'a legitimate class': (code) =>
    `<?php ${code}\nclass Greeting { private $name; public function __construct($name) { $this->name = $name; } public function say() { return 'Hello ' . $this->name; } }\n`.concat(
      'function add_up($a, $b) { return $a + $b; }\n'.repeat(40),
    ),
  'a page': (code) =>
    `<!doctype html><title>Stoika</title><p>Welcome</p>\n<?php ${code} ?>\n<p>Bye</p>`,
  'short tags': (code) => `<? ${code} ?>`,
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
    expect(verdict, JSON.stringify(verdict)).toMatchObject({
      class: expect.stringMatching(/^(malicious|compromised)$/),
      actionable: true,
    });
  });

  test('padded to eleven megabytes in front and behind', async () => {
    const padding = `/* ${'stoika '.repeat(850_000)} */\n`;
    const text = `<?php\n${padding}${MUTATIONS['packed once']?.slice(5)}\n${padding}`;
    expect(text.length).toBeGreaterThan(11 * 1024 * 1024);
    expect((await judgeText(judge, text)).class).not.toBe('clean');
  });

  test.each([
    ['gif', 'GIF89a\x01\x00\x01\x00\x80\x00\x00'],
    ['jpg', '\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00'],
    ['png', '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01'],
    ['webp', 'RIFF\x24\x00\x00\x00WEBPVP8 '],
    ['pdf', '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'],
  ])('behind the head of a %s', async (ending, head) => {
    const text = `${head} <?php ${STAND_IN} ?>`;
    expect((await judgeText(judge, text, `logo.${ending}`)).class).not.toBe('clean');
    expect((await judgeText(judge, text, `logo.${ending}.php`)).class).toBe('malicious');
  });

  test('in front of an archive, and as one', async () => {
    const zip = buildZip([{ name: 'a/readme.txt', content: 'stoika' }]).toString('latin1');
    expect((await judgeText(judge, `<?php ${STAND_IN} ?>${zip}`, 'a.phar')).class).toBe(
      'malicious',
    );
    const inside = buildZip([{ name: 'a/index.php', content: `<?php ${STAND_IN}` }]);
    expect((await judgeBytes(judge, inside, 'photo.jpg')).class).toBe('malicious');
  });

  test('in any stack of wrappings', async () => {
    const stacks = fc.uniqueArray(fc.constantFrom(...Object.keys(WRAPPINGS)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(stacks, fc.constantFrom(...Object.keys(DISGUISES)), async (names, looks) => {
        const wrapped = names.reduce((code, name) => WRAPPINGS[name]?.(code) ?? code, STAND_IN);
        const text = DISGUISES[looks]?.(wrapped) ?? wrapped;
        const verdict = await judgeText(judge, text);
        expect(verdict, `${names.join(', ')}; ${looks}`).toMatchObject({
          class: expect.stringMatching(/^(malicious|compromised)$/),
          actionable: true,
        });
      }),
      { numRuns: 400, seed: 2026 },
    );
  });
});

const HARMLESS: Record<string, string> = {
  'a form that greets': `<?php $name = htmlspecialchars($_POST['name'] ?? ''); echo "Hello $name";`,
  'a router': `<?php $handler = $routes[$path] ?? 'notFound'; echo $handler($request);`,
  'a template engine': `<?php ob_start(); include __DIR__ . '/views/' . basename($view) . '.php'; return ob_get_clean();`,
  'an embedded picture': `<?php echo '<img src="data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUg'.repeat(30)}">';`,
  'a translation': `<?php return ['eval' => 'Auswertung', 'system' => 'System', 'exec' => 'Ausführen'];`,
};

/** Small scripts of honest sites: some are worth a look, none is touched. */
const HOMEMADE: Record<string, string> = {
  'a thumbnail made by a program': `exec('convert ' . escapeshellarg($file) . ' -resize 100 out.png', $lines);`,
  'a contact form': `mail('me@stoika.test', 'Form', $_POST['text']); header('Location: /thanks.html');`,
  'a page chooser': `include 'header.php'; $page = $_GET['page'] ?? 'home'; if (in_array($page, ['home', 'about'])) include "pages/$page.php"; include 'footer.php';`,
  'a password in front of notes': `session_start(); if ($_POST['password'] === 'x') { $_SESSION['ok'] = 1; } if (empty($_SESSION['ok'])) { die('<form method=post><input name=password></form>'); } echo file_get_contents('notes.txt');`,
  'a list of news': `$db = new PDO('mysql:host=localhost', 'u', 'p'); foreach ($db->query('SELECT * FROM news') as $row) { echo '<h2>' . htmlspecialchars($row['title']) . '</h2>'; }`,
  'an uploader': `if (isset($_FILES['f'])) { move_uploaded_file($_FILES['f']['tmp_name'], 'uploads/' . basename($_FILES['f']['name'])); echo 'ok'; } ?><form method=post enctype=multipart/form-data><input type=file name=f></form><?php`,
  'a redirect': `header('Location: https://stoika.test/' . $_GET['to']);`,
  'a deployment': `exec('git pull'); echo 'deployed';`,
  'a fetched list': `$c = curl_init('https://api.stoika.test/rates'); curl_setopt($c, CURLOPT_RETURNTRANSFER, 1); file_put_contents('rates.json', curl_exec($c));`,
  'a picture as text': `error_reporting(0); echo base64_encode(file_get_contents($_GET['img']));`,
  'what PHP says of itself': `phpinfo();`,
};
test.each(Object.entries(HOMEMADE))('%s is never acted on', async (_, code) => {
  const verdict = await judgeText(judge, `<?php ${code}`);
  expect(verdict.actionable, JSON.stringify(verdict)).toBe(false);
});

test.each(Object.entries(HARMLESS))('%s is left alone', async (_, text) => {
  const verdict = await judgeText(judge, text);
  expect(verdict.actionable, JSON.stringify(verdict)).toBe(false);
  expect(verdict.class, JSON.stringify(verdict)).toBe('clean');
});
