import { IconArrowBarToLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';
import './data-table.css';

export type PaginationProps = {
  /** Cursor of the page shown; undefined on the first one. */
  cursor?: string;
  /** Cursor of the following page; null at the end. */
  next: string | null;
  onMove: (cursor: string | null) => void;
  /** At the start of the line: how many there are. */
  children?: ReactNode;
};

/** Pages by cursor: forward, and back to the start (the browser's Back returns to the one before). */
export function Pagination({ cursor, next, onMove, children }: PaginationProps) {
  const text = useTranslations('ui');
  if (!cursor && !next) return null;
  return (
    <nav className="ui-pages" aria-label={text('pages.label')}>
      <span className="ui-muted ui-small">{children}</span>
      <span className="ui-row ui-gap-2">
        {cursor && (
          <Button size="small" icon={IconArrowBarToLeft} onClick={() => onMove(null)}>
            {text('pages.first')}
          </Button>
        )}
        <Button
          size="small"
          icon={IconChevronRight}
          disabled={!next}
          onClick={() => next && onMove(next)}
        >
          {text('pages.next')}
        </Button>
      </span>
    </nav>
  );
}
