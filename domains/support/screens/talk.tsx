import { useTranslations } from 'use-intl';
import { DateText } from '#web/ui/date-text.tsx';
import { classes } from '#web/ui/classes.ts';
import { LinkedText } from '#web/ui/linked-text.tsx';
import type { TalkMessage } from './support-view.ts';
import './talk.css';

type Props = {
  messages: readonly TalkMessage[];
  /** Whose own words stand at the end of the line. */
  reader: 'client' | 'staff';
};

/** What was written, oldest first. */
export function Talk({ messages, reader }: Props) {
  const text = useTranslations('support.talk');
  return (
    <ol className="support-talk" aria-label={text('label')}>
      {messages.map((message) => (
        <li
          key={message.id}
          className={classes(
            'support-message',
            message.author === reader && 'support-own',
            message.kind === 'note' && 'support-note',
          )}
        >
          <p className="support-author">
            <strong>{message.authorName || text(message.author)}</strong>
            <span>{roleOf(message)}</span>
            <DateText at={message.at} time />
          </p>
          <LinkedText text={message.text} />
        </li>
      ))}
    </ol>
  );
  function roleOf({ kind, author, authorName }: TalkMessage): string {
    if (kind === 'note') return text('note');
    if (author === 'client' && reader === 'client') return text('you');
    return authorName === '' ? '' : text(author);
  }
}
