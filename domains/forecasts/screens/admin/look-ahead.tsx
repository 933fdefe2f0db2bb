import type { IconChartHistogram } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { useFailureText } from '#web/ui/refusal-text.ts';
import { Select } from '#web/ui/select.tsx';
import './forecast.css';

const SPANS = ['3', '6', '12', '24', '36'] as const;

type Props = {
  icon: typeof IconChartHistogram;
  months: number | undefined;
  button: string;
  /** What is taken for granted. */
  about: string;
  /** More to choose before the start. */
  children?: ReactNode;
  onStart: (months: number) => Promise<void>;
};

/** How far to look, what is assumed, and the button that starts it. */
export function LookAhead({ icon, months, button, about, children, onStart }: Props) {
  const text = useTranslations('forecasts.screen');
  const failureText = useFailureText();
  const [chosen, setChosen] = useState<string | null>(null);
  const span = chosen ?? String(months ?? 12);
  const start = useMutation({ mutationFn: () => onStart(Number(span)) });
  return (
    <Card>
      <div className="forecast-start">
        <Select
          label={text('months')}
          value={span}
          onChange={setChosen}
          options={SPANS.map((value) => ({
            value,
            label: text('monthCount', { count: Number(value) }),
          }))}
        />
        {children}
        <Button tone="primary" icon={icon} busy={start.isPending} onClick={() => start.mutate()}>
          {button}
        </Button>
      </div>
      <p className="ui-muted ui-small forecast-about">{about}</p>
      {start.error && (
        <Callout tone="bad" announce>
          {failureText(start.error)}
        </Callout>
      )}
    </Card>
  );
}
