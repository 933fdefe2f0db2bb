import type { Locale } from '../texts.ts';

/**
 * The seller's face, as the store's pages know it. Plain data: it travels to the browser, so
 * nothing in it may be private.
 */
export type StoreBrand = {
  id: string;
  name: string;
  languages: readonly Locale[];
  defaultLanguage: Locale;
  currency: string;
  /** `#2f4bd8`; its contrast is corrected here. */
  accent: string;
  pricesIncludeTax: boolean;
  supportEmail: string;
  /** `https://shop.example`: canonical addresses stand under it. */
  origin: string;
  /** IANA zone in which instants are shown in the store. */
  timeZone: string;
  logoUrl?: string | null;
  /** Who sells, for the footer: a line each, by language. */
  legal?: Readonly<Record<string, readonly string[]>>;
};
