import type { LineKind } from './invoice.ts';
import { divideHalfUp, splitMinor } from '#kit/money.ts';

/** A promo code's effect: a share (basis points) or an amount off, of the package or of all. */
export type Discount = {
  code: string;
  off: { percentBp: number } | { amountMinor: bigint };
  scope: 'package' | 'all';
};

type Discountable = { kind: LineKind; listMinor: bigint };

/**
 * What each line is reduced by, never by more than it costs. An amount is spread over the lines in
 * proportion to what they cost, so that the parts sum to it.
 */
export function discountsOf(lines: readonly Discountable[], discount: Discount | null): bigint[] {
  if (!discount) return lines.map(() => 0n);
  const eligible = lines.map((line) =>
    discount.scope === 'all' || line.kind === 'package' ? line.listMinor : 0n,
  );
  const { off } = discount;
  if ('percentBp' in off) {
    const share = BigInt(Math.min(off.percentBp, 10_000));
    return eligible.map((listMinor) => divideHalfUp(listMinor * share, 10_000n));
  }
  const sum = eligible.reduce((total, listMinor) => total + listMinor, 0n);
  if (sum === 0n) return eligible;
  return splitMinor(off.amountMinor < sum ? off.amountMinor : sum, eligible);
}
