import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { compileRules, type CompiledRules } from '../rules/compile-rules.ts';
import type { Rule } from '../rules/rule.ts';

/** Rules as they travel: signed, so that who can write the file cannot switch protection off. */
export interface RulePack {
  version: string;
  rules: readonly Rule[];
  /** Ed25519 over `packBytes`, base64. */
  signature: string;
}

export type PackAnswer =
  | { ok: true; compiled: CompiledRules }
  | {
      ok: false;
      code: 'pack-unreadable' | 'pack-unsigned' | 'pack-older' | 'pack-broken';
      message: string;
    };

/** What is signed: version and rules as JSON in the order they were written. */
function packBytes(version: string, rules: readonly Rule[]): Buffer {
  return Buffer.from(JSON.stringify({ version, rules }));
}

export function signPack(version: string, rules: readonly Rule[], key: KeyObject): RulePack {
  return {
    version,
    rules,
    signature: sign(null, packBytes(version, rules), key).toString('base64'),
  };
}

/** Checks signature, age and every rule before anything is used. Versions compare as text. */
export function readPack(json: string, publicKeyPem: string, current: string | null): PackAnswer {
  let pack: RulePack;
  try {
    pack = JSON.parse(json) as RulePack;
  } catch {
    return { ok: false, code: 'pack-unreadable', message: 'The rule pack is not JSON.' };
  }
  const { version, rules, signature } = pack;
  const named = typeof version === 'string' && /^\w[\w.-]{0,63}$/.test(version);
  if (!named || !Array.isArray(rules) || typeof signature !== 'string') {
    return { ok: false, code: 'pack-unreadable', message: 'The rule pack lacks a part.' };
  }
  const key = createPublicKey(publicKeyPem);
  if (!verify(null, packBytes(version, rules), key, Buffer.from(signature, 'base64'))) {
    return { ok: false, code: 'pack-unsigned', message: 'The signature is not of our key.' };
  }
  if (current !== null && version < current) {
    return { ok: false, code: 'pack-older', message: `Version ${version} is before ${current}.` };
  }
  try {
    return { ok: true, compiled: compileRules(version, rules) };
  } catch (error) {
    return { ok: false, code: 'pack-broken', message: (error as Error).message };
  }
}
