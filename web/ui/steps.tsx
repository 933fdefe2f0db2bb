import {
  IconCircle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconRefresh,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import './button.css';
import './steps.css';

export type StepState = 'ahead' | 'doing' | 'waiting' | 'failed' | 'done';

export type Step = {
  id: string;
  label: ReactNode;
  state: StepState;
  /** ISO instants; the time between them is shown, and runs while the step is being done. */
  startedAt?: string | null;
  finishedAt?: string | null;
  /** What it is doing, what it waits for, why it failed. */
  detail?: ReactNode;
};

export type StepsProps = {
  steps: readonly Step[];
  /** Offers to try the failed step again. */
  onRetry?: (stepId: string) => unknown;
};

const MARK = { ahead: IconCircle, waiting: IconClock, failed: IconCircleX, done: IconCircleCheck };

/** Long work, step by step: what is done, what happens now and for how long, what failed and why. */
export function Steps({ steps, onRetry }: StepsProps) {
  const text = useTranslations('ui');
  return (
    <ol className="ui-steps" aria-live="polite">
      {steps.map((step) => (
        <li key={step.id} data-state={step.state}>
          <span className="ui-step-mark">
            {step.state === 'doing' ? (
              <span className="ui-spinner" aria-hidden />
            ) : (
              <Icon of={MARK[step.state]} size={20} />
            )}
          </span>
          <div className="ui-step-head">
            <span>
              {step.label}
              <span className="ui-hidden"> {text(`step.${step.state}`)}</span>
            </span>
            <Elapsed step={step} />
          </div>
          {(step.detail || (step.state === 'failed' && onRetry)) && (
            <div className="ui-step-body">
              {step.detail && <div>{step.detail}</div>}
              {step.state === 'failed' && onRetry && (
                <Button size="small" icon={IconRefresh} onClick={() => void onRetry(step.id)}>
                  {text('retry')}
                </Button>
              )}
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

function Elapsed({ step }: { step: Step }) {
  const text = useTranslations('ui');
  const running = step.state === 'doing' || step.state === 'waiting';
  const nowMs = useNowMs(running);
  if (!step.startedAt) return null;
  const endMs = step.finishedAt ? Date.parse(step.finishedAt) : running ? nowMs : null;
  if (endMs === null) return null;
  const seconds = Math.max(0, Math.round((endMs - Date.parse(step.startedAt)) / 1000));
  return (
    <span className="ui-muted ui-small ui-nowrap" aria-hidden={running || undefined}>
      {seconds < 60
        ? text('elapsed.seconds', { seconds })
        : text('elapsed.minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}
    </span>
  );
}

function useNowMs(running: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return nowMs;
}
