import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { DateInput } from '#web/ui/date-input.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import { useForm } from '#web/ui/use-form.ts';
import type { GoodsProduct } from './goods.ts';

/** A product's words and the day on which it is no longer sold. */
export function ProductDialog(props: { product: GoodsProduct; onClose: () => void }) {
  const { product, onClose } = props;
  const text = useTranslations('catalog.admin');
  const queries = useQueryClient();
  const form = useForm({
    initial: {
      nameRu: product.name.ru,
      nameEn: product.name.en,
      descriptionRu: product.description.ru,
      descriptionEn: product.description.en,
      retiredOn: product.retiredOn ?? '',
    },
    submit: ({ nameRu, nameEn, descriptionRu, descriptionEn, retiredOn }) =>
      api.catalog.goods.saveProduct({
        id: product.id,
        kind: product.kind,
        os: product.os,
        serverModule: product.serverModule,
        sort: product.sort,
        name: { ru: nameRu, en: nameEn },
        description: { ru: descriptionRu, en: descriptionEn },
        retiredOn: retiredOn || null,
      }),
    onDone: () => {
      void queries.invalidateQueries({ queryKey: apiQuery.catalog.key() });
      onClose();
    },
  });
  return (
    <Dialog open onClose={onClose} title={text('goods.product')} wide>
      <Form form={form} submit={text('goods.save')} wide>
        <TextInput {...form.field('nameRu')} label={text('fields.nameRu')} />
        <TextInput {...form.field('nameEn')} label={text('fields.nameEn')} />
        <Textarea {...form.field('descriptionRu')} label={text('fields.descriptionRu')} />
        <Textarea {...form.field('descriptionEn')} label={text('fields.descriptionEn')} />
        <DateInput
          {...form.field('retiredOn')}
          label={text('fields.retiredOn')}
          help={text('fields.retiredOnHelp')}
          optional
        />
      </Form>
    </Dialog>
  );
}
