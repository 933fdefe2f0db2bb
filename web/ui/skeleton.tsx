import { useTranslations } from 'use-intl';
import { Card } from './card.tsx';
import './page-header.css';
import './skeleton.css';

/** A grey line in the shape of words to come; it shows itself after 150 ms, so quick loads never blink. */
export function Skeleton({ width = '100%', height }: { width?: string; height?: string }) {
  return (
    <span
      className={height ? 'ui-skeleton ui-skeleton-block' : 'ui-skeleton'}
      style={{ width, height }}
      aria-hidden
    />
  );
}

/** The shape of a whole page: title, then a card of lines. */
export function PageSkeleton() {
  const text = useTranslations('ui');
  return (
    <div aria-busy="true">
      <p className="ui-hidden" role="status">
        {text('loading')}
      </p>
      <div className="ui-page-header">
        <Skeleton width="240px" height="30px" />
      </div>
      <CardSkeleton lines={8} />
    </div>
  );
}

export function CardSkeleton({ lines = 4 }: { lines?: number }) {
  const widths = ['92%', '64%', '78%', '55%', '84%'];
  return (
    <Card>
      <div className="ui-stack ui-gap-4" aria-busy="true">
        {Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} width={widths[index % widths.length]} />
        ))}
      </div>
    </Card>
  );
}
