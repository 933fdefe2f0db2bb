/** Seven digits first; a shop that has used them up goes on with eight. */
const DIGITS_MIN = 7;
/** Has no divisor in common with 9 × 10^n, so that multiplying by it meets every number once. */
const STEP = 5_234_567n;

/**
 * What people call a ticket, from its place in the order of all: every place has a number of its
 * own, and two numbers do not tell how many tickets lie between them.
 */
export function ticketNumber(place: bigint): string {
  let left = place;
  for (let digits = DIGITS_MIN; ; digits += 1) {
    const first = 10n ** BigInt(digits - 1);
    const count = 9n * first;
    if (left < count) return String(first + ((left * STEP) % count));
    left -= count;
  }
}
