import { readVariable, writeVariable, type Machine } from './machine.ts';
import { collection, constant } from './value.ts';

const LONGEST = 64;

/**
 * `$x++` on a text counts in letters (php.net, language.operators.increment), which spells names
 * without a letter in the source; on an element of an empty text it makes a list of it.
 */
export function stepUp(machine: Machine): void {
  const target = machine.values.at(-1);
  if (!target?.variable) return;
  const { variable, key, text, taint } = target;
  if (key !== null) {
    if (readVariable(machine, variable).text === '') {
      writeVariable(machine, variable, collection(new Map([[key, constant('1', 0, true)]])));
    }
    return;
  }
  if (text === null || target.number) return;
  const next = afterText(text);
  if (next !== null) writeVariable(machine, variable, constant(next, taint));
}

/** The text that PHP counts to from this one; null for what it does not count in letters. */
export function afterText(text: string): string | null {
  if (!/^[a-z0-9]+$/i.test(text) || /^\d/.test(text) || text.length > LONGEST) return null;
  const codes = [...Buffer.from(text, 'latin1')];
  for (let at = codes.length - 1; at >= 0; at--) {
    const code = codes[at] as number;
    if (code !== 57 && code !== 90 && code !== 122) {
      codes[at] = code + 1;
      return String.fromCharCode(...codes);
    }
    codes[at] = code === 57 ? 48 : code - 25;
  }
  const first = codes[0] as number;
  return String.fromCharCode(first === 48 ? 49 : first, ...codes);
}
