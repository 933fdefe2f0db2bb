import { useEffect, useState } from 'react';
import { useLocale } from 'use-intl';
import type { Option, SelectProps } from '#web/ui/select.tsx';
import { Select } from '#web/ui/select.tsx';
import { countryOptions } from './country-options.ts';

/**
 * Every country by name. The names come from the browser itself, after the page has woken: the
 * server's may differ in a letter, and the page would be drawn twice.
 */
export function CountrySelect(props: Omit<SelectProps<string>, 'options'>) {
  const locale = useLocale();
  const [options, setOptions] = useState<Option[]>([]);
  useEffect(() => setOptions(countryOptions(locale)), [locale]);
  return <Select {...props} options={options} autoComplete="country" />;
}
