import { useState } from 'react';
import { Card } from '../ui/card.tsx';
import { Checkbox, Switch } from '../ui/checkbox.tsx';
import { DateInput } from '../ui/date-input.tsx';
import { Form } from '../ui/form.tsx';
import { Columns, Stack } from '../ui/layout.tsx';
import { Money } from '../ui/money.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PasswordInput } from '../ui/password-input.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { Select } from '../ui/select.tsx';
import { TextInput } from '../ui/text-input.tsx';
import { Textarea } from '../ui/textarea.tsx';
import { useForm } from '../ui/use-form.ts';

const TERMS = [
  {
    value: '1',
    label: '1 месяц',
    aside: <Money minor={99900} currency="RUB" />,
    help: 'без скидки',
  },
  {
    value: '12',
    label: '12 месяцев',
    aside: <Money minor={959900} currency="RUB" />,
    help: 'экономия 20 %',
  },
  {
    value: '36',
    label: '36 месяцев',
    aside: <Money minor={2499900} currency="RUB" />,
    disabled: true,
  },
];

export function Forms() {
  const form = useForm({
    initial: {
      domain: 'example',
      email: '',
      password: 'secret',
      os: '' as '' | 'linux',
      term: '12',
      startOn: '2023-04-03',
      note: '',
      agreed: false,
    },
    submit: async () => {
      throw { code: 'input-invalid', data: { field: 'domain' } };
    },
  });
  const [on, setOn] = useState(true);
  return (
    <>
      <PageHeader title="Формы" lead="Одна колонка, подпись сверху, пояснение снизу." />
      <Columns>
        <Card title="Новый пакет">
          <Form form={form} submit="Оплатить" amount={<Money minor={959900} currency="RUB" />}>
            <TextInput
              {...form.field('domain')}
              label="Домен"
              help="Без www, например example.ru"
              mono
            />
            <TextInput
              {...form.field('email')}
              label="Почта"
              type="email"
              placeholder="name@example.ru"
            />
            <PasswordInput {...form.field('password')} label="Пароль" kind="new" />
            <Select
              {...form.field('os')}
              label="Система"
              placeholder="Выберите"
              options={[{ value: 'linux', label: 'Linux' }]}
              optional
            />
            <RadioCards {...form.field('term')} label="Срок" options={TERMS} />
            <DateInput {...form.field('startOn')} label="Начало" />
            <Textarea {...form.field('note')} label="Примечание" optional />
            <Checkbox
              {...form.tick('agreed')}
              label="Согласен с условиями"
              help="Договор и возвраты"
            />
          </Form>
        </Card>
        <Card title="Другие поля">
          <Stack>
            <TextInput
              label="С отказом"
              value="exa mple"
              onChange={() => {}}
              refusal="В домене не бывает пробелов. Уберите пробел."
            />
            <TextInput label="Выключено" value="нельзя менять" onChange={() => {}} disabled />
            <Switch
              label="Автопродление"
              help="За 30 дней до конца срока"
              checked={on}
              onChange={setOn}
            />
            <RadioCards
              label="Система"
              side
              value="a"
              onChange={() => {}}
              options={[
                { value: 'a', label: 'Linux' },
                { value: 'b', label: 'Windows' },
              ]}
            />
          </Stack>
        </Card>
      </Columns>
    </>
  );
}
