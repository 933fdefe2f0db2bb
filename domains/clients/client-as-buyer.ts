import { clientAddress, clientTitle } from './client.ts';
import type { Client } from './client.ts';

/** A client as documents name a buyer, frozen on the day the document is issued. */
export function clientAsBuyer(client: Client) {
  const title = clientTitle(client);
  const address = clientAddress(client);
  return {
    kind: 'client' as const,
    id: client.id,
    language: client.language,
    details: {
      name: { ru: title, en: title },
      address: { ru: address, en: address },
      country: client.country,
      taxId: client.taxId,
      email: client.email,
    },
  };
}
