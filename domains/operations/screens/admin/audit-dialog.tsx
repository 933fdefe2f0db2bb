import { useTranslations } from 'use-intl';
import { CopyField } from '#web/ui/copy-field.tsx';
import { DateText } from '#web/ui/date-text.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { KeyValue } from '#web/ui/key-value.tsx';
import { Stack } from '#web/ui/layout.tsx';
import './audit-dialog.css';
import { type AuditEntry, useActorWords } from './audit-entry.ts';

/** Everything the trail has of one deed, with what was sent. */
export function AuditDialog({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const text = useTranslations('operations.audit');
  const actorWords = useActorWords();
  const { actorId, subjectId, address } = entry;
  const copied = (label: string, value: string | null) =>
    value !== null && { label, value: <CopyField label={label} value={value} /> };
  return (
    <Dialog open wide onClose={onClose} title={entry.operation}>
      <Stack>
        <KeyValue
          facts={[
            { label: text('at'), value: <DateText at={entry.at} time /> },
            { label: text('actor'), value: actorWords(entry) },
            copied(text('actorId'), actorId),
            copied(text('subject'), subjectId),
            address !== null && { label: text('address'), value: address },
            copied(text('request'), entry.requestId),
          ]}
        />
        <section aria-label={text('input')}>
          <h3 className="operations-input-title">{text('input')}</h3>
          <pre className="operations-input" tabIndex={0}>
            {JSON.stringify(entry.input, null, 2)}
          </pre>
          <p className="ui-muted ui-small">{text('inputHelp')}</p>
        </section>
      </Stack>
    </Dialog>
  );
}
