import { describe, expect, it } from 'vitest';
import type { MailFact, MessagesInHand, ReadMailLine } from './mail-fact.ts';
import { readEximLine } from './read-exim-line.ts';
import { readPhpLine } from './read-php-line.ts';
import { readPostfixLine } from './read-postfix-line.ts';

const NOW = Date.parse('2026-12-01T12:00:00Z');

function readAll(read: ReadMailLine, lines: readonly string[]): MailFact[] {
  const inHand: MessagesInHand = new Map();
  return lines.flatMap((line) => read(line, inHand, NOW));
}

const sums = (facts: readonly MailFact[]) =>
  facts.map(({ by, messages, recipients, bounces }) => [
    by.user ?? by.uid ?? by.address ?? by.script,
    messages,
    recipients,
    bounces,
  ]);

describe('Exim’s main log', () => {
  it('tells what a local user and who signed in sent, to how many, and what came back', () => {
    const facts = readAll(readEximLine, [
      '2026-12-01 10:00:01 1vQ2ab-0001Xy-2z <= anna@anna.example U=anna P=local S=812 T="Hi for all" from <anna@anna.example>',
      '2026-12-01 10:00:02 1vQ2ab-0001Xy-2z => kim@mail.example R=dnslookup T=remote_smtp H=mx.mail.example [192.0.2.9] X=TLS1.3 CV=yes C="250 OK"',
      '2026-12-01 10:00:02 1vQ2ab-0001Xy-2z -> lee@mail.example R=dnslookup T=remote_smtp H=mx.mail.example [192.0.2.9]',
      '2026-12-01 10:00:03 1vQ2ab-0001Xy-2z == slow@mail.example R=dnslookup T=remote_smtp defer (-44)',
      '2026-12-01 10:00:03 1vQ2ab-0001Xy-2z ** none@mail.example R=dnslookup T=remote_smtp: 550 No such user',
      '2026-12-01 10:00:04 1vQ2ac-00000001XyZ-2z3A <= b@b.example H=(pc) [198.51.100.7] P=esmtpsa X=TLS1.3 CV=no A=plain_server:boris@boris.example S=900 for c@d.example e@f.example',
      '2026-12-01 10:00:05 1vQ2ac-00000001XyZ-2z3A => c@d.example R=dnslookup T=remote_smtp',
      '2026-12-01 10:00:05 1vQ2ac-00000001XyZ-2z3A Completed',
    ]);
    expect(sums(facts)).toEqual([
      ['anna', 1, 0, 0],
      ['anna', 0, 1, 0],
      ['anna', 0, 1, 0],
      ['anna', 0, 1, 1],
      ['boris@boris.example', 1, 2, 0],
    ]);
    expect(facts[0]?.atMs).toBe(new Date(2026, 11, 1, 10, 0, 1).getTime());
  });

  it('does not hold anybody here for what the world sends, for bounces and for other lines', () => {
    const facts = readAll(readEximLine, [
      '2026-12-01 10:00:01 1vQ2ad-0001Xy-2z <= spam@far.example H=far.example [203.0.113.5] P=esmtps S=99 U=anna',
      '2026-12-01 10:00:01 1vQ2ad-0001Xy-2z => anna <anna@anna.example> R=local_user T=mail_spool',
      '2026-12-01 10:00:02 1vQ2ae-0001Xy-2z <= <> R=1vQ2ad-0001Xy-2z U=Debian-exim P=local S=1500',
      String.raw`2026-12-01 10:00:03 1vQ2af-0001Xy-2z <= e@far.example H=far.example [203.0.113.5] P=esmtps S=9 id=1@x T="x U=anna P=local A=plain:anna@anna.example" for k@anna.example`,
      '2026-12-01 10:00:02 Start queue run: pid=77',
      '\xff\x00\x1b[2J<=',
    ]);
    expect(facts).toEqual([]);
  });
});

