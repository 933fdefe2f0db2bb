import { domainToASCII, domainToUnicode } from 'node:url';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LENGTH_MAX = 253;

/**
 * A domain name as it is stored: lower case, letters of other scripts in their ASCII form (RFC
 * 5891), no final dot. Null for what is no full name: one label, an address, a URL, spaces.
 */
export function readDomainName(text: string): string | null {
  const typed = text.trim().replace(/\.$/, '');
  if (typed.length === 0 || typed.length > LENGTH_MAX || /[\s/:@?#%\\]/.test(typed)) return null;
  const ascii = domainToASCII(typed.toLowerCase());
  const labels = ascii.split('.');
  const top = labels.at(-1) ?? '';
  if (ascii.length > LENGTH_MAX || labels.length < 2 || /^[0-9]+$/.test(top)) return null;
  return labels.every((label) => LABEL.test(label)) ? ascii : null;
}

/** A stored domain name as its owner writes it: `пример.рф` for `xn--e1afmkfd.xn--p1ai`. */
export function domainTitle(domainName: string): string {
  return domainToUnicode(domainName) || domainName;
}
