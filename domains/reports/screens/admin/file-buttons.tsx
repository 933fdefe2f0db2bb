import { IconDownload } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'use-intl';
import { LinkButton } from '#web/ui/link-button.tsx';
import { fileHref } from './use-report.ts';

type Query = Readonly<Record<string, string | undefined>>;

/** The report as CSV, in the language of the screen. */
export function CsvButton({ path, query }: { path: string; query: Query }) {
  const text = useTranslations('reports.csv');
  const language = useLocale() === 'ru' ? 'ru' : 'en';
  return (
    <LinkButton href={fileHref(path, { ...query, language })} icon={IconDownload} download>
      {text('download')}
    </LinkButton>
  );
}

/** The report as PDF, in both languages: it is sent to people who speak one of them. */
export function ReportPdfButtons({ path, query }: { path: string; query: Query }) {
  const text = useTranslations('reports');
  return (['ru', 'en'] as const).map((language) => (
    <LinkButton
      key={language}
      href={fileHref(path, { ...query, language })}
      icon={IconDownload}
      download
    >
      {text('pdf', { language })}
    </LinkButton>
  ));
}
