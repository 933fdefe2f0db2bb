import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { DateInput } from '#web/ui/date-input.tsx';
import { Row, Stack } from '#web/ui/layout.tsx';
import { TextInput } from '#web/ui/text-input.tsx';

/** A line as it is typed; `key` tells it from others while they come and go. */
export type DraftLine = {
  key: string;
  description: string;
  quantity: string;
  price: string;
  from: string;
  through: string;
};

/** The same, read. Dates left out mean today. */
export type FilledLine = {
  description: string;
  quantity: number;
  priceMinor: number;
  from?: string;
  through?: string;
};

export function draftLine(): DraftLine {
  const key = crypto.randomUUID();
  return { key, description: '', quantity: '1', price: '', from: '', through: '' };
}

/** What the lines cost together, as they are priced. */
export function sumOf(lines: readonly (FilledLine | null)[]): number {
  return lines.reduce((sum, line) => sum + (line ? line.priceMinor * line.quantity : 0), 0);
}

type Props = {
  no: number;
  line: DraftLine;
  onChange: (line: DraftLine) => void;
  onRemove: (() => void) | undefined;
};

/** The fields of one free line. */
export function FreeLineFields({ no, line, onChange, onRemove }: Props) {
  const text = useTranslations('billing.screen.byHand');
  const field = (name: keyof DraftLine) => ({
    value: line[name],
    onChange: (value: string) => onChange({ ...line, [name]: value }),
  });
  return (
    <fieldset className="ui-field">
      <legend className="ui-field-label ui-legend">{text('line', { no })}</legend>
      <Stack gap={3}>
        <TextInput {...field('description')} label={text('what')} autoComplete="off" />
        <Row>
          <TextInput {...field('quantity')} label={text('quantity')} inputMode="numeric" />
          <TextInput {...field('price')} label={text('price')} inputMode="decimal" />
        </Row>
        <Row>
          <DateInput {...field('from')} label={text('from')} optional />
          <DateInput {...field('through')} label={text('through')} optional />
        </Row>
        {onRemove && (
          <Row>
            <Button size="small" onClick={onRemove}>
              {text('remove', { no })}
            </Button>
          </Row>
        )}
      </Stack>
    </fieldset>
  );
}
