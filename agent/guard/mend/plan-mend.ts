import type { Verdict } from '../scan/verdict.ts';
import type { ByteRange } from '../service/wire.ts';
import { cutOut } from './find-cuts.ts';
import type { MendRecord } from './mend-record.ts';

export interface MendPlan {
  act: MendRecord['act'];
  /** What shall stand there; null: nothing. */
  content: Buffer | null;
  removed: ByteRange[];
}

export interface Patient {
  content: Buffer;
  verdict: Verdict;
  /** Where it could be cut, best first; what remains is clean. */
  cuts: readonly ByteRange[];
  /** A clean copy of the same file from before, if there is one. */
  original: Buffer | null;
  /** Its name makes it a script: an empty one still satisfies whoever includes it. */
  isScript: boolean;
  isKnownGood: (content: Buffer) => boolean;
}

/**
 * What to do, most certain first: the known original, an exact cut, an empty file, no file. A cut
 * that leads to a released file's very bytes is beyond doubt; any other is made only in what is
 * somebody's work apart from it, because half a shell is no better than a whole one.
 */
export function planMend(patient: Patient): MendPlan {
  const { content, verdict, cuts, original } = patient;
  const whole = [{ offset: 0, length: content.length }];
  if (original && !original.equals(content)) {
    return { act: 'restored-original', content: original, removed: whole };
  }
  const certain = cuts.find((cut) => patient.isKnownGood(cutOut(content, cut)));
  const legitimate =
    verdict.class === 'compromised' || (verdict.score !== null && verdict.score < 0);
  const cut = certain ?? (legitimate ? cuts[0] : undefined);
  if (cut) return { act: 'cut', content: cutOut(content, cut), removed: [cut] };
  if (patient.isScript && content.length > 0) {
    return { act: 'trimmed', content: Buffer.alloc(0), removed: whole };
  }
  return { act: 'quarantined', content: null, removed: whole };
}
