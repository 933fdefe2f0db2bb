import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Callout } from '#web/ui/callout.tsx';
import { Stack } from '#web/ui/layout.tsx';
import { Textarea } from '#web/ui/textarea.tsx';
import { TextInput } from '#web/ui/text-input.tsx';
import type { Settings } from '../support-view.ts';

type Replies = Settings['replies'];
type Props = {
  replies: Replies;
  refusal: string | undefined;
  onChange: (replies: Replies) => void;
};

/** Answers that are given often. */
export function ReplyFields({ replies, refusal, onChange }: Props) {
  const text = useTranslations('support.settings');
  return (
    <Stack>
      <h3>{text('replies')}</h3>
      {replies.map((reply, at) => (
        <fieldset key={at} className="ui-field">
          <legend className="ui-field-label ui-legend">
            {text('reply', { title: reply.title || text('newReply') })}
          </legend>
          <Stack gap={3}>
            <TextInput
              label={text('replyTitle')}
              value={reply.title}
              onChange={(title) => onChange(replies.with(at, { ...reply, title }))}
              maxLength={80}
            />
            <Textarea
              label={text('replyText')}
              value={reply.text}
              onChange={(words) => onChange(replies.with(at, { ...reply, text: words }))}
              rows={4}
              maxLength={4000}
            />
            <div>
              <Button
                size="small"
                tone="quiet"
                icon={IconTrash}
                onClick={() => onChange(replies.toSpliced(at, 1))}
              >
                {text('remove')}
              </Button>
            </div>
          </Stack>
        </fieldset>
      ))}
      {refusal && (
        <Callout tone="bad" announce>
          {refusal}
        </Callout>
      )}
      <div>
        <Button
          size="small"
          icon={IconPlus}
          onClick={() => onChange([...replies, { title: '', text: '' }])}
        >
          {text('addReply')}
        </Button>
      </div>
    </Stack>
  );
}
