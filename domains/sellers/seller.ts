/** Who issues documents: what an invoice says of the seller, in both languages where it differs. */
export type LegalDetails = {
  name: { ru: string; en: string };
  address: { ru: string; en: string };
  taxId: string;
  /** Where a bank transfer goes; absent for a seller that takes none. */
  bank?: {
    name: { ru: string; en: string };
    account: string;
    bankCode: string;
    correspondentAccount?: string;
  };
};

/** One node of the tree: the operator (depth 0) or a reseller at any depth below it. */
export type Seller = {
  id: string;
  parentId: string | null;
  depth: number;
  /** Ids from the operator down to this seller itself. */
  path: readonly string[];
  branch: number;
  name: string;
  /** IANA zone in which this seller's billing dates are local dates (rule 1). */
  zone: string;
  country: string;
  legal: LegalDetails;
};

/** True for the ancestor itself and for everything below it. */
export function isWithin(seller: Pick<Seller, 'path'>, ancestorId: string): boolean {
  return seller.path.includes(ancestorId);
}
