/** Byte classes of PHP source; names may hold any byte from 0x80 (php.net, language.variables). */
export const Class = {
  other: 0,
  name: 1,
  digit: 2,
  space: 3,
  dollar: 4,
  singleQuote: 5,
  doubleQuote: 6,
  slash: 7,
  hash: 8,
  question: 9,
  less: 10,
  backtick: 11,
  backslash: 12,
  open: 13, // {
  close: 14, // }
  operator: 15, // may start an operator of several bytes
} as const;

export const CLASS = new Uint8Array(256);
/** 1 for bytes that continue a name. */
export const NAME = new Uint8Array(256);
/** ASCII lower case. */
export const LOWER = new Uint8Array(256);

for (let byte = 0; byte < 256; byte++) {
  const letter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
  const digit = byte >= 48 && byte <= 57;
  const starts = letter || byte === 95 || byte >= 128;
  CLASS[byte] = starts ? Class.name : digit ? Class.digit : Class.other;
  NAME[byte] = starts || digit ? 1 : 0;
  LOWER[byte] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
}
for (const space of [9, 10, 11, 12, 13, 32]) CLASS[space] = Class.space;
for (const [text, of] of [
  ['$', Class.dollar],
  ["'", Class.singleQuote],
  ['"', Class.doubleQuote],
  ['/', Class.slash],
  ['#', Class.hash],
  ['?', Class.question],
  ['<', Class.less],
  ['`', Class.backtick],
  ['\\', Class.backslash],
  ['{', Class.open],
  ['}', Class.close],
] as const) {
  CLASS[text.charCodeAt(0)] = of;
}
for (const text of '-:=!.^+*%&|>') CLASS[text.charCodeAt(0)] = Class.operator;
