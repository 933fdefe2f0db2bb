import { CLEAN, limited, type Verdict } from '../scan/verdict.ts';

interface ConfigRule {
  id: string;
  family: string;
  class: 'malicious' | 'suspicious';
  confidence: number;
  test: (words: readonly string[], line: string) => boolean;
}

const LONGEST = 1024 * 1024;
const MOST_LINES = 10_000;
const PHP_HANDLER = /^(application\/x-httpd-php\d*|php\d*-script|x-httpd-php\S*|php\S*)$/i;
/** Endings that no site needs PHP to run for. */
const PLAIN_ENDING = /^\.?(jpe?g|png|gif|ico|bmp|svg|css|txt|pdf|log|webp)$/i;
const STRANGE_FILE =
  /(^|[/\\])(tmp|temp|dev\/shm|uploads?|cache)[/\\]|\.(jpe?g|png|gif|ico|txt|log)['"]?$/i;
const isPrepend = (word: string) => /^auto_(prepend|append)_file$/i.test(word);

const HTACCESS: readonly ConfigRule[] = [
  {
    id: 'htaccess-handler-for-images',
    family: 'handler',
    class: 'malicious',
    confidence: 90,
    test: (words) =>
      /^(addhandler|addtype)$/i.test(words[0] ?? '') &&
      PHP_HANDLER.test(words[1] ?? '') &&
      words.slice(2).some((word) => PLAIN_ENDING.test(word)),
  },
  {
    id: 'htaccess-prepend',
    family: 'prepend',
    class: 'suspicious',
    confidence: 70,
    test: (words) => /^php_value$/i.test(words[0] ?? '') && isPrepend(words[1] ?? ''),
  },
  {
    id: 'htaccess-prepend-remote',
    family: 'prepend',
    class: 'malicious',
    confidence: 95,
    test: (words) =>
      isPrepend(words[1] ?? '') && /^["']?(https?:|ftp:|data:|php:\/\/input)/i.test(words[2] ?? ''),
  },
  {
    id: 'htaccess-sethandler',
    family: 'handler',
    class: 'suspicious',
    confidence: 50,
    test: (words) => /^sethandler$/i.test(words[0] ?? '') && PHP_HANDLER.test(words[1] ?? ''),
  },
];

const USER_INI: readonly ConfigRule[] = [
  {
    id: 'user-ini-prepend-strange',
    family: 'prepend',
    class: 'malicious',
    confidence: 85,
    test: (words, line) => isPrepend(words[0] ?? '') && STRANGE_FILE.test(line),
  },
  {
    id: 'user-ini-prepend',
    family: 'prepend',
    class: 'suspicious',
    confidence: 60,
    test: (words, line) => isPrepend(words[0] ?? '') && /=\s*["']?\S/.test(line),
  },
];

const CRON: readonly ConfigRule[] = [
  {
    id: 'cron-download-and-run',
    family: 'dropper',
    class: 'malicious',
    confidence: 90,
    test: (_, line) => downloads(line) && /\|\s*(ba|da|z)?sh\b|\|\s*php\b/i.test(line),
  },
  {
    id: 'cron-encoded',
    family: 'dropper',
    class: 'malicious',
    confidence: 90,
    test: (_, line) => /base64\s+(-d|--decode)|php\s+-r\s.{0,200}(eval|base64_decode)/i.test(line),
  },
  {
    id: 'cron-writes-php',
    family: 'dropper',
    class: 'suspicious',
    confidence: 60,
    test: (_, line) => downloads(line) && /\.(php\d?|phtml)(\s|$)/i.test(line),
  },
];

const RULES = { htaccess: HTACCESS, 'user-ini': USER_INI, cron: CRON };

/** Lines of server and cron settings, each looked at by itself; comments do not count. */
export function judgeConfig(
  kind: 'htaccess' | 'user-ini' | 'cron',
  bytes: Buffer,
  length: number,
): Verdict {
  const text = bytes.toString('latin1', 0, Math.min(length, LONGEST));
  const lines = text.replaceAll('\\\n', ' ').split('\n', MOST_LINES);
  let worst: Verdict = CLEAN;
  let at = 0;
  for (const line of lines) {
    const trimmed = line.trim().slice(0, 2000);
    const comment = trimmed.startsWith('#') || trimmed.startsWith(';');
    const words = trimmed.split(/[\s=]+/, 64);
    for (const rule of comment || trimmed === '' ? [] : RULES[kind]) {
      if (!rule.test(words, trimmed) || rule.confidence <= worst.confidence) continue;
      const evidence = [...worst.evidence, { rule: rule.id, family: rule.family, at }];
      const { class: found, confidence, family } = rule;
      worst = { ...CLEAN, class: found, confidence, family, evidence };
    }
    at += line.length + 1;
  }
  const whole = length <= LONGEST && lines.length < MOST_LINES;
  return whole || worst.class !== 'clean' ? worst : limited('config-lines');
}

function downloads(line: string): boolean {
  return /\b(curl|wget|fetch|lwp-download)\b/i.test(line) && /(https?|ftp):\/\//i.test(line);
}
