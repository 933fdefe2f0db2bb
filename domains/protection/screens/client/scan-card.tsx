import { useLocale, useTranslations } from 'use-intl';
import { Callout } from '#web/ui/callout.tsx';
import { Card } from '#web/ui/card.tsx';
import { Steps } from '#web/ui/steps.tsx';
import type { StepState } from '#web/ui/steps.tsx';
import { isScanning } from '../protection-view.ts';
import type { SiteScan } from '../protection-view.ts';

/** A look at all files while it goes on: what happens now and how far it is. */
export function ScanCard({ scan }: { scan: SiteScan }) {
  const text = useTranslations('protection.site');
  const locale = useLocale();
  if (!isScanning(scan)) {
    return (
      <Callout tone="wait" title={text('scanFailed')}>
        {text('scanFailedHelp')}
      </Callout>
    );
  }
  const isRunning = scan.state === 'running';
  const files = new Intl.NumberFormat(locale).format(scan.scannedFiles);
  const asked: StepState = scan.state === 'wanted' ? 'doing' : 'done';
  const looking: StepState = isRunning ? 'doing' : scan.state === 'waiting' ? 'waiting' : 'ahead';
  return (
    <Card title={text('scanTitle')}>
      <Steps
        steps={[
          { id: 'ask', label: text('scanStep.ask'), state: asked },
          {
            id: 'look',
            label: text('scanStep.look'),
            state: looking,
            detail: isRunning ? text('scanDoing', { files }) : undefined,
          },
          { id: 'end', label: text('scanStep.end'), state: 'ahead' },
        ]}
      />
    </Card>
  );
}
