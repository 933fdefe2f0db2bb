const LENGTH_MAX = 16;
const FALLBACK = 'site';

/**
 * A name for a package on its server, from its domain: small letters and digits, a letter first,
 * at most 16 signs, as every panel takes it. `attempt` 0 is the plain name, each further one
 * carries a number because the ones before were taken.
 */
export function packageUsername(domainName: string, attempt: number): string {
  const [label = ''] = domainName
    .replace(/^www\./, '')
    .replace(/^xn--/, '')
    .split('.');
  const letters = label.replaceAll(/[^a-z0-9]/g, '').replace(/^[0-9]+/, '') || FALLBACK;
  const suffix = attempt === 0 ? '' : String(attempt + 1);
  return letters.slice(0, LENGTH_MAX - suffix.length) + suffix;
}
