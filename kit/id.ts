/**
 * Ids are short, sortable and say what they name: `inv_` + 20 Crockford base-32 digits, of which
 * 48 bits are the time in milliseconds, 28 the branch and 24 random. Because an id carries its
 * branch, whoever holds one can address the row's shard (architecture §4) without a look-up.
 */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Two digits at a time: renewal runs make ids by the hundred thousand. */
const PAIRS = Array.from({ length: 1024 }, (_, pair) => `${DIGITS[pair >> 5]}${DIGITS[pair & 31]}`);
const PATTERN = /^[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{20}$/;
const BRANCH_BITS = 28;
const RANDOM_BITS = 24;
/** Ten digits at a time, because fifty bits fit a number exactly. */
const HALF = 2 ** 50;

export const BRANCH_MAX = 2 ** BRANCH_BITS - 1;

/** `random` is a whole number in [0, 2^24). `at` is milliseconds since the epoch. */
export function makeId(prefix: string, branch: number, at: number, random: number): string {
  if (branch < 0 || branch > BRANCH_MAX) throw new RangeError(`branch ${branch} is out of range`);
  const low = branch * 2 ** RANDOM_BITS + random;
  const high = at * 4 + Math.floor(low / HALF);
  if (high !== upper.bits) upper = { bits: high, digits: tenDigits(high) };
  return `${prefix}_${upper.digits}${tenDigits(low % HALF)}`;
}

/** The upper half of the last id, which those of the same millisecond share. */
let upper = { bits: 0, digits: tenDigits(0) };

function tenDigits(bits: number): string {
  return fiveDigits(Math.floor(bits / 2 ** 25)) + fiveDigits(bits % 2 ** 25);
}

function fiveDigits(bits: number): string {
  return `${PAIRS[(bits >> 15) & 1023]}${PAIRS[(bits >> 5) & 1023]}${DIGITS[bits & 31]}`;
}

export function isId(text: string, prefix?: string): boolean {
  return PATTERN.test(text) && (prefix === undefined || text.startsWith(`${prefix}_`));
}

/** The branch an id belongs to. Throws for text that is no id. */
export function branchOf(id: string): number {
  if (!isId(id)) throw new RangeError(`not an id: ${id}`);
  let low = 0;
  for (const digit of id.slice(-10)) low = low * 32 + DIGITS.indexOf(digit);
  // Its two highest bits stand above the lower half, below the time: eleven digits at once would be
  // more bits than a number holds exactly.
  const top = DIGITS.indexOf(id.charAt(id.length - 11)) & 3;
  return top * (HALF / 2 ** RANDOM_BITS) + Math.floor(low / 2 ** RANDOM_BITS);
}
