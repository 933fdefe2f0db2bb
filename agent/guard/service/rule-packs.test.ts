import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Rule } from '../rules/rule.ts';
import { STANDARD_RULES, STANDARD_VERSION } from '../rules/standard-rules.ts';
import { signPack } from '../scan/read-rule-pack.ts';
import { openTestGuard } from './testing/open-test-guard.ts';
import { guardPolicy } from './wire.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
/** Nothing of the program's own rules or model takes offence at it. */
const MARKED = `<?php return; mail('owner@stoika.test', 'Order', $text); // stoika-marker`;
const SHELL = `<?php return; eval($_POST['stoika']);`;
const MARKER: Rule = {
  id: 'test-marker',
  class: 'malicious',
  family: 'test',
  confidence: 90,
  action: 'none',
  when: [{ literal: 'stoika-marker' }],
  hit: [MARKED],
  miss: [SHELL],
};
const packOf = (version: string, key: KeyObject = privateKey) =>
  JSON.stringify(signPack(version, [...STANDARD_RULES, MARKER], key));

const folders: string[] = [];
let opened: ReturnType<typeof openTestGuard> | null = null;
function start(withKey = true) {
  const path = mkdtempSync(join(tmpdir(), 'stoika-rules-'));
  folders.push(path);
  const policy = guardPolicy.parse({ server: 'detect' });
  opened = openTestGuard({ policy, rules: withKey ? { path, publicKeyPem } : null });
  opened.addAccount('anna');
  return opened;
}
afterEach(() => {
  expect(opened?.errors ?? []).toEqual([]);
  opened?.close();
  opened = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** What is found at that path once everything announced until now was looked at. */
async function rulesAt(guard: NonNullable<typeof opened>, path: string, last: string) {
  guard.announce('anna', path);
  guard.write('anna', last, `${SHELL} // ${last}`);
  guard.announce('anna', last);
  const found = (events: ReturnType<typeof guard.events>) =>
    events.flatMap((event) => (event.kind === 'finding' ? [event] : []));
  const events = await guard.until((all) => found(all).some((event) => event.path === last));
  return found(events)
    .filter((event) => event.path === path)
    .flatMap((event) => event.rules);
}

const PACK = { version: '2030-1', standard: false };
const STANDARD = { version: STANDARD_VERSION, standard: true };

test('a signed pack is used at once, for what was clean before, by scans, and after a restart', async () => {
  const guard = start();
  guard.write('anna', 'a.php', MARKED);
  expect(await rulesAt(guard, 'a.php', 'last1.php')).toEqual([]);
  expect(guard.guard().rules()).toEqual(STANDARD);
  expect(guard.guard().installRules(packOf('2030-1'))).toEqual({ kind: 'done', value: PACK });
  expect(await rulesAt(guard, 'a.php', 'last2.php')).toEqual(['test-marker']);

  guard.reopen();
  expect(guard.guard().rules()).toEqual(PACK);
  guard.write('anna', 'never-announced.php', `${MARKED} again`);
  guard.guard().scan({ accountRef: 'anna', key: 'k' });
  const events = await guard.until((all) => all.some(({ kind }) => kind === 'scan'));
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'finding', path: 'never-announced.php', foundBy: 'scan' }),
  );
});

test('rolled back, the rules from before are used at once, and what only the pack found is closed', async () => {
  const guard = start();
  guard.guard().installRules(packOf('2030-1'));
  guard.write('anna', 'a.php', MARKED);
  expect(await rulesAt(guard, 'a.php', 'last1.php')).toEqual(['test-marker']);
  expect(guard.guard().rollBackRules()).toEqual({ kind: 'done', value: STANDARD });
  guard.write('anna', 'b.php', `${MARKED} again`);
  expect(await rulesAt(guard, 'b.php', 'last2.php')).toEqual([]);
  await rulesAt(guard, 'a.php', 'last3.php');
  const [first] = guard.events().filter((event) => event.kind === 'finding');
  expect(guard.guard().finding(first?.findingId ?? '')?.state).toBe('gone');
});

test('a pack that is not ours, or older, or one nobody named a key for, changes nothing', () => {
  const guard = start();
  const foreign = packOf('2030-1', generateKeyPairSync('ed25519').privateKey);
  const { installRules, rules } = guard.guard();
  expect(installRules(foreign)).toMatchObject({ kind: 'refused', code: 'pack-unsigned' });
  expect(installRules('{')).toMatchObject({ kind: 'refused', code: 'pack-unreadable' });
  expect(installRules(packOf('2000-1'))).toMatchObject({ kind: 'refused', code: 'pack-older' });
  expect(rules()).toEqual(STANDARD);
  guard.close();
  const keyless = start(false).guard();
  expect(keyless.installRules(packOf('2030-1'))).toMatchObject({ code: 'no-key' });
  expect(keyless.rollBackRules()).toMatchObject({ code: 'no-key' });
});
