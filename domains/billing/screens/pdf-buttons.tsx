import { IconDownload } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { LinkButton } from '#web/ui/link-button.tsx';

const LANGUAGES = ['ru', 'en'] as const;

/** The document as PDF, in both languages. `base`: the API's path of the document. */
export function PdfButtons({ base }: { base: string }) {
  const text = useTranslations('billing.screen');
  return LANGUAGES.map((language) => (
    <LinkButton
      key={language}
      href={`${base}/pdf?language=${language}`}
      icon={IconDownload}
      download
    >
      {text('pdf', { language })}
    </LinkButton>
  ));
}
