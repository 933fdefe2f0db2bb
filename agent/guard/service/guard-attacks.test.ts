import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  appendFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openTestGuard } from './testing/open-test-guard.ts';
import { guardPolicy, type GuardEvent } from './wire.ts';

const SHELL = `<?php echo 'it ran'; return; eval($_POST['stoika']);`;
/** Somebody's work, long enough to be known for it. */
const SITE = `<?php
/** The guest book of a small site. */
namespace Guests;

require_once __DIR__ . '/config.php';

class Book {
  private array $entries = [];
  public function add(string $name, string $text): void {
    if ($name === '') { throw new \\InvalidArgumentException('Please give a name'); }
    $this->entries[] = ['name' => htmlspecialchars($name), 'text' => nl2br($text)];
  }
  public function show(): string {
    $rows = '';
    foreach ($this->entries as $entry) {
      $rows .= '<li><b>' . $entry['name'] . '</b>: ' . $entry['text'] . '</li>';
    }
    return "<ul>{$rows}</ul>";
  }
}

$book = new Book();
$book->add('Anna', 'A very nice site');
echo $book->show();
`;
const INJECTION = `eval(base64_decode('aWYoaXNzZXQoJF9QT1NUWyd4J10pKWV2YWwoJF9QT1NUWyd4J10pOw=='));`;

type Guard = ReturnType<typeof openTestGuard>;
let opened: Guard | null = null;
const start = (options: Parameters<typeof openTestGuard>[0] = {}) => {
  opened = openTestGuard(options);
  opened.addAccount('anna');
  return opened;
};
afterEach(() => {
  expect(opened?.errors ?? []).toEqual([]);
  opened?.close();
  opened = null;
});

const kinds =
  (kind: GuardEvent['kind'], count = 1) =>
  (events: GuardEvent[]) =>
    events.filter((event) => event.kind === kind).length >= count;
const of = <K extends GuardEvent['kind']>(events: GuardEvent[], kind: K) =>
  events.filter((event) => event.kind === kind) as Extract<GuardEvent, { kind: K }>[];

describe('What cannot be looked at is never clean', () => {
  test('a judge that takes too long leaves a suspicion, and the script does not run', async () => {
    const guard = start({ judgeTimeoutMs: 1 });
    guard.write('anna', 'a.php', `${SHELL} ${'/* padding */'.repeat(200_000)}`);
    const stopped = await guard.guard().mayRun({ accountRef: 'anna', path: 'a.php' });
    expect(stopped).toEqual({ run: false, reason: 'unseen' });
    const [found] = of(guard.events(), 'finding');
    expect(found).toMatchObject({ class: 'suspicious', certain: false, limit: 'time' });
    guard.guard().setPolicy(guardPolicy.parse({ server: 'detect' }));
    const answer = await guard.guard().mayRun({ accountRef: 'anna', path: 'a.php' });
    expect(answer.run).toBe(true);
  });

  test('a file too long to be read whole is a suspicion too', async () => {
    const guard = start();
    guard.write('anna', 'long.php', Buffer.alloc(17 * 1024 * 1024, '<?php // long \n'));
    guard.announce('anna', 'long.php');
    const [found] = of(await guard.until(kinds('finding')), 'finding');
    expect(found).toMatchObject({ class: 'suspicious', limit: 'bytes' });
  });

  test('a file that grows while it is looked at is looked at again when it stands still', async () => {
    const guard = start();
    guard.write('anna', 'grows.php', '<?php');
    const growing = setInterval(() => {
      appendFileSync(join(guard.home('anna'), 'grows.php'), ' /* more */');
    }, 1);
    guard.announce('anna', 'grows.php');
    await new Promise((resolve) => setTimeout(resolve, 300));
    clearInterval(growing);
    appendFileSync(join(guard.home('anna'), 'grows.php'), ` return; eval($_POST['stoika']);`);
    guard.announce('anna', 'grows.php');
    await guard.until(kinds('mended'));
    expect(guard.read('anna', 'grows.php')).toBe('');
  });
});