describe('Postfix in Debian’s mail.log', () => {
  it('tells what a local user and who signed in sent, by which script, and what came back', () => {
    const facts = readAll(readPostfixLine, [
      'Dec  1 10:00:00 node1 postfix/pickup[811]: 4ABC12D3F: uid=33 from=<www-data>',
      'Dec  1 10:00:00 node1 postfix/cleanup[812]: 4ABC12D3F: info: header X-PHP-Originating-Script: 300001:x.php from local; from=<www-data@node1>',
      'Dec  1 10:00:00 node1 postfix/qmgr[700]: 4ABC12D3F: from=<www-data@node1>, size=412, nrcpt=30 (queue active)',
      'Dec  1 10:00:01 node1 postfix/smtp[813]: 4ABC12D3F: to=<k@far.example>, relay=none, delay=1, delays=0/0/1/0, dsn=5.1.1, status=bounced (unknown)',
      'Dec  1 10:00:09 node1 postfix/qmgr[700]: 4ABC12D3F: from=<www-data@node1>, size=412, nrcpt=30 (queue active)',
      '2026-12-01T10:00:02.123456+03:00 node1 postfix/submission/smtpd[9]: 3fXyZ01Bcd: client=pc[198.51.100.7], sasl_method=PLAIN, sasl_username=anna@anna.example',
      '2026-12-01T10:00:02.123456+03:00 node1 postfix/qmgr[700]: 3fXyZ01Bcd: from=<anna@anna.example>, size=1, nrcpt=1 (queue active)',
      'Dec  1 10:00:03 node1 postfix/smtpd[9]: 4DEF: client=far.example[203.0.113.5]',
      'Dec  1 10:00:03 node1 postfix/qmgr[700]: 4DEF: from=<spam@far.example>, size=1, nrcpt=1 (queue active)',
    ]);
    expect(sums(facts)).toEqual([
      [300_001, 1, 30, 0],
      [300_001, 0, 0, 1],
      ['anna@anna.example', 1, 1, 0],
    ]);
    expect(facts[0]?.by.script).toBe('x.php');
    expect(facts[2]?.atMs).toBe(Date.parse('2026-12-01T07:00:02.123Z'));
  });

  it('puts a time without a year into the year it lies in', () => {
    const [fact] = readAll(readPostfixLine, [
      'Dec 31 23:59:59 n postfix/pickup[1]: 4ABCDE: uid=1001 from=<anna>',
      'Dec 31 23:59:59 n postfix/qmgr[1]: 4ABCDE: from=<anna@n>, size=1, nrcpt=2 (queue active)',
    ]);
    expect(fact?.atMs).toBe(new Date(2025, 11, 31, 23, 59, 59).getTime());
  });
});

describe('PHP’s own log', () => {
  it('tells the script, in code from a string too, and all recipients', () => {
    const facts = readAll(readPhpLine, [
      '[01-Dec-2026 10:00:00 UTC] mail() on [/home/anna/public_html/x.php:12]: To: a@b.example, c@d.example -- Headers: From: n@o.example Bcc: e@f.example,g@h.example X-P: 1 -- Subject: it@home',
      "[01-Dec-2026 13:00:00 Europe/Moscow] mail() on [/home/anna/public_html/y.php(3) : eval()'d code:1]: To: ann -- Headers:  -- Subject: s",
    ]);
    expect(facts.map(({ by, recipients }) => [by.script, recipients])).toEqual([
      ['/home/anna/public_html/x.php', 4],
      ['/home/anna/public_html/y.php', 1],
    ]);
    expect(new Set(facts.map(({ atMs }) => atMs))).toEqual(
      new Set([Date.parse('2026-12-01T10:00:00Z')]),
    );
  });
});

it('takes time that grows with the length of a line and no faster', () => {
  const readers = [readEximLine, readPostfixLine, readPhpLine];
  const heads = [
    '2026-12-01 10:00:01 1vQ2ab-0001Xy-2z <= a ',
    'Dec  1 10:00:00 n postfix/qmgr[1]: 4ABCDE: ',
    '[01-Dec-2026 10:00:00 UTC] mail() on [/x.php:1]: To: ',
  ];
  const pumps = [
    ' for ',
    ' U=a',
    'cc: ',
    ' bcc:a@',
    ' -- Headers: ',
    ', sasl_username=',
    '@ ',
    '\0',
  ];
  const startedAt = performance.now();
  for (const read of readers) {
    for (const head of heads) {
      for (const pump of pumps) read(head + pump.repeat(65_536 / pump.length), new Map(), NOW);
    }
  }
  expect(performance.now() - startedAt).toBeLessThan(1500);
});
