import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const argon2Async = promisify(argon2);

/** How much work a guess is; memory in KiB. */
type Cost = { memory: number; passes: number; parallelism: number };

/** OWASP's password storage cheat sheet (2025): argon2id, 19 MiB, two passes, one lane. */
export const CAREFUL: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
let cost = CAREFUL;
const TAG_BYTES = 32;
const PATTERN =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** For test runs alone: they make people by the hundred, whose passwords guard nothing. */
export function setPasswordCost(chosen: Cost): void {
  cost = chosen;
}

/** The PHC string of a password: the cost stands in it, so that it can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await tagOf(password, nonce, cost, TAG_BYTES);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${plain(nonce)}$${plain(tag)}`;
}

/** False for a wrong password; throws for text that is no argon2id string. */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const match = PATTERN.exec(hash);
  if (!match) throw new Error('a stored password is no argon2id string');
  const [, memory, passes, parallelism, salt = '', stored = ''] = match;
  const expected = Buffer.from(stored, 'base64');
  const known = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  };
  const tag = await tagOf(password, Buffer.from(salt, 'base64'), known, expected.length);
  return timingSafeEqual(tag, expected);
}

/** NFKC first: the same word typed on two keyboards is the same password (NIST 800-63B §3.1.1.2). */
async function tagOf(
  password: string,
  nonce: Buffer,
  costs: Cost,
  tagLength: number,
): Promise<Buffer> {
  const message = password.normalize('NFKC');
  return (await argon2Async('argon2id', { message, nonce, tagLength, ...costs })) as Buffer;
}

function plain(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
