import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { EnginePolicy } from './protection-engine.ts';
import type { ServerState, WATCHERS } from './server-words.ts';

/** Of one server account, as the server tells it. */
export type ServerAccount = { accountRef: string; owner: string };

/** A server whose guard calls us. Times in milliseconds by the machine's clock. */
export type GuardServer = {
  readonly nodeId: string;
  readonly sellerId: string;
  readonly joinHash: string | null;
  readonly joinUntilMs: number | null;
  readonly keyHash: string | null;
  readonly nextKeyHash: string | null;
  readonly keyGivenAtMs: number | null;
  readonly rotateWanted: boolean;
  readonly joinedAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly heardAtMs: number | null;
  readonly version: string | null;
  readonly hostName: string | null;
  readonly watcher: (typeof WATCHERS)[number] | null;
  readonly watcherWhy: string | null;
  readonly homes: string | null;
  readonly rules: string | null;
  readonly accounts: readonly ServerAccount[];
  readonly spool: string | null;
  readonly seqBase: number;
  readonly policy: EnginePolicy | null;
  readonly policyDigest: string | null;
  readonly policyConfirmed: string | null;
};

export const JOIN_WITHIN_MS = 30 * 60_000;
/** It calls every few seconds; this is a server or a network that is down. */
export const SILENT_AFTER_MS = 5 * 60_000;
const ROTATE_EVERY_MS = 90 * 86_400_000;

export function stateOf(server: GuardServer, nowMs: number): ServerState {
  if (server.revokedAtMs !== null) return 'revoked';
  if (server.joinedAtMs === null) return 'joining';
  const heardAtMs = server.heardAtMs ?? server.joinedAtMs;
  return nowMs - heardAtMs > SILENT_AFTER_MS ? 'silent' : 'joined';
}

/** Whether it is to fetch another key: somebody wants it, or the one it has is old. */
export function isKeyDue(server: GuardServer, nowMs: number): boolean {
  return server.rotateWanted || nowMs - (server.keyGivenAtMs ?? nowMs) > ROTATE_EVERY_MS;
}

/** Without letters that are taken for others; eighty bits. */
const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** `K7QF-…`: typed or pasted once, by a person, within half an hour. */
export function makeJoinCode(): string {
  const letters = Array.from({ length: 16 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]);
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}

export function hashOfCode(code: string): string {
  return hashOf(code.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''));
}

/** A key says whose it is, so that it is looked up by a name and compared as a whole. */
export function makeKey(nodeId: string): string {
  return `sgk_${nodeId}_${randomBytes(32).toString('base64url')}`;
}

export function nodeOfKey(key: string): string | null {
  return /^sgk_(nod_[0-9a-z]{20})_[\w-]{43}$/.exec(key)?.[1] ?? null;
}

export function isHashOf(key: string, hash: string | null): boolean {
  return hash !== null && timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(hash));
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
