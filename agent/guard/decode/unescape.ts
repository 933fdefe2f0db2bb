const SIMPLE: Record<string, string> = { n: '\n', t: '\t', r: '\r', v: '\v', e: '\x1b', f: '\f' };

/** The bytes of a single-quoted constant. */
export function unescapeSingle(text: string): string {
  if (!text.includes('\\')) return text;
  let result = '';
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1];
    if (text[at] === '\\' && (next === '\\' || next === "'")) at++;
    result += text[at];
  }
  return result;
}

/** The bytes of double-quoted or heredoc text (php.net, language.types.string). */
export function unescapeDouble(text: string): string {
  if (!text.includes('\\')) return text;
  let result = '';
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (char !== '\\' || at + 1 >= text.length) {
      result += char;
      at++;
      continue;
    }
    const [piece, width] = escapeAt(text, at + 1);
    result += piece;
    at += width + 1;
  }
  return result;
}

function escapeAt(text: string, at: number): readonly [string, number] {
  const char = text[at] as string;
  const simple = SIMPLE[char];
  if (simple) return [simple, 1];
  if (char === '\\' || char === '$' || char === '"') return [char, 1];
  if (char === 'x' || char === 'X') return numeral(text, at + 1, 2, 16, 1) ?? [`\\${char}`, 1];
  if (char === 'u' && text[at + 1] === '{') return codePoint(text, at);
  return numeral(text, at, 3, 8, 0) ?? [`\\${char}`, 1];
}

function numeral(text: string, from: number, most: number, base: 8 | 16, lead: number) {
  let at = from;
  while (at < from + most && isDigit(text.charCodeAt(at), base)) at++;
  if (at === from) return null;
  const code = Number.parseInt(text.slice(from, at), base) & 255;
  return [String.fromCharCode(code), at - from + lead] as const;
}

function codePoint(text: string, at: number): readonly [string, number] {
  const close = text.indexOf('}', at);
  const code = close < 0 || close - at > 10 ? NaN : Number.parseInt(text.slice(at + 2, close), 16);
  if (!(code >= 0 && code <= 0x10ffff)) return ['\\u', 1];
  return [Buffer.from(String.fromCodePoint(code)).toString('latin1'), close - at + 1];
}

function isDigit(code: number, base: 8 | 16): boolean {
  if (code >= 48 && code <= 55) return true;
  if (base === 8) return false;
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}
