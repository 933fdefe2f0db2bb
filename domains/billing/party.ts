import { clientAddress, clientTitle } from '#domains/clients/index.ts';
import type { Client } from '#domains/clients/index.ts';
import type { Localised } from '#domains/catalog/index.ts';
import type { LegalDetails, Seller } from '#domains/sellers/index.ts';
import { inOrder } from './in-order.ts';

/** What a document says of one side, frozen when it is issued. */
export type PartyDetails = {
  name: Localised;
  address: Localised;
  country: string;
  taxId: string | null;
  email: string | null;
  bank?: LegalDetails['bank'];
};

/** Who pays. A seller buys from its parent (a leg of a chain). */
export type Buyer = {
  kind: 'client' | 'seller';
  id: string;
  language: 'ru' | 'en';
  details: PartyDetails;
};

/** What documents say of one holder, made once for all that are issued together. */
function partiesOf<T extends object>(make: (of: T) => PartyDetails): (of: T) => PartyDetails {
  const known = new WeakMap<T, PartyDetails>();
  return (of) => {
    const before = known.get(of);
    if (before) return before;
    const party = inOrder(make(of));
    known.set(of, party);
    return party;
  };
}

export const sellerParty = partiesOf((seller: Seller): PartyDetails => {
  const { name, address, taxId, bank } = seller.legal;
  return { name, address, taxId, country: seller.country, email: null, ...(bank ? { bank } : {}) };
});

export function sellerAsBuyer(seller: Seller): Buyer {
  const language = seller.country === 'RU' ? 'ru' : 'en';
  return { kind: 'seller', id: seller.id, language, details: sellerParty(seller) };
}

const clientParty = partiesOf((client: Client): PartyDetails => {
  const name = clientTitle(client);
  const address = clientAddress(client);
  return {
    name: { ru: name, en: name },
    address: { ru: address, en: address },
    country: client.country,
    taxId: client.taxId,
    email: client.email,
  };
});

/** What an invoice says of a client, as the client stands today. */
export function clientAsBuyer(client: Client): Buyer {
  const { id, language } = client;
  return { kind: 'client', id, language, details: clientParty(client) };
}
