import { extensionKind } from '#platform/extensions.ts';

/** A number as registers take it: without the country's prefix, spaces, dots and hyphens. */
export type TaxIdOf = { country: string; number: string };

export type TaxIdQuestion = TaxIdOf & {
  /** Who asks, where the register knows them too: some give a receipt only then. */
  asker: TaxIdOf | null;
};

export type TaxIdAnswer =
  | {
      kind: 'valid' | 'invalid';
      /** The register's number of this consultation; null when it gives none. */
      requestId: string | null;
      answeredOn: Temporal.PlainDate | null;
      name: string | null;
      address: string | null;
    }
  /** Nothing was said of the number; `reason` is the register's own word, or ours. */
  | { kind: 'unavailable'; reason: string };

/** A public register of tax numbers. */
export type TaxIdValidator = {
  id: string;
  /** Whether it knows the companies of a country, ISO 3166-1 alpha-2. */
  checks(country: string): boolean;
  /** Changes nothing there, so asking twice does no harm. Does not throw. */
  ask(question: TaxIdQuestion): Promise<TaxIdAnswer>;
};

export const taxIdValidatorKind = extensionKind<TaxIdValidator>('tax-id-validator');
