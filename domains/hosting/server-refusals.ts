import { refuse } from '#kit/refusal.ts';
import type { Outcome } from './server-module.ts';

/** What a server may say no with, in words that we know how to explain. */
export const SERVER_REFUSALS = [
  'account-limit-reached',
  'archive-contains-link',
  'archive-encrypted',
  'archive-path-unsafe',
  'archive-too-large',
  'archive-unreadable',
  'disk-limit-reached',
  'domain-taken',
  'entry-exists',
  'entry-not-found',
  'file-too-large',
  'folder-protected',
  'not-a-file',
  'not-a-folder',
  'package-suspended',
  'path-unsafe',
  'primary-account',
  'server-cannot',
  'server-refused',
  'server-unreachable',
  'upload-interrupted',
  'username-reserved',
  'username-taken',
] as const;

const KNOWN: readonly string[] = SERVER_REFUSALS;

/** The value of a good answer; anything else is refused under a code that the contracts name. */
export function answered<T>(answer: Outcome<T>): T {
  if (answer.kind === 'ok') return answer.value;
  if (answer.kind !== 'refused') refuse('server-unreachable');
  return refuseAs(answer.code, answer.message);
}

export function refuseAs(code: string, message: string): never {
  if (KNOWN.includes(code)) refuse(code);
  refuse('server-refused', { params: { message } });
}
