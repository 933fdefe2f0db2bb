import { useLocale, useTranslations } from 'use-intl';
import { formatDate } from '#kit/format-date.ts';
import { Button } from '#web/ui/button.tsx';
import { useWords } from '#web/ui/use-words.ts';
import type { PlanChangeView, PlannedPackage } from './plan-access.ts';

type Move = PlanChangeView['components'][number];

type Props = {
  subscription: PlannedPackage;
  change: PlanChangeView;
  /** Components that are given up. */
  drop: readonly string[];
  onDrop: (drop: string[]) => void;
};

/** What becomes of each component, and the choice where the new plan charges for it. */
export function ComponentMoves({ subscription, change, drop, onDrop }: Props) {
  const text = useTranslations('orders.plan');
  const locale = useLocale();
  const words = useWords();
  const until = subscription.periodEnd ? formatDate(subscription.periodEnd, locale) : '';
  if (change.components.length + change.added.length === 0) return null;
  return (
    <div className="quote">
      <h3>{text('components')}</h3>
      <ul className="quote-lines">
        {change.components.map((move) => (
          <li key={move.entitlementId} className="quote-line">
            <span>
              {move.quantity > 1 ? `${words(move.name)} × ${move.quantity}` : words(move.name)}
            </span>
            <span className="quote-amount">
              {isCharged(move) && (
                <Button size="small" onClick={() => onDrop([...drop, move.entitlementId])}>
                  {text('giveUp')}
                </Button>
              )}
              {move.as === 'deleted' && (
                <Button
                  size="small"
                  onClick={() => onDrop(drop.filter((id) => id !== move.entitlementId))}
                >
                  {text('keep')}
                </Button>
              )}
            </span>
            <small>{text(`moves.${fateOf(move)}`, { until })}</small>
          </li>
        ))}
        {change.added.map(({ componentId, name }) => (
          <li key={componentId} className="quote-line">
            <span>{words(name)}</span>
            <small>{text('moves.added')}</small>
          </li>
        ))}
      </ul>
    </div>
  );
}

function isCharged({ before, as }: Move): boolean {
  return as === 'bought' && before !== 'bought';
}

function fateOf(move: Move): 'charged' | 'stays' | 'within' | 'included' | 'free' | 'goes' {
  if (move.as === 'deleted') return 'goes';
  if (move.as === 'included') return move.before === 'included' ? 'within' : 'included';
  if (move.as === 'grandfathered') return 'free';
  return isCharged(move) ? 'charged' : 'stays';
}
