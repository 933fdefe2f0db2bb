import { useTranslations } from 'use-intl';
import { allowed, useSession } from '#web/panel/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { FieldRefusal } from '#web/ui/field.tsx';
import { Columns, Row, Stack } from '#web/ui/layout.tsx';
import { type OfferedEvent, useWebhooks } from './webhooks-api.ts';

type EventName = OfferedEvent['name'];

/** Under which heading an event stands, by the first word of its name. */
const GROUP_OF: Readonly<Record<string, Group>> = {
  order: 'order',
  invoice: 'invoice',
  'credit-note': 'invoice',
  payment: 'payment',
  refund: 'payment',
  subscription: 'subscription',
  entitlement: 'subscription',
  delivery: 'delivery',
  licence: 'licence',
  finding: 'finding',
  node: 'node',
  ticket: 'ticket',
};
type Group =
  | 'order'
  | 'invoice'
  | 'payment'
  | 'subscription'
  | 'delivery'
  | 'licence'
  | 'finding'
  | 'node'
  | 'ticket';

type Props = {
  offered: readonly OfferedEvent[];
  chosen: readonly EventName[];
  refusal: string | undefined;
  onChange: (events: readonly EventName[]) => void;
};

/** What an address hears: of what this person may see at all. */
export function EventChoice({ offered, chosen, refusal, onChange }: Props) {
  const text = useTranslations('webhooks');
  const { side } = useWebhooks();
  const session = useSession();
  const open = offered.filter(({ needs }) => side === 'client' || allowed(session, needs));
  const groups = Map.groupBy(open, ({ name }) => GROUP_OF[name.split('.')[0] ?? ''] ?? 'order');
  const toggle = (name: EventName) => (on: boolean) =>
    onChange(on ? [...chosen, name] : chosen.filter((one) => one !== name));
  return (
    <fieldset className="ui-field">
      <legend className="ui-field-label ui-legend">{text('form.events')}</legend>
      <Stack gap={3}>
        <Row gap={2}>
          <Button size="small" tone="quiet" onClick={() => onChange(open.map(({ name }) => name))}>
            {text('form.all')}
          </Button>
          <Button size="small" tone="quiet" onClick={() => onChange([])}>
            {text('form.none')}
          </Button>
        </Row>
        <Columns gap={4}>
          {[...groups].map(([group, events]) => (
            <Stack key={group} gap={1}>
              <span className="ui-muted ui-small">{text(`groups.${group}`)}</span>
              {events.map(({ name }) => (
                <Checkbox
                  key={name}
                  label={<code>{name}</code>}
                  checked={chosen.includes(name)}
                  onChange={toggle(name)}
                />
              ))}
            </Stack>
          ))}
        </Columns>
      </Stack>
      {refusal && <FieldRefusal id="webhook-events-refusal">{refusal}</FieldRefusal>}
    </fieldset>
  );
}
