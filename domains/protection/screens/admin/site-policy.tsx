import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api.ts';
import { apiQuery } from '#web/api-query.ts';
import { Card } from '#web/ui/card.tsx';
import { Form } from '#web/ui/form.tsx';
import { Select } from '#web/ui/select.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { useToast } from '#web/ui/toast.tsx';
import { useForm } from '#web/ui/use-form.ts';
import { MODES } from '../../contract.ts';
import type { GuardedSite } from './guarded-site-page.tsx';
import { pathLines, readPathLines } from './path-modes.ts';

type Draft = { ownMode: (typeof MODES)[number] | ''; paths: string };

/** Staff's word for one site and for folders of it. */
export function SitePolicy({ site }: { site: GuardedSite }) {
  const text = useTranslations('protection');
  const say = useToast();
  const queries = useQueryClient();
  const [badLine, setBadLine] = useState<number | null>(null);
  const { accountId } = site;
  const form = useForm<Draft>({
    initial: { ownMode: site.ownMode ?? '', paths: pathLines(site.paths) },
    submit: async ({ ownMode, paths }) => {
      const read = readPathLines(paths);
      setBadLine('badLine' in read ? read.badLine : null);
      if ('badLine' in read) return false;
      await api.protection.admin.accounts.setPolicy({
        accountId,
        ownMode: ownMode === '' ? null : ownMode,
        paths: read.paths,
      });
      return true;
    },
    onDone: (isSaved) => {
      if (isSaved !== true) return;
      say(text('staff.saved'));
      void queries.invalidateQueries({ queryKey: apiQuery.protection.key() });
    },
  });
  const refusal = badLine === null ? undefined : text('staff.pathsInvalid', { line: badLine });
  return (
    <Card title={text('staff.policy')}>
      <Form form={form} submit={text('staff.save')}>
        <Select
          label={text('staff.ownMode')}
          placeholder={text('staff.byRules')}
          options={MODES.map((value) => ({ value, label: text(`modes.${value}`) }))}
          {...form.field('ownMode')}
        />
        <Textarea
          label={text('staff.paths')}
          help={text('staff.pathsHelp')}
          mono
          rows={4}
          {...form.field('paths')}
          {...(refusal && { refusal })}
        />
      </Form>
    </Card>
  );
}
