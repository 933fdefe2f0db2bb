import type { Locale } from '../texts.ts';

/** The seller's face: what the store must know of its brand. Plain data, it travels to the browser. */
export type StoreBrand = {
  id: string;
  name: string;
  accent: string;
  logoUrl: string | null;
  /** `https://shop.example`: canonical addresses and documents stand under it. */
  origin: string;
  locales: readonly Locale[];
  defaultLocale: Locale;
  timeZone: string;
  currency: string;
  /** Legal details for the footer, a line each, by language. */
  legal: Readonly<Record<string, readonly string[]>>;
};
