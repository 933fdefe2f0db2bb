import { useTranslations } from 'use-intl';
import { EmptyState } from './empty-state.tsx';
import { LinkButton } from './link-button.tsx';

/** Nothing lives at this address, or it is not yours to see. */
export function NotFoundPage({ homeHref }: { homeHref: string }) {
  const text = useTranslations('ui');
  return (
    <EmptyState
      page
      title={text('notFound.title')}
      actions={<LinkButton href={homeHref}>{text('notFound.home')}</LinkButton>}
    >
      {text('notFound.words')}
    </EmptyState>
  );
}
