import { onMany } from '#platform/events.ts';
import type { Subscriber } from '#platform/events.ts';
import { protectionFinding, protectionFindingChanged } from '#domains/protection/index.ts';
import { followFindings } from './policy-ticket.ts';

export const supportSubscribers: readonly Subscriber[] = [
  onMany(protectionFinding, 'support.follow-findings', (ctx, facts) =>
    followFindings(
      ctx,
      facts.map(({ payload }) => payload),
      { isNew: true },
    ),
  ),
  onMany(protectionFindingChanged, 'support.follow-changes', (ctx, facts) =>
    followFindings(
      ctx,
      facts.map(({ payload }) => payload),
      { isNew: false },
    ),
  ),
];
