import type { Language } from '#domains/brands/index.ts';

/** What a client says of themselves; invoices freeze it on the day they are issued. */
export type ClientProfile = {
  kind: 'person' | 'company';
  /** The person to speak to. */
  name: string;
  /** The company's legal name; null for a person. */
  company: string | null;
  /** Where invoices and notices go; need not be a login. */
  email: string;
  phone: string | null;
  /** ISO 3166-1 alpha-2. */
  country: string;
  region: string | null;
  city: string | null;
  street: string | null;
  postcode: string | null;
  /** INN, VAT number and the like, as the client wrote it. */
  taxId: string | null;
  language: Language;
};

export type ClientState = 'active' | 'closed';

/**
 * What a public register says of a company's tax number. `unchecked`: it was not asked, or has not
 * answered yet; `unavailable`: it could not say.
 */
export type TaxIdState = 'unchecked' | 'valid' | 'invalid' | 'unavailable';

/** Someone who buys from one brand of one seller. */
export type Client = ClientProfile & {
  id: string;
  branch: number;
  brandId: string;
  sellerId: string;
  /** The one currency of all their invoices and their balance. */
  currency: string;
  state: ClientState;
  /** The document by which it is exempt from tax, as staff read it; null: it is not. */
  taxExemption: string | null;
  taxIdState: TaxIdState;
  /** Its seller's rule: only a number that the register confirmed makes it a business. */
  taxIdMustBeValid: boolean;
  createdAt: Temporal.Instant;
};

/**
 * How a client is taxed: what sales ask the tax by. The form of a company's number was checked when
 * it was set; one that a register does not know makes no business, nor, where the seller says so,
 * one that it has not confirmed (Regulation 282/2011 art. 18).
 */
export function taxStandingOf(
  client: Pick<Client, 'kind' | 'taxId' | 'taxExemption' | 'taxIdState' | 'taxIdMustBeValid'>,
): 'plain' | 'business' | 'exempt' {
  if (client.taxExemption !== null) return 'exempt';
  if (client.kind !== 'company' || client.taxId === null) return 'plain';
  const { taxIdState: state, taxIdMustBeValid } = client;
  const isTrusted = taxIdMustBeValid ? state === 'valid' : state !== 'invalid';
  return isTrusted ? 'business' : 'plain';
}

/** As documents and lists name a client. */
export function clientTitle(client: Pick<Client, 'kind' | 'name' | 'company'>): string {
  return client.kind === 'company' && client.company ? client.company : client.name;
}

/** The address in one line, the parts that are there. */
export function clientAddress(
  client: Pick<Client, 'postcode' | 'region' | 'city' | 'street'>,
): string {
  return [client.postcode, client.region, client.city, client.street]
    .filter((part) => part !== null && part !== '')
    .join(', ');
}
