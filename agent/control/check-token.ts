import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares the bearer token in constant time; digests make the lengths equal. */
export function checkToken(expected: string): (header: string | undefined) => boolean {
  const wanted = digest(expected);
  return (header) => {
    const given = /^Bearer ([\x21-\x7e]{1,512})$/.exec(header ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(given), wanted);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
