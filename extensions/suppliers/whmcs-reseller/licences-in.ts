import type { SupplierLicence } from '#domains/licences/supplier.ts';
import { textIn } from './call-reseller-api.ts';
import type { XmlElement } from './read-xml.ts';

/** `Reissued` is WHMCS's word for a key that waits for its first, or next, installation. */
const STATES: Readonly<Record<string, SupplierLicence['state']>> = {
  active: 'active',
  reissued: 'unbound',
  suspended: 'suspended',
  cancelled: 'dead',
  canceled: 'dead',
  expired: 'dead',
  terminated: 'dead',
};

export function isLicenceKey(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9-]{3,79}$/.test(text);
}

/**
 * The licences of a reply: `licenses/license`, each with `key` and whatever else the vendor
 * tells. Null when an entry has no usable key: half a list must not pass for the whole.
 */
export function licencesIn(root: XmlElement): SupplierLicence[] | null {
  const found: SupplierLicence[] = [];
  for (const group of root.children.filter(({ name }) => name === 'licenses')) {
    for (const entry of group.children.filter(({ name }) => name === 'license')) {
      const key = textIn(entry, 'key');
      if (!key || !isLicenceKey(key)) return null;
      const status = textIn(entry, 'status')?.toLowerCase() ?? '';
      found.push({
        key,
        state: Object.hasOwn(STATES, status) ? (STATES[status] ?? 'unknown') : 'unknown',
        product: textIn(entry, 'product'),
        domain: textIn(entry, 'validdomain'),
        ip: textIn(entry, 'validip'),
      });
    }
  }
  return found;
}
