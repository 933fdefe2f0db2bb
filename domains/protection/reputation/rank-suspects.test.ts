import { expect, it } from 'vitest';
import { rankSuspects } from './rank-suspects.ts';
import type { CauseFinding, MailSender } from './rank-suspects.ts';

const AT = Temporal.Instant.from('2026-12-01T10:00:00Z');

const sender = (accountRef: string, changes: Partial<MailSender> = {}): MailSender => ({
  ...{ accountRef, accountId: accountRef, domainName: `${accountRef}.example` },
  ...{ messages: 10, recipients: 10, bounces: 0, peak: 10, peakAt: AT, usual: 9 },
  ...changes,
});
const finding = (accountRef: string, path: string): CauseFinding => ({
  ...{ id: path, accountRef, accountId: accountRef, domainName: `${accountRef}.example`, path },
  ...{ class: 'malicious', droppedAt: null, foundAt: AT, mendedAt: null },
});
const ranked = (...input: Parameters<typeof rankSuspects>) =>
  rankSuspects(...input).map(({ accountId, reasons }) => [
    accountId,
    ...reasons.map(({ kind }) => kind),
  ]);

it('holds a malicious script that sent for worse than any burst, and a burst for worse than size', () => {
  const senders = [
    sender('letters', { peak: 90_000, recipients: 90_000, usual: 70_000 }),
    sender('burst', { peak: 4000, recipients: 4000, usual: 12 }),
    sender('shell', { peak: 300, recipients: 300 }),
  ];
  const scripts = [{ accountRef: 'shell', script: 'x.php', recipients: 300 }];
  expect(ranked(senders, scripts, [finding('shell', 'public_html/x.php')])).toEqual([
    ['shell', 'script', 'burst', 'findings'],
    ['burst', 'burst'],
    ['letters'],
  ]);
});

it('takes a name without folders for that file, and a path for no other one', () => {
  const of = (script: string, path: string) =>
    ranked([sender('a')], [{ accountRef: 'a', script, recipients: 5 }], [finding('a', path)])[0];
  expect(of('x.php', 'public_html/in/x.php')).toContain('script');
  expect(of('x.php', 'public_html/in/max.php')).not.toContain('script');
  expect(of('in/x.php', 'public_html/in/x.php')).not.toContain('script');
});

it('suspects whoever has findings and sent past the mail server, and those whose mail comes back', () => {
  expect(ranked([], [], [finding('quiet', 'a.php'), finding('quiet', 'b.php')])).toEqual([
    ['quiet', 'findings'],
  ]);
  const bounced = sender('b', { recipients: 100, bounces: 10 });
  expect(ranked([bounced, sender('c', { bounces: 9 })], [], [])).toEqual([['b', 'bounces'], ['c']]);
});
