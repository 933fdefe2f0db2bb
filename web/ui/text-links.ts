/** A piece of what a person typed: words, or an address of the web. */
export type TextPart = { kind: 'words' | 'link'; text: string };

/** What may stand in an address; punctuation at its end belongs to the sentence. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`«»]+/gi;
const AFTER_ADDRESS = /[.,;:!?)\]}…]+$/;

/**
 * Finds the addresses in plain text. Only http and https become links, so that nothing a person
 * types can run (CVE-2026-25616's kind); all the rest stays words.
 */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = found[0].replace(AFTER_ADDRESS, '');
    if (!URL.canParse(address)) continue;
    if (found.index > end) parts.push({ kind: 'words', text: text.slice(end, found.index) });
    parts.push({ kind: 'link', text: address });
    end = found.index + address.length;
  }
  if (end < text.length) parts.push({ kind: 'words', text: text.slice(end) });
  return parts;
}
