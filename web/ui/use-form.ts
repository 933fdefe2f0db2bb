import { useRef, useState } from 'react';
import { failureOf, type RefusalLike } from './refusal.ts';
import { useFailureText, useRefusalText } from './refusal-text.ts';

export type FormSetup<V extends object, R> = {
  initial: V;
  /** Calls the API; what it throws becomes the words beside the fields or above the button. */
  submit: (values: V, idempotencyKey: string) => Promise<R>;
  onDone?: (result: R, values: V) => void;
};

export type FieldBinding<T> = {
  name: string;
  value: T;
  onChange: (value: T) => void;
  refusal?: string;
};

export type FormState<V extends object> = {
  values: V;
  busy: boolean;
  /** Words of what belongs to no single field. */
  refusal: string | null;
  refusalByField: Readonly<Record<string, string>>;
  /** How often the form was sent in vain; a rise moves the focus to the first refused field. */
  refusedTimes: number;
  set: <K extends keyof V & string>(name: K, value: V[K]) => void;
  setAll: (values: V) => void;
  reset: () => void;
  submit: () => Promise<void>;
  /** Spread into a text input, select, radio cards or date input. */
  field: <K extends keyof V & string>(name: K) => FieldBinding<V[K]>;
  /** Spread into a checkbox or switch. */
  tick: <K extends keyof V & string>(name: K) => CheckBinding;
};

export type CheckBinding = {
  name: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  refusal?: string;
};

/**
 * The state of one form. A second press while busy does nothing; the idempotency key stays the
 * same while the values do, so pressing again after a lost answer does the thing once.
 */
export function useForm<V extends object, R = unknown>(setup: FormSetup<V, R>): FormState<V> {
  const [values, setValues] = useState(setup.initial);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>(NOTHING);
  const [refusedTimes, setRefusedTimes] = useState(0);
  const key = useRef<string | null>(null);
  const judge = useJudge(values);

  function setAll(next: V) {
    key.current = null;
    setValues(next);
  }
  function set<K extends keyof V & string>(name: K, value: V[K]) {
    setAll({ ...values, [name]: value });
    const { [name]: _mended, ...rest } = refused.byField;
    setRefused({ form: null, byField: rest });
  }
  async function submit() {
    if (busy) return;
    setBusy(true);
    setRefused(NOTHING);
    try {
      key.current ??= crypto.randomUUID();
      const result = await setup.submit(values, key.current);
      key.current = null;
      setup.onDone?.(result, values);
    } catch (error) {
      setRefused(judge(error));
      setRefusedTimes((times) => times + 1);
    } finally {
      setBusy(false);
    }
  }
  function field<K extends keyof V & string>(name: K): FieldBinding<V[K]> {
    const onChange = (value: V[K]) => set(name, value);
    return { name, value: values[name], onChange, refusal: refused.byField[name] };
  }
  return {
    values,
    busy,
    refusal: refused.form,
    refusalByField: refused.byField,
    refusedTimes,
    set,
    setAll,
    reset: () => setAll(setup.initial),
    submit,
    field,
    tick: (name) => {
      const { value, onChange, ...rest } = field(name);
      return { ...rest, checked: value === true, onChange: (on) => onChange(on as V[typeof name]) };
    },
  };
}

type Refused = { form: string | null; byField: Record<string, string> };

const NOTHING: Refused = { form: null, byField: {} };

/** Puts each refusal beside the field it names, the rest above the button. */
function useJudge(values: object): (error: unknown) => Refused {
  const failureText = useFailureText();
  const refusalText = useRefusalText();
  return (error) => {
    const failure = failureOf(error);
    if (failure.kind === 'failed') return { form: failureText(error), byField: {} };
    const name = fieldIn(values, failure.refusal);
    const words = refusalText(failure.refusal);
    return name ? { form: null, byField: { [name]: words } } : { form: words, byField: {} };
  };
}

/** `address.city` belongs to the field `address.city`, or to `address` where that is the field. */
function fieldIn(values: object, refusal: RefusalLike): string | null {
  const path = refusal.field?.split('.') ?? [];
  for (let length = path.length; length > 0; length -= 1) {
    const name = path.slice(0, length).join('.');
    if (name in values) return name;
  }
  return null;
}
