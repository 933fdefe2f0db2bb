import type { GuardOptions } from './guard-state.ts';
import type { OpenGuard } from './open-guard.ts';

/** What the node may ask of its guard, and gets. */
export type GuardCalls = Omit<OpenGuard, 'stop'>;
export type GuardCall = keyof GuardCalls;

export type ToGuard =
  | { kind: 'open'; options: GuardOptions }
  | { kind: 'call'; id: number; name: GuardCall; input: unknown };

export type FromGuard =
  | { kind: 'opened' }
  | { kind: 'answered'; id: number; value: unknown }
  | { kind: 'failed'; id: number | null; words: string };
