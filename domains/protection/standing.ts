import type { Standing } from './protection-words.ts';

export type AccountFigures = {
  readonly openFindings: number;
  readonly malicious: number;
  readonly compromised: number;
  readonly mended: number;
  readonly scanEndedAt: Temporal.Instant | null;
  readonly lastFindingAt: Temporal.Instant | null;
};

/**
 * How a site stands for its owner: anything open wants a look; what was found and dealt with since
 * is said too; without a scan nobody can call it clean.
 */
export function standingOf(figures: AccountFigures): Standing {
  if (figures.openFindings > 0) return 'attention';
  if (figures.mended > 0) return 'mended';
  return figures.scanEndedAt === null ? 'unknown' : 'clean';
}
