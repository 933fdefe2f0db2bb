import { moneyFromDecimal } from '#kit/money.ts';

/** Minor units of an amount as people type it: `7 680,50` and `7680.5`; null when it is none. */
export function readAmount(
  typed: string,
  currency: string,
): { minor: number; currency: string } | null {
  const plain = typed.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const amount = moneyFromDecimal(plain, currency);
  if (!amount || amount.minor <= 0n || amount.minor > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  return { minor: Number(amount.minor), currency };
}
