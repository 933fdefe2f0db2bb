import { type ReactNode, useId } from 'react';
import './choice.css';
import { classes } from './classes.ts';
import { FieldRefusal } from './field.tsx';

export type RadioCard<V extends string> = {
  value: V;
  label: ReactNode;
  help?: ReactNode;
  /** At the end of the label's line: a price, a saving. */
  aside?: ReactNode;
  disabled?: boolean;
};

export type RadioCardsProps<V extends string> = {
  label: ReactNode;
  labelHidden?: boolean;
  help?: ReactNode;
  refusal?: ReactNode;
  value: V | '';
  onChange: (value: V) => void;
  options: readonly RadioCard<V>[];
  /** Side by side where there is room, rather than one below the other. */
  side?: boolean;
  name?: string;
};

/** A choice of one among few, all of them in sight with what each means and costs. */
export function RadioCards<V extends string>(props: RadioCardsProps<V>) {
  const { label, labelHidden, help, refusal, value, onChange, options, side, name } = props;
  const id = useId();
  const described = classes(Boolean(help) && `${id}-help`, Boolean(refusal) && `${id}-refusal`);
  return (
    <fieldset className="ui-field" aria-describedby={described || undefined}>
      <legend className={labelHidden ? 'ui-hidden' : 'ui-field-label ui-legend'}>{label}</legend>
      <div className={classes('ui-cards', side && 'ui-cards-side')}>
        {options.map((option) => (
          <label key={option.value} className="ui-choice ui-card-choice">
            <input
              type="radio"
              name={name ?? id}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span className="ui-choice-words">
              <span className="ui-card-choice-title">
                <span>{option.label}</span>
                {option.aside !== undefined && <span>{option.aside}</span>}
              </span>
              {option.help && <span className="ui-field-help">{option.help}</span>}
            </span>
          </label>
        ))}
      </div>
      {refusal && <FieldRefusal id={`${id}-refusal`}>{refusal}</FieldRefusal>}
      {help && (
        <p className="ui-field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </fieldset>
  );
}
