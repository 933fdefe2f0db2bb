import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { settingsDraft, settingsValues } from '#web/ui/settings-draft.ts';
import { SettingsFields } from '#web/ui/settings-fields.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { useWords } from '#web/ui/use-words.ts';
import type { GatewaySettingsWire } from '../../contract.ts';

type Props = { gateway: GatewaySettingsWire; onClose: () => void };

/** One shop's account with one gateway, drawn from the gateway's own settings. */
export function GatewayDialog({ gateway, onClose }: Props) {
  const words = useWords();
  return (
    <Dialog open onClose={onClose} title={`${words(gateway.title)}, ${gateway.brandName}`}>
      <Fields gateway={gateway} onClose={onClose} />
    </Dialog>
  );
}

function Fields({ gateway, onClose }: Props) {
  const text = useTranslations('payments.gateways');
  const say = useToast();
  const queries = useQueryClient();
  const { brandId, gatewayId, saved, notifyUrl } = gateway;
  // A gateway that is set up for the first time is wanted; one that was switched off stays off.
  const enabled = gateway.enabled || !saved;
  const form = useForm({
    initial: settingsDraft(gateway.form),
    submit: (draft) =>
      api.payments.admin.gateways.save({
        brandId,
        gatewayId,
        enabled,
        values: settingsValues(gateway.form, draft),
      }),
    onDone: () => {
      say(text('saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.payments.key() });
      onClose();
    },
  });
  return (
    <Form form={form} submit={text(saved ? 'save' : 'saveOn')} wide>
      <SettingsFields settings={gateway.form} form={form} />
      {notifyUrl !== null && (
        <div className="ui-field">
          <span className="ui-field-label">{text('notifyUrl')}</span>
          <CopyField label={text('notifyUrl')} value={notifyUrl} />
          <p className="ui-field-help">{text('notifyHelp')}</p>
        </div>
      )}
    </Form>
  );
}