describe('A file that may not be mended', () => {
  test('because it has a second name, is kept from running and reported', async () => {
    const guard = start();
    guard.write('anna', 'a.php', SHELL);
    linkSync(join(guard.home('anna'), 'a.php'), join(guard.home('anna'), 'second'));
    guard.announce('anna', 'a.php');
    const events = await guard.until(kinds('alarm'));
    expect(of(events, 'mended')).toMatchObject([{ act: 'blocked', restorableUntil: null }]);
    expect(of(events, 'alarm')).toMatchObject([{ alarm: 'not-mendable' }]);
    expect(guard.read('anna', 'second')).toBe(SHELL);
    const answer = await guard.guard().mayRun({ accountRef: 'anna', path: 'a.php' });
    expect(answer).toEqual({ run: false, reason: 'malicious' });
  });

  test('because there is no room for the original, is kept from running, and whole', async () => {
    const guard = start({ quarantineBytes: 10 });
    guard.write('anna', 'a.php', SHELL);
    guard.write('anna', 'b.php', `${SHELL} // b`);
    guard.announce('anna', 'a.php');
    guard.announce('anna', 'b.php');
    const events = await guard.until(kinds('mended', 2));
    expect(of(events, 'mended').map(({ act }) => act)).toEqual(['blocked', 'blocked']);
    expect(of(events, 'alarm').map(({ alarm }) => alarm)).toEqual(['quarantine-full']);
    expect(guard.read('anna', 'a.php')).toBe(SHELL);
  });

  test('because it is known to be good, is left alone; the rule is blamed, once', async () => {
    const guard = start();
    writeFileSync(join(guard.folder, 'known-good'), `${hash('sha256', SHELL, 'hex')}  a.php\n`);
    guard.reopen();
    guard.write('anna', 'a.php', SHELL);
    guard.announce('anna', 'a.php');
    const [alarm] = of(await guard.until(kinds('alarm')), 'alarm');
    expect(alarm).toMatchObject({ alarm: 'known-good-hit', accountRef: 'anna' });
    const answer = await guard.guard().mayRun({ accountRef: 'anna', path: 'a.php' });
    expect(answer.run).toBe(true);
    expect(guard.read('anna', 'a.php')).toBe(SHELL);
    const blamed = of(guard.events(), 'alarm').map(({ rule }) => rule);
    expect(blamed).toEqual([...new Set(blamed)]);
    expect(of(guard.events(), 'finding')).toEqual([]);
  });
});

describe('A rule that suddenly hits in many accounts', () => {
  test('acts in so many and no more, until a person changes the policy', async () => {
    const breaker = { windowMs: 600_000, accountsPerRule: 3, actsPerServer: 100 };
    const guard = start({ breaker });
    const names = ['b1', 'b2', 'b3', 'b4', 'b5'];
    for (const name of names) {
      guard.addAccount(name);
      guard.write(name, 'a.php', SHELL);
      guard.announce(name, 'a.php');
    }
    await guard.until(kinds('finding', 5));
    const events = await guard.until(kinds('alarm'));
    for (const { alarm } of of(events, 'alarm')) expect(alarm).toBe('circuit-open');
    const whole = () => names.filter((name) => guard.read(name, 'a.php') === SHELL);
    expect(whole()).toEqual(['b4', 'b5']);
    const answer = await guard.guard().mayRun({ accountRef: 'b5', path: 'a.php' });
    expect(answer.run).toBe(true);
    guard.guard().setPolicy(guardPolicy.parse({ server: 'protect' }));
    expect(whole()).toEqual(['b4', 'b5']);
    guard.guard().setPolicy(guardPolicy.parse({ server: 'detect' }));
    guard.guard().setPolicy(guardPolicy.parse({ server: 'protect' }));
    await expect.poll(whole, { timeout: 20_000 }).toEqual([]);
  });

  test('but not when it is one account that is full of malware', async () => {
    const guard = start({ breaker: { windowMs: 600_000, accountsPerRule: 3, actsPerServer: 100 } });
    for (let at = 0; at < 20; at += 1) {
      guard.write('anna', `a${at}.php`, `${SHELL} // ${at}`);
      guard.announce('anna', `a${at}.php`);
    }
    const events = await guard.until(kinds('mended', 20));
    expect(of(events, 'alarm')).toEqual([]);
  });
});

