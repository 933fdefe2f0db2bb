import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderedTaxDifference } from './rendered-tax.ts';
import { taxIncluded, taxOnTop } from './tax-terms.ts';

describe('a service charged at 20 % in 2025 and rendered from 1 January 2026', () => {
  it('owes 22/122 of its price instead of 20/120', () => {
    // 1 220.00 with 203.33 of tax inside; 1 220.00 × 22/122 = 220.00.
    const charged = { netMinor: 1_016_67n, taxMinor: 203_33n, included: true };
    expect(renderedTaxDifference(charged, 2200)).toBe(16_67n);
  });

  it('priced without tax owes 2 % more of its net price', () => {
    const charged = { netMinor: 1_000_00n, taxMinor: 200_00n, included: false };
    expect(renderedTaxDifference(charged, 2200)).toBe(20_00n);
  });

  it('taken back after it was counted takes the difference back', () => {
    const back = { netMinor: -1_000_00n, taxMinor: -200_00n, included: false };
    expect(renderedTaxDifference(back, 2200)).toBe(-20_00n);
  });
});

describe('a service rendered at the rate it was charged with', () => {
  it('owes nothing more, whatever it costs', () => {
    const rates = fc.constantFrom(500, 1000, 2000, 2200);
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 12n), rates, (price, rateBp) => {
        const inside = taxIncluded(price, rateBp);
        const gross = { netMinor: price - inside, taxMinor: inside, included: true };
        const net = { netMinor: price, taxMinor: taxOnTop(price, rateBp), included: false };
        expect(renderedTaxDifference(gross, rateBp)).toBe(0n);
        expect(renderedTaxDifference(net, rateBp)).toBe(0n);
      }),
      { numRuns: 1000 },
    );
  });
});
