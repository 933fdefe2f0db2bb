import type { Buyer } from '#domains/billing/index.ts';
import type { Client } from '#domains/clients/index.ts';
import { clientAddress, clientTitle } from '#domains/clients/index.ts';

/** What an invoice says of a client, as it is today. */
export function clientAsBuyer(client: Client): Buyer {
  const name = clientTitle(client);
  const address = clientAddress(client);
  return {
    kind: 'client',
    id: client.id,
    language: client.language,
    details: {
      name: { ru: name, en: name },
      address: { ru: address, en: address },
      country: client.country,
      taxId: client.taxId,
      email: client.email,
    },
  };
}