describe('The mildest certain mending is chosen', () => {
  test('an injection in front of somebody’s work is cut out, and the work left as it was', async () => {
    const guard = start();
    guard.write('anna', 'index.php', `<?php ${INJECTION} ?>\n${SITE}`);
    guard.announce('anna', 'index.php');
    const [mended] = of(await guard.until(kinds('mended')), 'mended');
    expect(mended).toMatchObject({ act: 'cut', removed: [{ offset: 0 }] });
    expect(guard.read('anna', 'index.php')).toBe(SITE);
  });

  test('a statement among others is cut out alone', async () => {
    const guard = start();
    guard.write('anna', 'index.php', SITE.replace('$book = new', `${INJECTION}\n$book = new`));
    guard.announce('anna', 'index.php');
    const [mended] = of(await guard.until(kinds('mended')), 'mended');
    expect(mended).toMatchObject({ act: 'cut' });
    expect(guard.read('anna', 'index.php')).toBe(SITE.replace('$book = new', `\n$book = new`));
  });

  test('a clean copy that the operator keeps is put back', async () => {
    const guard = start();
    const originals = join(guard.folder, 'originals', 'anna');
    mkdirSync(originals, { recursive: true });
    writeFileSync(join(originals, 'index.php'), SITE);
    guard.write('anna', 'index.php', `${SHELL} ${INJECTION}`);
    guard.announce('anna', 'index.php');
    const [mended] = of(await guard.until(kinds('mended')), 'mended');
    expect(mended).toMatchObject({ act: 'restored-original' });
    expect(guard.read('anna', 'index.php')).toBe(SITE);
  });

  test('a copy that is no better is not', async () => {
    const guard = start();
    const originals = join(guard.folder, 'originals', 'anna');
    mkdirSync(originals, { recursive: true });
    writeFileSync(join(originals, 'a.php'), `${SHELL} // the copy`);
    guard.write('anna', 'a.php', SHELL);
    guard.announce('anna', 'a.php');
    const [mended] = of(await guard.until(kinds('mended')), 'mended');
    expect(mended?.act).toBe('trimmed');
  });
});

describe('A scan of a hostile home', () => {
  test('meets links, pipes and names of any bytes, and neither hangs nor leaves it', async () => {
    const guard = start();
    const home = guard.home('anna');
    const outside = join(guard.folder, 'outside.php');
    writeFileSync(outside, SHELL);
    symlinkSync(outside, join(home, 'link.php'));
    symlinkSync('/', join(home, 'root'));
    symlinkSync('loop', join(home, 'loop'));
    execFileSync('mkfifo', [join(home, 'pipe.php')]);
    const names = [
      Buffer.from('new\nline.php'),
      Buffer.from('\x1b[31mred.php'),
      Buffer.from([0xff, 0xfe, 0x80, ...Buffer.from('.php')]),
      Buffer.from('<script>alert(1)</script>.php'.replaceAll('/', '')),
      Buffer.from('$(reboot);`id`.php'),
      Buffer.from('-rf.php'),
      Buffer.from(' .php'),
    ];
    for (const [at, name] of names.entries()) {
      const path = Buffer.concat([Buffer.from(`${home}/`), name]);
      writeFileSync(path, `${SHELL} // ${at}`);
      guard.give(path, 'anna');
    }
    const order = guard.guard().scan({ accountRef: 'anna', key: 'k' });
    const events = await guard.until(kinds('scan'));
    expect(of(events, 'scan')).toMatchObject([{ scanId: order?.scanId, malicious: names.length }]);
    expect(of(events, 'mended')).toHaveLength(names.length);
    for (const { path } of of(events, 'finding')) expect(path).toMatch(/^[ -~]+$/);
    for (const name of names) {
      expect(lstatSync(Buffer.concat([Buffer.from(`${home}/`), name])).size).toBe(0);
    }
    expect(lstatSync(outside).size).toBe(SHELL.length);
  });

  test('that is cut short by a restart comes to its end after it', async () => {
    const guard = start();
    for (let at = 0; at < 300; at += 1) guard.write('anna', `many/f${at}.php`, `<?php echo ${at};`);
    guard.write('anna', 'many/zz.php', SHELL);
    const order = guard.guard().scan({ accountRef: 'anna', key: 'k' });
    const state = () => guard.guard().scanOf(order?.scanId ?? '')?.state;
    await expect.poll(state, { timeout: 20_000 }).toBe('running');
    guard.reopen();
    const events = await guard.until(kinds('scan'));
    expect(of(events, 'scan')).toMatchObject([
      { scanId: order?.scanId, state: 'done', scannedFiles: 301, malicious: 1 },
    ]);
  });
});

describe('What the owner decided', () => {
  test('is not undone by a kill between two writes', async () => {
    const guard = start();
    guard.write('anna', 'a.php', SHELL);
    guard.announce('anna', 'a.php');
    const [mended] = of(await guard.until(kinds('mended')), 'mended');
    const findingId = mended?.findingId ?? '';
    guard.guard().restore(findingId);
    guard.reopen();
    expect(guard.guard().finding(findingId)?.state).toBe('restored');
    guard.announce('anna', 'a.php');
    const answer = await guard.guard().mayRun({ accountRef: 'anna', path: 'a.php' });
    expect(answer.run).toBe(true);
    expect(guard.read('anna', 'a.php')).toBe(SHELL);
  });
});
