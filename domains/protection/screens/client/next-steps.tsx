import { useTranslations } from 'use-intl';
import { Card } from '#web/ui/card.tsx';
import '../protection.css';

const STEPS = ['1', '2', '3', '4', '5'] as const;

/** What an owner does after an intrusion, in the order in which it helps. */
export function NextSteps() {
  const text = useTranslations('protection');
  return (
    <Card title={text('site.nextTitle')}>
      <ol className="protection-next">
        {STEPS.map((step) => (
          <li key={step}>{text(`next.${step}`)}</li>
        ))}
      </ol>
    </Card>
  );
}
