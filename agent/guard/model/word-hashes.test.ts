import { expect, test } from 'vitest';
import { lexPhp, PADDING } from '../lexer/lex-php.ts';
import { makeTokenStream } from '../lexer/token-stream.ts';
import { learnWord } from '../lexer/word-table.ts';
import '../rules/words.ts';
import { wordHashes } from './word-hashes.ts';

function bucketsOf(text: string): number[] {
  const bytes = Buffer.concat([Buffer.from(text), Buffer.alloc(PADDING)]);
  const tokens = makeTokenStream(64);
  lexPhp(bytes, text.length, tokens);
  return [...wordHashes(bytes, tokens)].sort((a, b) => a - b);
}

const BUCKETS = [
  2921, 5658, 9087, 9989, 20285, 22984, 23862, 26584, 28567, 31015, 32721, 38225, 41508, 42536,
  42737, 44326, 61297,
];

/** The weights are by bucket: were these others, the model would judge by other words' weights. */
test('Words fall into the buckets they were learned in, in whatever order modules were loaded', () => {
  const text = `<?php eval($_POST['stoika']); return strlen($name);`;
  expect(bucketsOf(text)).toEqual(BUCKETS);
  learnWord('a word that nobody knew before');
  expect(bucketsOf(text)).toEqual(BUCKETS);
});
