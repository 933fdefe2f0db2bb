import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { GoodsComponent } from './goods.ts';

/** A component's words and rules. */
export function ComponentDialog(props: { component: GoodsComponent; onClose: () => void }) {
  const { component, onClose } = props;
  const text = useTranslations('catalog.admin');
  const queries = useQueryClient();
  const form = useForm({
    initial: {
      nameRu: component.name.ru,
      nameEn: component.name.en,
      descriptionRu: component.description.ru,
      descriptionEn: component.description.en,
      quantityMax: String(component.quantityMax),
      refundable: component.refundable,
      irrevocable: component.irrevocable,
    },
    submit: ({ nameRu, nameEn, descriptionRu, descriptionEn, quantityMax, ...rules }) =>
      api.catalog.goods.saveComponent({
        ...rules,
        id: component.id,
        kind: component.kind,
        name: { ru: nameRu, en: nameEn },
        description: { ru: descriptionRu, en: descriptionEn },
        quantityMax: Number(quantityMax),
        provides: component.provides,
        supplier: component.supplier,
        sort: component.sort,
      }),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: apiQuery.catalog.key() });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={text('goods.component')} wide>
      <Form
        form={form}
        submit={text('goods.save')}
        disabled={!/^\d+$/.test(form.values.quantityMax)}
        wide
      >
        <TextInput {...form.field('nameRu')} label={text('fields.nameRu')} />
        <TextInput {...form.field('nameEn')} label={text('fields.nameEn')} />
        <Textarea {...form.field('descriptionRu')} label={text('fields.descriptionRu')} />
        <Textarea {...form.field('descriptionEn')} label={text('fields.descriptionEn')} />
        <TextInput
          {...form.field('quantityMax')}
          label={text('fields.quantityMax')}
          inputMode="numeric"
        />
        <Checkbox
          {...form.tick('refundable')}
          label={text('fields.refundable')}
          help={text('fields.refundableHelp')}
        />
        <Checkbox
          {...form.tick('irrevocable')}
          label={text('fields.irrevocable')}
          help={text('fields.irrevocableHelp')}
        />
      </Form>
    </Dialog>
  );
}
