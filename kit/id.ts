/**
 * Ids are short, sortable and say what they name: `inv_` + 20 Crockford base-32 digits, of which
 * 48 bits are the time in milliseconds, 28 the branch and 24 random. Because an id carries its
 * branch, whoever holds one can address the row's shard (architecture §4) without a look-up.
 */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const PATTERN = /^[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{20}$/;
const BRANCH_BITS = 28n;
const RANDOM_BITS = 24n;

export const BRANCH_MAX = 2 ** Number(BRANCH_BITS) - 1;

/** `random` is a whole number in [0, 2^24). `at` is milliseconds since the epoch. */
export function makeId(prefix: string, branch: number, at: number, random: number): string {
  if (branch < 0 || branch > BRANCH_MAX) throw new RangeError(`branch ${branch} is out of range`);
  let bits =
    (BigInt(at) << (BRANCH_BITS + RANDOM_BITS)) | (BigInt(branch) << RANDOM_BITS) | BigInt(random);
  let text = '';
  for (let i = 0; i < 20; i++) {
    text = DIGITS[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

export function isId(text: string, prefix?: string): boolean {
  return PATTERN.test(text) && (prefix === undefined || text.startsWith(`${prefix}_`));
}

/** The branch an id belongs to. Throws for text that is no id. */
export function branchOf(id: string): number {
  if (!isId(id)) throw new RangeError(`not an id: ${id}`);
  let bits = 0n;
  for (const digit of id.slice(id.indexOf('_') + 1)) {
    bits = (bits << 5n) | BigInt(DIGITS.indexOf(digit));
  }
  return Number((bits >> RANDOM_BITS) & ((1n << BRANCH_BITS) - 1n));
}
