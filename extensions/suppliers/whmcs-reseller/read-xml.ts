/** One element. Attributes are checked for form and dropped: the vendor's replies carry none. */
export type XmlElement = { name: string; children: XmlElement[]; text: string };

const DEPTH_MAX = 16;
const ELEMENTS_MAX = 200_000;
const NAME = /[A-Za-z_][\w.-]*/y;
const ATTRIBUTE = /\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*')/y;
const TEXT = /[^<]+/y;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  quot: '"',
};

/**
 * Reads the little XML that licence vendors answer with: elements, text, CDATA, comments and an
 * XML declaration. There is no document type, no entity of the sender's own, no processing
 * instruction, so nothing can be expanded or fetched. Null when the text is anything else, or
 * anything follows the root element. The caller has bounded the length.
 */
export function readXml(source: string): XmlElement | null {
  const reader = { source, at: source.charCodeAt(0) === 0xfeff ? 1 : 0, elements: 0 };
  skip(reader, /\s*<\?xml\s[^?<>]*\?>/y);
  skipMisc(reader);
  const root = readElement(reader, 1);
  if (!root) return null;
  skipMisc(reader);
  return reader.at === source.length ? root : null;
}

type Reader = { source: string; at: number; elements: number };

function readElement(reader: Reader, depth: number): XmlElement | null {
  reader.elements += 1;
  if (depth > DEPTH_MAX || reader.elements > ELEMENTS_MAX) return null;
  if (skip(reader, /</y) === null) return null;
  const name = skip(reader, NAME);
  if (name === null) return null;
  while (skip(reader, ATTRIBUTE) !== null);
  const element: XmlElement = { name, children: [], text: '' };
  const opened = skip(reader, /\s*\/?>/y);
  if (opened === null) return null;
  if (opened.trimStart() === '/>') return element;
  return readContent(reader, element, depth) && closes(reader, name) ? element : null;
}

function readContent(reader: Reader, element: XmlElement, depth: number): boolean {
  for (;;) {
    const { source, at } = reader;
    if (source.startsWith('</', at)) return true;
    if (source.startsWith('<!--', at)) {
      if (!skipComment(reader)) return false;
    } else if (source.startsWith('<![CDATA[', at)) {
      const end = source.indexOf(']]>', at);
      if (end < 0) return false;
      element.text += source.slice(at + 9, end);
      reader.at = end + 3;
    } else if (source[at] === '<') {
      const child = readElement(reader, depth + 1);
      if (!child) return false;
      element.children.push(child);
    } else {
      const text = decoded(skip(reader, TEXT) ?? '');
      if (!text) return false;
      element.text += text;
    }
  }
}

function closes(reader: Reader, name: string): boolean {
  return (
    skip(reader, /<\//y) !== null && skip(reader, NAME) === name && skip(reader, /\s*>/y) !== null
  );
}

/** Text with its references replaced, once; empty when a reference is not one XML itself defines. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  let sound = true;
  const plain = text.replace(/&([^;&\s]{0,10};?)/g, (_whole, body: string) => {
    const reference = body.endsWith(';') ? body.slice(0, -1) : '';
    const named = Object.hasOwn(NAMED, reference) ? NAMED[reference] : undefined;
    const found = named ?? numbered(reference);
    if (found === null) sound = false;
    return found ?? '';
  });
  return sound ? plain : '';
}

function numbered(reference: string): string | null {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(reference);
  if (!match) return null;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (code > 0x10ffff || isSurrogate || (code < 32 && code !== 9 && code !== 10 && code !== 13)) {
    return null;
  }
  return String.fromCodePoint(code);
}

function skipMisc(reader: Reader): void {
  do skip(reader, /\s+/y);
  while (reader.source.startsWith('<!--', reader.at) && skipComment(reader));
}

function skipComment(reader: Reader): boolean {
  const end = reader.source.indexOf('-->', reader.at + 4);
  if (end < 0) return false;
  reader.at = end + 3;
  return true;
}

function skip(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.source);
  if (!match) return null;
  reader.at = pattern.lastIndex;
  return match[0];
}
