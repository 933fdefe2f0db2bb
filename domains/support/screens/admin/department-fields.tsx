import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Columns, Stack } from '#web/ui/layout.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import type { Settings } from '../support-view.ts';

type Departments = Settings['departments'];
type Department = Departments[number];

const EMPTY: Department = { key: '', title: { ru: '', en: '' }, email: null, offered: true };

type Props = {
  departments: Departments;
  refusal: string | undefined;
  onChange: (departments: Departments) => void;
};

/** Who can be asked, in order: the first is asked unless another is named. */
export function DepartmentFields({ departments, refusal, onChange }: Props) {
  const text = useTranslations('support.settings');
  const change = (at: number) => (one: Department) => onChange(departments.with(at, one));
  return (
    <Stack>
      <h3>{text('departments')}</h3>
      {departments.map((department, at) => (
        <OneDepartment
          key={at}
          department={department}
          onChange={change(at)}
          onRemove={
            departments.length > 1 ? () => onChange(departments.toSpliced(at, 1)) : undefined
          }
        />
      ))}
      {refusal && (
        <Callout tone="bad" announce>
          {refusal}
        </Callout>
      )}
      <div>
        <Button size="small" icon={IconPlus} onClick={() => onChange([...departments, EMPTY])}>
          {text('add')}
        </Button>
      </div>
    </Stack>
  );
}

type OneProps = {
  department: Department;
  onChange: (department: Department) => void;
  onRemove: (() => void) | undefined;
};

function OneDepartment({ department, onChange, onRemove }: OneProps) {
  const text = useTranslations('support.settings');
  const { key, title, email, offered } = department;
  return (
    <fieldset className="ui-field">
      <legend className="ui-field-label ui-legend">
        {text('department', { title: title.ru || key })}
      </legend>
      <Stack gap={3}>
        <Columns gap={3}>
          <TextInput
            label={text('titleRu')}
            value={title.ru}
            onChange={(ru) => onChange({ ...department, title: { ...title, ru } })}
            maxLength={60}
          />
          <TextInput
            label={text('titleEn')}
            value={title.en}
            onChange={(en) => onChange({ ...department, title: { ...title, en } })}
            maxLength={60}
          />
          <TextInput
            label={text('key')}
            help={text('keyHelp')}
            value={key}
            onChange={(next) => onChange({ ...department, key: next })}
            mono
            maxLength={40}
            autoComplete="off"
          />
          <TextInput
            label={text('email')}
            help={text('emailHelp')}
            type="email"
            optional
            value={email ?? ''}
            onChange={(next) => onChange({ ...department, email: next })}
            maxLength={254}
          />
        </Columns>
        <Checkbox
          label={text('offered')}
          checked={offered}
          onChange={(next) => onChange({ ...department, offered: next })}
        />
        {onRemove && (
          <div>
            <Button size="small" tone="quiet" icon={IconTrash} onClick={onRemove}>
              {text('remove')}
            </Button>
          </div>
        )}
      </Stack>
    </fieldset>
  );
}
