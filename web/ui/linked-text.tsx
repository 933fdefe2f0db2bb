import { classes } from './classes.ts';
import './linked-text.css';
import { textParts } from './text-links.ts';

/** What a person typed, line for line, as words; addresses of the web can be followed. */
export function LinkedText({ text, className }: { text: string; className?: string }) {
  return (
    <p className={classes('ui-typed', className)}>
      {textParts(text).map((part, index) =>
        part.kind === 'words' ? (
          part.text
        ) : (
          <a
            key={index}
            href={part.text}
            target="_blank"
            rel="nofollow noopener noreferrer"
            referrerPolicy="no-referrer"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
