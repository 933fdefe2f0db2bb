import type { RuleSet } from '../scan/rule-set.ts';
import type { Verdict } from '../scan/verdict.ts';
import type { ByteRange } from './wire.ts';

export interface Judgement {
  verdict: Verdict;
  /** Where a certain finding could be cut, best first; what remains was found clean. */
  cuts: ByteRange[];
}

export type ToJudge =
  | { kind: 'setup'; uid: number | null; codeFolders: string[]; rules: RuleSet }
  /** From the next content on. */
  | { kind: 'rules'; rules: RuleSet }
  /** `name` is the last part of the path, one character a byte. */
  | { kind: 'judge'; id: number; name: string; content: Uint8Array };

export type FromJudge = { kind: 'ready' } | { kind: 'judged'; id: number; judgement: Judgement };
