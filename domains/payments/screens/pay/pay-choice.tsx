import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { useMoneyText } from '#web/ui/money.tsx';
import { RadioCards, type RadioCard } from '#web/ui/radio-cards.tsx';
import { useWords } from '#web/ui/use-words.ts';
import { BALANCE } from './pay-way.ts';
import type { PayMethods, PayWay } from './pay-way.ts';

type Props = {
  pay: PayMethods;
  /** What is to be paid. */
  due: { minor: number; currency: string };
  value: PayWay;
  onChange: (value: PayWay) => void;
  /**
   * `due` is paid (the default), or lacks on the balance, which other ways then fill up, or goes
   * onto the balance, which cannot pay for itself.
   */
  purpose?: 'due' | 'shortfall' | 'top-up';
  /** The way to take when there is no other. */
  otherwise?: string;
  labelHidden?: boolean;
  refusal?: string | undefined;
};

/**
 * How to pay: from the balance when it suffices, by a saved card at once, on a gateway's page, where
 * the card may be saved, or by transfer. The best way is chosen until the client chooses another.
 */
export function PayChoice(props: Props) {
  const { pay, value, onChange, otherwise = '', labelHidden, refusal } = props;
  const text = useTranslations('payments.pay');
  const options = useWays(props);
  const usable = options.filter((option) => !option.disabled);
  const best = usable[0]?.value ?? otherwise;
  const isPossible = value.way === otherwise || usable.some((option) => option.value === value.way);
  useEffect(() => {
    if (best !== value.way && (value.way === '' || !isPossible))
      onChange({ way: best, save: false });
    // Only what makes the choice impossible may change it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [value.way, isPossible, best]);
  const mayBeSaved = pay.methods.some(({ id, canSave }) => id === value.way && canSave);
  return (
    <>
      <RadioCards
        label={text('how')}
        labelHidden={labelHidden ?? false}
        refusal={refusal}
        options={options}
        value={value.way}
        onChange={(way) => onChange({ way, save: value.save })}
      />
      {mayBeSaved && (
        <Checkbox
          label={text('save')}
          help={text('saveHelp')}
          checked={value.save}
          onChange={(save) => onChange({ way: value.way, save })}
        />
      )}
    </>
  );
}

function useWays({ pay, due, purpose = 'due' }: Props): RadioCard<string>[] {
  const text = useTranslations('payments.pay');
  const moneyText = useMoneyText();
  const words = useWords();
  const { balance, methods, saved } = pay;
  const lacking = Math.max(due.minor - balance.minor, 0);
  const held = moneyText(balance.minor, balance.currency);
  const missing = moneyText(lacking, due.currency);
  const fromBalance = {
    value: BALANCE,
    label: text('balance'),
    help: lacking > 0 ? text('balanceShort', { held, missing }) : text('balanceEnough', { held }),
    disabled: lacking > 0,
  };
  const help = (kind: 'card' | 'page' | 'transfer') =>
    text(`${purpose === 'due' ? 'ways' : purpose === 'top-up' ? 'topUp' : 'fill'}.${kind}`, {
      missing,
    });
  const others = [
    ...saved.map(({ id, brand, last4 }) => ({
      value: id,
      label: text('card', { brand, last4 }),
      help: help('card'),
    })),
    ...methods.map(({ id, title, kind }) => ({ value: id, label: words(title), help: help(kind) })),
  ];
  if (purpose === 'top-up') return others;
  // What cannot be chosen stands last.
  if (lacking > 0) return [...others, fromBalance];
  return purpose === 'shortfall' ? [fromBalance] : [fromBalance, ...others];
}
