import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lexPhp, PADDING } from '../lexer/lex-php.ts';
import { makeTokenStream } from '../lexer/token-stream.ts';
import { isCandidate } from '../model/is-candidate.ts';
import { surveyTokens } from '../model/survey.ts';
import { mayBeCandidate } from './skim.ts';

/** GUARD_CASES=1000 for a longer run. */
const CASES = 1500 * Number(process.env['GUARD_CASES'] ?? 1);
const tokens = makeTokenStream(1024);

function lookAt(text: string) {
  const bytes = Buffer.from(text + '\0'.repeat(PADDING), 'latin1');
  const length = bytes.length - PADDING;
  const state = lexPhp(bytes, length, tokens);
  return { candidate: isCandidate(surveyTokens(state), state), may: mayBeCandidate(bytes, length) };
}

const PIECES = [
  ...['<?php ', '<?', '<?=', '?>', '<?xml', '<?XML', '<b>', '<script language="php">', '</script>'],
  ...[
    '/*',
    '*/',
    '//',
    '#',
    '#[',
    '\n',
    '\r\n',
    ' ',
    '\t',
    ';',
    '"',
    "'",
    '`',
    '\\',
    '$',
    '{',
    '}',
  ],
  ...['(', ')', '[', ']', '->', '?->', '::', ':', '--', '>', '&', '&&', '|', '||=', '^', '^=', '~'],
  ...['=', '.', '..', '0', '12.5', '<<<X\n', '\nX;\n', '{$', '${', '}"', '["', '"]', "'<?", '\\<?'],
  ...['$a', '$name', '$GLOBALS', '$_GET', '$_SERVER', '$_SESSION', '$this', '$_POST[x]', '"$a[k]"'],
  ...['"$o->p"', '"a {$b} c"', "'system'", '"assert"', "'e'", "'/x/e'", "'http://x'", "'x.txt'"],
  ...['eval', 'SyStEm', '->exec', 'assert', 'goto', 'include', 'require_once', '__DIR__', 'chr'],
  ...["copy('ftp://x", 'file_get_contents("HTTPS://x', "'x.ico'", '"X.PNG"', 'readfile('],
  ...['chr(4).chr(5).chr(6)', 'preg_replace($pattern'],
  ...[
    'preg_replace',
    'usort',
    'array_map',
    'file_get_contents',
    'fwrite',
    'unserialize',
    'extract',
  ],
  ...['__halt_compiler', 'base64_decode', 'strrev', 'phpinfo', 'implode', 'a\\b\\system', 'mail'],
  ...['class A {', 'function f(', 'return', 'echo', ','],
];
const LONG = ['x'.repeat(1200), "'".concat('y'.repeat(2100), "'"), '// z\n'.repeat(300), '\0'];

/** Not enough to be looked at closely: what they make together is the question. */
const QUIET = PIECES.filter((piece) => !lookAt(`<?php ${piece} `).may);

function expectNoneMissed(pieces: fc.Arbitrary<string[]>): void {
  const missed = fc.property(pieces, (parts) => {
    const text = `<?php ${parts.join('')}`;
    const { candidate, may } = lookAt(text);
    expect(candidate && !may ? text : '').toBe('');
  });
  fc.assert(missed, { numRuns: CASES });
}

describe('The skim that spares most files their tokens', () => {
  test('never spares a file that the tokens would make a candidate', () => {
    const piece = fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 12, arbitrary: fc.constantFrom(...QUIET) },
      { weight: 1, arbitrary: fc.constantFrom(...LONG) },
    );
    expectNoneMissed(fc.array(piece, { maxLength: 40 }));
  });

  test('never spares one of pieces that are harmless alone', () => {
    expectNoneMissed(fc.array(fc.constantFrom(...QUIET), { minLength: 3, maxLength: 12 }));
  });

  test('never spares one of only bytes that mean something', () => {
    const byte = fc.constantFrom(...'$"\'`{}()[]<>?->/*#\\&|^~ea1\n '.split(''));
    expectNoneMissed(fc.array(byte, { maxLength: 60 }));
  });

  test.each([
    ['a greater-than behind a count down', '<?php $a-->system("x");'],
    ['a comment before the bracket', '<?php $f/* */("x");'],
    ['a text that is called', '<?php "{$f}"("x");'],
    ['an unclosed comment', '<?php /* \n eval($x);'],
    ['code in a text', '<?php "{$a[eval($b)]}";'],
    ['an escaped tag', `<?php fwrite($f, '\\<?php');`],
  ])('takes a close look at %s', (_, text) => {
    expect(lookAt(text).may).toBe(true);
  });

  test.each([
    ['tokens', { tokens: 20, depth: 64 }],
    ['depth', { tokens: 1000, depth: 3 }],
  ])('takes a close look where the budget of %s could be met', (limit, limits) => {
    const text = '<?php class A {} "{$a["{$b["{$c["$d"]}"]}"]}";';
    const bytes = Buffer.from(text + '\0'.repeat(PADDING));
    expect(lexPhp(bytes, text.length, tokens, limits).limit).toBe(limit);
    expect(mayBeCandidate(bytes, text.length, limits)).toBe(true);
    expect(mayBeCandidate(bytes, text.length)).toBe(false);
  });

  test('spares a class that reaches nothing, whatever its comments and texts say', () => {
    const text = `<?php
namespace Shop;
/** eval(system()) of $_GET is only spoken of here. */
final class Basket extends Base {
  public function total(array $lines): int { // base64_decode
    foreach ($lines as $line) $this->sum += $line->price * $line->count;
    $this->store->exec("update baskets set sum = {$this->sum} where id = $this->id");
    return $this->sum ?? 0;
  }
}
`;
    expect(lookAt(text)).toEqual({ candidate: false, may: false });
  });
});
