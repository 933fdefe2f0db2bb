import type { Decided } from './decide-finding.ts';

export type NotDone = Exclude<Decided, { kind: 'done' }>;

/** Why a finding stays as it is, for whoever asked. */
export function refusedWords(decided: NotDone) {
  if (decided.kind === 'unknown') {
    const message = 'There is no such finding here.';
    return { code: 'finding-not-found', message } as const;
  }
  switch (decided.reason) {
    case 'not-mended':
      return {
        code: 'finding-not-mended',
        message: 'Nothing was taken from this file.',
      } as const;
    case 'is-mended':
      return {
        code: 'finding-mended',
        message: 'This was mended; restore it to leave it alone.',
      } as const;
    case 'expired':
      return {
        code: 'finding-bytes-expired',
        message: 'These bytes are not kept any longer.',
      } as const;
    default:
      return {
        code: 'finding-changed',
        message: 'Something else stands in its place now; move that first.',
      } as const;
  }
}
