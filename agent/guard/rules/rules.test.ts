import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readModel } from '../model/model.ts';
import { readPack, rollBack, shelve, signPack } from '../scan/read-rule-pack.ts';
import { checkRules } from './check-rules.ts';
import { compileRules } from './compile-rules.ts';
import { compilePattern, matchAt } from './linear-pattern.ts';
import { compileLiterals, findLiterals } from './literal-matcher.ts';
import type { Rule } from './rule.ts';
import { STANDARD_RULES } from './standard-rules.ts';

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

  test('cost no more on text made to hurt', () => {
    const pattern = compilePattern('eval\\s*[a-z]+;');
    const hostile = Buffer.from('eval '.repeat(400_000));
    const matcher = compileLiterals(['eval']);
    const from = performance.now();
    findLiterals(matcher, hostile, hostile.length, (_, at) => {
      matchAt(pattern, hostile, at, hostile.length);
    });
    expect(performance.now() - from).toBeLessThan(4000);
  });
});

describe('Rule packs', () => {
  const ours = generateKeyPairSync('ed25519');
  const theirs = generateKeyPairSync('ed25519');
  const pem = ours.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const pack = (version: string, key = ours.privateKey) =>
    JSON.stringify(signPack(version, STANDARD_RULES, key));

  test('of our key are taken into use and can be taken back', () => {
    const answer = readPack(pack('2030-1'), pem, '2029-9');
    if (!answer.ok) throw new Error(answer.message);
    const first = compileRules('2029-9', STANDARD_RULES);
    const shelf = shelve({ current: first, previous: null }, answer.compiled);
    expect(shelf.current.version).toBe('2030-1');
    expect(rollBack(shelf).current).toBe(first);
    expect(rollBack(rollBack(shelf)).current).toBe(first);
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
