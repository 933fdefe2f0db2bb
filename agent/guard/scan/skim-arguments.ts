import { CLASS, Class, NAME } from '../lexer/byte-classes.ts';
import { quotedEnd } from '../lexer/lex-strings.ts';
import { isStrangePath } from '../model/survey.ts';
import { skipBlanks, type Skim } from './skim-state.ts';

const [OPEN, CLOSE, DOT, SEMICOLON, DOLLAR, BACKSLASH] = [40, 41, 46, 59, 36, 92] as const;
const [SINGLE_QUOTE, DOUBLE_QUOTE] = [39, 34] as const;

/**
 * What an include is of: names and constants put together are looked at here, a variable makes it
 * dynamic, and anything else is for the lexer to tell.
 */
export function skimInclude(skim: Skim, from: number): void {
  const { bytes, length, survey } = skim;
  for (let at = from; at < length;) {
    const byte = bytes[at] as number;
    if (byte === SEMICOLON) return;
    if (byte === SINGLE_QUOTE) {
      const end = quotedEnd(bytes, at + 1, length, SINGLE_QUOTE);
      if (isStrangePath(bytes, at, end)) survey.strangeIncludes++;
      at = end;
      continue;
    }
    if (byte === DOLLAR && CLASS[bytes[at + 1] as number] === Class.name) {
      survey.dynamicIncludes++;
      return;
    }
    const plain = NAME[byte] === 1 || CLASS[byte] === Class.space;
    if (!plain && byte !== DOT && byte !== OPEN && byte !== CLOSE && byte !== BACKSLASH) {
      skim.unsure = true;
      return;
    }
    at++;
  }
}

/** Modifiers of a pattern, as the survey looks at them; `from` is behind the function's name. */
export function skimPattern(skim: Skim, from: number): void {
  const { bytes, length, survey } = skim;
  const start = bytes[from] === OPEN ? skipBlanks(bytes, from + 1) : from;
  const byte = bytes[start] as number;
  if (byte === SINGLE_QUOTE || byte === DOUBLE_QUOTE) {
    const end = quotedEnd(bytes, start + 1, length, byte);
    if (byte === DOUBLE_QUOTE) survey.openPatterns++;
    let at = end - 2;
    for (const least = Math.max(start, at - 12); at > least; at--) {
      const modifier = bytes[at] as number;
      if (modifier === 101) survey.evalPatterns++;
      if (modifier < 65 || (modifier > 90 && modifier < 97) || modifier > 122) return;
    }
    return;
  }
  survey.openPatterns++;
  if (byte === 47 || byte === 35) skim.unsure = true; // a comment hides what follows
  if (byte !== DOLLAR) return;
  let end = start + 1;
  while (NAME[bytes[end] as number] === 1) end++;
  if (end - start < 4) survey.evalPatterns++;
}
