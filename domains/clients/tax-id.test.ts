import { describe, expect, it } from 'vitest';
import { isTaxId } from './tax-id.ts';

const company = (country: string) => ({ country, kind: 'company' as const });

describe('a tax number', () => {
  it.each([
    ['RU', '7707083893', true],
    ['RU', '7707083894', false],
    ['RU', '500100732259', true],
    ['DE', 'DE 123456789', true],
    ['DE', '123456789', true],
    ['DE', '12345678', false],
    ['GR', 'EL123456789', true],
    ['NL', 'NL123456789B01', true],
    ['NL', 'NL123456789', false],
    ['FR', 'FRXX123456789', true],
    ['KZ', '123456789012', true],
  ])('of a company in %s: %s', (country, taxId, sound) => {
    expect(isTaxId(company(country), taxId)).toBe(sound);
  });

  it('of a person in the Union need be no VAT number', () => {
    expect(isTaxId({ country: 'DE', kind: 'person' }, '12 345 678 901')).toBe(true);
  });

  it('of a Russian person has twelve digits', () => {
    expect(isTaxId({ country: 'RU', kind: 'person' }, '7707083893')).toBe(false);
  });
});
