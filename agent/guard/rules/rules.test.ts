import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readModel } from '../model/model.ts';
import { readPack, signPack } from '../scan/read-rule-pack.ts';
import { installPack, loadRules, openRuleFeed, rollBackRules } from '../scan/rule-folder.ts';
import { checkRules } from './check-rules.ts';
import { compileRules } from './compile-rules.ts';
import { compilePattern, matchAt } from './linear-pattern.ts';
import { compileLiterals, findLiterals } from './literal-matcher.ts';
import type { Rule } from './rule.ts';
import { STANDARD_RULES, STANDARD_VERSION } from './standard-rules.ts';

test('every rule finds its own texts and leaves its look-alikes alone', () => {
  expect(checkRules(STANDARD_RULES, readModel())).toEqual([]);
});

test('a rule that misses its own text is named', () => {
  const rule = { ...(STANDARD_RULES[0] as Rule), hit: [`echo 'stoika';`] };
  expect(checkRules([rule], null)).toMatchObject([{ rule: rule.id, fault: 'must-hit' }]);
});

describe('Literals', () => {
  test('are found where a plain search finds them', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'c', '$'), maxLength: 200 });
    const literal = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', '$'),
      minLength: 4,
      maxLength: 7,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(literal, { minLength: 1, maxLength: 6 }),
        letters,
        (texts, hay) => {
          const found: string[] = [];
          findLiterals(compileLiterals(texts), Buffer.from(hay), hay.length, (index, at) => {
            found.push(`${index}@${at}`);
          });
          const expected = texts.flatMap((text, index) =>
            hay
              .split('')
              .flatMap((_, at) =>
                hay.toLowerCase().startsWith(text, at) ? [`${index}@${at}`] : [],
              ),
          );
          expect(found.sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  test('shorter than four bytes are refused', () => {
    expect(() => compileLiterals(['abc'])).toThrow(/4 bytes/);
  });
});

describe('Patterns', () => {
  test('match classes and counts without case', () => {
    const pattern = compilePattern('eval\\s*\\([\'"][a-z0-9+]{8,}');
    const text = Buffer.from(`EVAL  ("c3RvaWth+`);
    expect(matchAt(pattern, text, 0, text.length)).toBe(text.length);
    expect(matchAt(pattern, Buffer.from('eval("abc"'), 0, 10)).toBe(-1);
  });

  test('that would have to go back are refused', () => {
    expect(() => compilePattern('eval\\w+a')).toThrow(/share bytes/);
    expect(() => compilePattern('eval\\s*x?')).toThrow(/optional/);
    expect(() => compilePattern('\\w+eval')).toThrow(/four bytes/);
  });

  test('cost no more on text made to hurt: every rule reads each place a bounded number of times', () => {
    const compiled = compileRules('check', STANDARD_RULES);
    for (const [source, pattern] of compiled.patterns) {
      const most = pattern.steps.reduce((sum, step) => sum + step.most + 1, 0);
      for (const text of pumped(pattern.anchor)) {
        const counted = countReads(Buffer.from(text, 'latin1'));
        matchAt(pattern, counted.bytes, 0, text.length);
        expect(counted.reads(), source).toBeLessThanOrEqual(most);
      }
    }
  });

  test('literals are looked for in one pass, whatever the text', () => {
    const { matcher } = compileRules('check', STANDARD_RULES);
    for (const literal of matcher.literals) {
      const anchor = Buffer.from(literal).toString('latin1');
      for (const [once, eightfold] of [[1000, 8000] as const]) {
        const reads = [once, eightfold].map((times) => {
          const text = Buffer.from(anchor.slice(0, -1).repeat(times), 'latin1');
          const counted = countReads(text);
          findLiterals(matcher, counted.bytes, text.length, () => {});
          return counted.reads();
        });
        expect(reads[1], anchor).toBeLessThan((reads[0] as number) * 9);
      }
    }
  });
});

/** Texts that begin as the pattern does and then go on with what it likes. */
function pumped(anchor: string): string[] {
  const tails = [' ', 'a', '(', '$', '0', `"'`, '\\\\x41', anchor];
  return tails.map((tail) => anchor + tail.repeat(5000));
}

function countReads(content: Buffer): { bytes: Uint8Array; reads: () => number } {
  let reads = 0;
  const bytes = new Proxy(content, {
    get(target, key) {
      if (typeof key === 'string' && /^\d/.test(key)) reads++;
      const value: unknown = Reflect.get(target, key, target);
      return value;
    },
  });
  return { bytes, reads: () => reads };
}

describe('Rule packs', () => {
  const ours = generateKeyPairSync('ed25519');
  const theirs = generateKeyPairSync('ed25519');
  const pem = ours.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const pack = (version: string, key = ours.privateKey) =>
    JSON.stringify(signPack(version, STANDARD_RULES, key));

  test('of our key are taken into use while running, and can be taken back', () => {
    const path = mkdtempSync(join(tmpdir(), 'stoika-rules-'));
    try {
      const folder = { path, publicKeyPem: pem };
      const feed = openRuleFeed(folder);
      expect(feed.current().version).toBe(STANDARD_VERSION);
      expect(installPack(folder, pack('2030-1')).ok).toBe(true);
      expect(feed.current().version).toBe('2030-1');
      expect(installPack(folder, pack('2030-2')).ok).toBe(true);
      expect(installPack(folder, pack('2030-1'))).toMatchObject({ code: 'pack-older' });
      expect(feed.current().version).toBe('2030-2');
      expect(rollBackRules(folder)).toBe('2030-1');
      expect(feed.current().version).toBe('2030-1');
      expect(rollBackRules(folder)).toBe(STANDARD_VERSION);
      expect(feed.current().version).toBe(STANDARD_VERSION);
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

  test('that were damaged on disk leave the one before in use', () => {
    const path = mkdtempSync(join(tmpdir(), 'stoika-rules-'));
    try {
      const folder = { path, publicKeyPem: pem };
      installPack(folder, pack('2030-1'));
      installPack(folder, pack('2030-2'));
      writeFileSync(join(path, 'packs/2030-2.json'), pack('2030-2').slice(0, -200));
      expect(loadRules(folder).version).toBe('2030-1');
      rmSync(join(path, 'packs'), { recursive: true });
      expect(loadRules(folder).version).toBe(STANDARD_VERSION);
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

  test('whose version would lead out of their folder are refused', () => {
    expect(readPack(pack('../../2030'), pem, null)).toMatchObject({ code: 'pack-unreadable' });
  });

  test('are refused when signed by others, changed, older or unreadable', () => {
    const changed = pack('2030-1').replace('php-hidden-code', 'php-hidden-cope');
    expect(readPack(pack('2030-1', theirs.privateKey), pem, null)).toMatchObject({
      code: 'pack-unsigned',
    });
    expect(readPack(changed, pem, null)).toMatchObject({ code: 'pack-unsigned' });
    expect(readPack(pack('2028-1'), pem, '2029-9')).toMatchObject({ code: 'pack-older' });
    expect(readPack('{', pem, null)).toMatchObject({ code: 'pack-unreadable' });
  });

  test('with a rule that cannot run in linear time are refused', () => {
    const rule: Rule = { ...(STANDARD_RULES[0] as Rule), when: [{ pattern: 'eval\\w+a' }] };
    const broken = JSON.stringify(signPack('2030-1', [rule], ours.privateKey));
    expect(readPack(broken, pem, null)).toMatchObject({ code: 'pack-broken' });
  });
});
