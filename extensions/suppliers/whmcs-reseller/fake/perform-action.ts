import { randomBytes } from 'node:crypto';
import type { VendorLicence, VendorStore } from './vendor-store.ts';

const SEARCHABLE = { licensekey: 'key', domain: 'domain', ipaddr: 'ip' } as const;

/**
 * Does what the action asks and writes the reply. Every `addlicense` sells a new licence: the
 * vendor has no idempotency key, and neither has this.
 */
export function performAction(
  store: VendorStore,
  products: readonly string[],
  query: URLSearchParams,
): string {
  switch (query.get('action')) {
    case 'addlicense': {
      const product = query.get('product') ?? '';
      if (!products.includes(product)) return refusal('Invalid Product');
      const key = `Leased-${randomBytes(10).toString('hex')}`;
      store.add(key, product, Temporal.Now.plainDateISO('UTC').toString());
      return success(element('licensekey', key));
    }
    case 'listlicenses':
      return success(licenceList(store.all().filter(isLive)));
    case 'searchlicenses':
      return searched(store, query);
    case 'cancel':
      return changed(store, query, (licence) => ({ ...licence, status: 'Cancelled' }));
    case 'reissue':
      return changed(store, query, (licence) => ({
        ...licence,
        status: 'Reissued',
        domain: '',
        ip: '',
        directory: '',
      }));
    case 'upgrade': {
      const product = query.get('product') ?? '';
      if (!products.includes(product)) return refusal('Invalid Product');
      return changed(store, query, (licence) => ({ ...licence, product }));
    }
    default:
      return refusal('Invalid Action');
  }
}

function searched(store: VendorStore, query: URLSearchParams): string {
  const wanted = Object.entries(SEARCHABLE).filter(([field]) => query.get(field));
  if (wanted.length === 0) return refusal('At least one criteria must be submitted');
  const found = store
    .all()
    .filter((licence) => wanted.every(([field, column]) => licence[column] === query.get(field)));
  return success(licenceList(found));
}

function changed(
  store: VendorStore,
  query: URLSearchParams,
  change: (licence: VendorLicence) => VendorLicence,
): string {
  const licence = store.find(query.get('key') ?? '');
  if (!licence || !isLive(licence)) return refusal('License Key Not Found');
  store.save(change(licence));
  return success('');
}

function isLive(licence: VendorLicence): boolean {
  return licence.status !== 'Cancelled';
}

function licenceList(licences: readonly VendorLicence[]): string {
  const entries = licences.map((licence) =>
    element(
      'license',
      element('key', licence.key) +
        element('product', licence.product) +
        element('status', licence.status) +
        element('validdomain', licence.domain) +
        element('validip', licence.ip) +
        element('validdirectory', licence.directory) +
        element('regdate', licence.issuedOn),
      true,
    ),
  );
  return element('licenses', entries.join(''), true);
}

function success(inner: string): string {
  return reply(element('result', 'success') + inner);
}

export function refusal(message: string): string {
  return reply(element('result', 'error') + element('message', message));
}

function reply(inner: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${element('whmcsapi', inner, true)}\n`;
}

function element(name: string, content: string, isMarkup = false): string {
  const text = isMarkup
    ? content
    : content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${text}</${name}>`;
}
