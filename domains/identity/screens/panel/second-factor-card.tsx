import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSession } from '#web/panel/session.tsx';
import { StatusBadge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { Card } from '#web/ui/card.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { DisableSecondFactor } from './disable-second-factor.tsx';
import { EnrolSecondFactor } from './enrol-second-factor.tsx';
import { RenewRecoveryCodes } from './renew-recovery-codes.tsx';

type Opened = 'enrol' | 'disable' | 'codes' | null;

export function SecondFactorCard() {
  const text = useTranslations('identity.security.factor');
  const { person } = useSession();
  const [on, setOn] = useState(person.secondFactor);
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  return (
    <Card
      title={text('title')}
      actions={<StatusBadge tone={on ? 'good' : 'wait'}>{text(on ? 'on' : 'off')}</StatusBadge>}
    >
      <Stack>
        <p>{text(on ? 'whenOn' : 'whenOff')}</p>
        <Row>
          {on ? (
            <>
              <Button onClick={() => setOpened('codes')}>{text('renewCodes')}</Button>
              <Button tone="danger" onClick={() => setOpened('disable')}>
                {text('disable')}
              </Button>
            </>
          ) : (
            <Button tone="primary" onClick={() => setOpened('enrol')}>
              {text('enrol')}
            </Button>
          )}
        </Row>
      </Stack>
      <EnrolSecondFactor open={opened === 'enrol'} onClose={close} onDone={() => setOn(true)} />
      <DisableSecondFactor
        open={opened === 'disable'}
        onClose={close}
        onDone={() => setOn(false)}
      />
      <RenewRecoveryCodes open={opened === 'codes'} onClose={close} />
    </Card>
  );
}
