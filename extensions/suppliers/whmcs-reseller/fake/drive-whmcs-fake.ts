import type { VendorLicence } from './vendor-store.ts';
import type { Fault } from './fault.ts';

/** The control address of a running fake, as functions, for tests here and across domains. */
export function driveWhmcsFake(url: string) {
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`control ${path}: ${response.status}`);
    return response.json();
  };
  return {
    licences: async () => (await control('GET', 'licences')) as VendorLicence[],
    live: async () =>
      ((await control('GET', 'licences')) as VendorLicence[]).filter(
        ({ status }) => status !== 'Cancelled',
      ),
    /** How often each action was asked since the fake started. */
    counts: async () => (await control('GET', 'counts')) as Record<string, number>,
    /** Replaces the queue of faults. */
    misbehave: (...faults: (Pick<Fault, 'kind'> & Partial<Fault>)[]) =>
      control('PUT', 'faults', faults),
    finishLate: () => control('POST', 'finish-late'),
    buyByHand: async (product: string) =>
      (await control('POST', 'buy-by-hand', { product })) as VendorLicence,
    bind: (key: string, domain: string, ip: string) => control('POST', 'bind', { key, domain, ip }),
  };
}
